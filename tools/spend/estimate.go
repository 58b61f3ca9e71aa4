package spend

import (
	"math"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/usd"
)

// Estimate is what a paid call is expected to cost, in USD, and to make. A High of nil is of a cost that is not
// bounded. ToBound says why and what would bound it, or, beside a High that is of the longest that it can be, what
// would bound it better.
type Estimate struct {
	Low, High *float64
	// Basis is what is charged for, in words.
	Basis string
	// Seconds is about how long what is made will be, nil where that is not known.
	Seconds *float64
	// Price is that of each job, by which its cost is known once it is done.
	Price
	// Members are the prices of the items of a batch, in the order in which HeyGen numbers them; nil for what is no
	// batch.
	Members []Price
	ToBound string
}

// Price is what a job costs by how long what it has made is: so much for each second, and so much besides, in USD. Both
// are 0 where the length does not tell the cost.
type Price struct{ PerSecond, PerJob float64 }

// Known says that the length tells the cost.
func (p Price) Known() bool { return p.PerSecond != 0 || p.PerJob != 0 }

func (p Price) entry() ledger.Price {
	return ledger.Price{PerSecond: ledger.Dollars(p.PerSecond), PerJob: ledger.Dollars(p.PerJob)}
}

// entry is the estimate as it is recorded.
func (e *Estimate) entry() ledger.Estimate {
	out := ledger.Estimate{Basis: e.Basis, Price: e.Price.entry()}
	if e.Low != nil {
		out.Low = ledger.Dollars(*e.Low)
	}
	if e.High != nil {
		out.High = ledger.Dollars(*e.High)
	}
	for _, p := range e.Members {
		out.Members = append(out.Members, p.entry())
	}
	return out
}

// Tell adds an estimate to an answer, as far as it is known.
func (e *Estimate) Tell(data map[string]any) {
	if e == nil {
		return
	}
	if e.High != nil {
		data["estimated_cost_usd"] = usd.Up(*e.High)
		if e.ToBound != "" {
			data["estimated_cost_basis"] = e.Words()
		}
	} else if e.Basis != "" {
		data["estimated_cost_basis"] = e.Basis
	}
	if e.Low != nil && (e.High == nil && *e.Low > 0 || e.High != nil && usd.Up(*e.Low) < usd.Up(*e.High)) {
		data["estimated_cost_low_usd"] = usd.Up(*e.Low)
	}
	if e.Seconds != nil {
		data["estimated_duration_seconds"] = math.Round(*e.Seconds*10) / 10
	}
}

// Words say what is charged for, and what would tell more.
func (e *Estimate) Words() string {
	switch {
	case e.ToBound == "":
		return e.Basis
	case e.High != nil:
		return e.Basis + ". " + ofTheLongest + e.ToBound
	}
	return e.Basis + ". " + e.ToBound
}

// ofTheLongest says of what the high end of an estimate is whose length is not known.
const ofTheLongest = "The high end is of the longest that it can be. "

// Most is the most that is expected, nil where that is not known or there is no estimate.
func (e *Estimate) Most() *float64 {
	if e == nil {
		return nil
	}
	return e.High
}
