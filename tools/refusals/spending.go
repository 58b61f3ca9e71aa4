package refusals

import (
	"fmt"
	"time"

	"heygen-mcp/internal/usd"
)

// The codes of calls that were not made because of what they may cost. Nothing was sent.
const (
	// CodeSpendCapReached is a call that would pass what may be spent in a day.
	CodeSpendCapReached = "spend_cap_reached"
	// CodeCostOverMax is a call that may cost more than its max_cost_usd.
	CodeCostOverMax = "cost_over_max"
	// CodeCostNotBounded is a call whose cost nobody can tell, where there is a limit.
	CodeCostNotBounded = "cost_not_bounded"
	// CodeLedgerAway is a call that could not be recorded, so that it was not made.
	CodeLedgerAway = "ledger_unavailable"
)

// longestCounts says of what a cost is whose length is not known.
const longestCounts = "The cost is that of the longest that it can be. "

// SpendCapReached refuses a call that would pass what may be spent in a day, in USD: of the connection, or else of the
// account. raise says where the cap can be raised, and toBound what would tell the cost better, "" where it is known.
func SpendCapReached(most, left, wants float64, connection bool, reset time.Time, raise, toBound string) *Refusal {
	next := "Make something that costs less"
	if toBound != "" {
		next = longestCounts + toBound + " Or make something that costs less"
	}
	whose := "this account"
	if connection {
		whose = "this connection"
	}
	return &Refusal{IsError: true, Code: CodeSpendCapReached,
		Message: fmt.Sprintf("This may cost %s USD, and %s of the %s USD that %s may spend in a day are left; nothing "+
			"was sent.",
			usd.Text(usd.Up(wants)), usd.Text(usd.Down(left)), usd.Text(most), whose),
		NextStep: fmt.Sprintf("%s, or call again after %s, when the day's spending begins anew. %s",
			next, reset.Format(time.RFC3339), raise),
	}
}

// CostOverMax refuses a call that may cost more than its caller allows, in USD. toBound says what would tell it better,
// "" where it is known.
func CostOverMax(wants, most float64, toBound string) *Refusal {
	next := "Ask the user for more, or make something shorter or cheaper: estimate_cost tells what that would cost."
	if toBound != "" {
		next = longestCounts + toBound + " Or ask the user for more."
	}
	return &Refusal{IsError: true, Code: CodeCostOverMax, Param: "max_cost_usd",
		Message:  fmt.Sprintf("This may cost %s USD, which is more than max_cost_usd, %s; nothing was sent.", usd.Text(usd.Up(wants)), usd.Text(most)),
		NextStep: next,
	}
}

// CostNotBounded refuses a call whose cost nobody can tell, where there is a limit. basis is what is charged for and
// toBound says what would tell it, both "" where that is not known. capped says that the limit is a cap of the day, and
// not the call's own.
func CostNotBounded(basis, toBound string, capped bool) *Refusal {
	if basis != "" {
		basis = " (" + basis + ")"
	}
	if toBound == "" {
		toBound = "Tell the user that what this costs is known only afterwards, so that no limit can be held."
	}
	way := " Without max_cost_usd it is sent, which the user must want."
	if capped {
		way = " While a daily cap holds here it is refused: the user can make it in HeyGen's web app."
	}
	return &Refusal{IsError: true, Code: CodeCostNotBounded,
		Message:  "What this costs cannot be told beforehand" + basis + ", and spending is limited; nothing was sent.",
		NextStep: toBound + way,
	}
}

// LedgerAway refuses a call that could not be recorded.
func LedgerAway(cause error) *Refusal {
	return &Refusal{IsError: true, Code: CodeLedgerAway, Retryable: true,
		Message:  "The record of paid calls cannot be written now, so nothing was sent.",
		NextStep: "Call again in some seconds with the same arguments. If it goes on, tell the operator of the server.", cause: cause,
	}
}
