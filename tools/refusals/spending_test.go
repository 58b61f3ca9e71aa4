package refusals

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestSpending holds what is said of calls that may cost too much.
func TestSpending(t *testing.T) {
	t.Parallel()
	reset := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	cause := errors.New("the disk is full")
	for name, c := range map[string]struct {
		got        *Refusal
		code       string
		says, step []string
	}{
		"a cap of the account": {
			SpendCapReached(10, 1.239, 2.501, false, reset, "Ask Ada.", ""), CodeSpendCapReached,
			[]string{"may cost 2.51 USD", "1.23 of the 10.00 USD that this account"}, []string{"2026-12-01T00:00:00Z", "Ask Ada."},
		},
		"a cap of the connection": {
			SpendCapReached(10, 1, 2, true, reset, "", ""), CodeSpendCapReached, []string{"that this connection may spend"}, nil,
		},
		"a cap, and a length that is not known": {
			SpendCapReached(10, 1, 36, false, reset, "Ask Ada.", "Give a file."), CodeSpendCapReached, []string{"may cost 36.00 USD"},
			[]string{"that of the longest that it can be. Give a file. Or make something that costs less, or", "Ask Ada."},
		},
		"a limit of the call": {
			CostOverMax(2.501, 2, ""), CodeCostOverMax, []string{"may cost 2.51 USD, which is more than max_cost_usd, 2.00;"}, []string{"estimate_cost"},
		},
		"a limit of the call, and a length that is not known": {
			CostOverMax(2.501, 2, "Give a file."), CodeCostOverMax, []string{"may cost 2.51 USD"},
			[]string{"that of the longest that it can be", "Give a file."},
		},
		"no bound under the call's limit": {
			CostNotBounded("", "", false), CodeCostNotBounded, []string{"beforehand, and spending"},
			[]string{"Tell the user that what this costs is known only afterwards", "Without max_cost_usd it is sent"},
		},
		"no bound under a cap": {
			CostNotBounded("seconds of video", "Send duration.", true), CodeCostNotBounded, []string{"beforehand (seconds of video), and"},
			[]string{"Send duration. While a daily cap holds here it is refused"},
		},
		"no record": {LedgerAway(cause), CodeLedgerAway, []string{"cannot be written now"}, []string{"Call again"}},
	} {
		for _, want := range c.says {
			if !strings.Contains(c.got.Message, want) {
				t.Errorf("%s: got %q, want %q in it", name, c.got.Message, want)
			}
		}
		for _, want := range c.step {
			if !strings.Contains(c.got.NextStep, want) {
				t.Errorf("%s: got the step %q, want %q in it", name, c.got.NextStep, want)
			}
		}
		if c.got.Code != c.code || !c.got.IsError || c.got.Retryable != (c.code == CodeLedgerAway) {
			t.Errorf("%s: got %+v, want the code %s", name, c.got, c.code)
		}
	}
	if err := LedgerAway(cause); !errors.Is(err, cause) || err.Error() != "ledger_unavailable: The record of paid calls cannot be written now, so nothing was sent." {
		t.Errorf("got %v, want the cause below it for the log", err)
	}
}
