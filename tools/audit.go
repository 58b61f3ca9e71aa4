package tools

import (
	"context"
	"encoding/json"
)

// Event is what an operator may know of one call of a tool: never its result.
type Event struct {
	Tool   string
	Effect Effect
	// Arguments are what the caller sent. They hold what people say, so that nobody keeps them who was not told to.
	Arguments json.RawMessage
	// Outcome is "ok" or the code of the refusal.
	Outcome string
	// CostUSD is what the call was estimated to cost, 0 where that is not known.
	CostUSD float64
	// RequestID is HeyGen's name for the request, where it gave one with an error.
	RequestID string
	// Err is what lies below a refusal, for the log; nil for a success and for bad arguments.
	Err error
}

// audit tells the operator's sink of one call. The tools that pass others on are not told of: the
// call inside is.
func (c *Catalog) audit(ctx context.Context, tool string, effect Effect, args json.RawMessage, res map[string]any, refusal *Refusal) {
	if c.cfg.Audit == nil || len(c.tools[c.byName[tool]].info.Operations) == 0 {
		return
	}
	e := Event{Tool: tool, Effect: effect, Arguments: args, Outcome: "ok"}
	if cost, ok := res["estimated_cost_usd"].(float64); ok {
		e.CostUSD = cost
	}
	if refusal != nil {
		e.Outcome, e.RequestID, e.Err = refusal.Code, refusal.RequestID, refusal.cause
	}
	c.cfg.Audit(ctx, e)
}
