package engine

import (
	"math"

	"heygen-mcp/internal/usd"
)

// tellCost adds to the answer of a paid call what it is expected to cost, and that it was made before where it was.
func (c *Call) tellCost(data map[string]any) {
	c.estimate.Tell(data)
	if c.paid != nil && c.paid.earlier != nil {
		data["replayed"] = true
	}
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
const ofTheLongest = "The high end is of the longest that is taken. "
