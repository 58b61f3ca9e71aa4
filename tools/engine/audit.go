package engine

import (
	"context"
	"encoding/json"
	"time"

	"heygen-mcp/tools/refusals"
)

// OutcomeOK is the Outcome of a call that did what was asked.
const OutcomeOK = "ok"

// Event is what an operator may know of one call of a tool: never its result.
type Event struct {
	Tool   string
	Effect Effect
	// Arguments are what the caller sent. They hold what people say, so that nobody keeps them who was not told to.
	Arguments json.RawMessage
	// Outcome is OutcomeOK or the code of the refusal.
	Outcome string
	// Jobs are HeyGen's ids of the jobs that the call has begun.
	Jobs []string
	// Took is how long the call took until it came to this.
	Took time.Duration
	// CostUSD is what the call was estimated to cost, 0 where that is not known.
	CostUSD float64
	// PassedOver are the names among the arguments that the client added by itself and the tool has not.
	PassedOver []string
	// RequestID is HeyGen's name for the request, where it gave one with an error.
	RequestID string
	// Err is what lies below a refusal, for the log; nil for a success and for bad arguments.
	Err error
}

// audit tells the operator's sink of one call. The tools that pass others on are not told of: the
// call inside is.
func (e *Engine) audit(ctx context.Context, c *Call, raw json.RawMessage, f facts, refusal *refusals.Refusal) {
	t := c.tool
	if e.cfg.Audit == nil || !t.CallsHeyGen() {
		return
	}
	event := Event{Tool: t.Name, Effect: t.Effect, Arguments: raw, Outcome: OutcomeOK, PassedOver: c.passedOver, Jobs: f.jobs}
	if !c.begun.IsZero() {
		event.Took = e.Now().Sub(c.begun)
	}
	if f.costUSD != nil {
		event.CostUSD = *f.costUSD
	}
	if refusal != nil {
		event.Outcome, event.RequestID, event.Err = refusal.Code, refusal.RequestID, refusal.Unwrap()
	}
	e.cfg.Audit(ctx, event)
}

// AuditRefusal tells the operator's sink of a call of a tool that was not made through Run, with the
// arguments that it would have had.
func (e *Engine) AuditRefusal(ctx context.Context, t *BoundTool, raw json.RawMessage, refusal *refusals.Refusal) {
	e.audit(ctx, newCall(e, t), raw, facts{}, refusal)
}
