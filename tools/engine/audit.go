package engine

import (
	"context"
	"encoding/json"

	"heygen-mcp/tools/refusals"
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
	// PassedOver are the names among the arguments that the client added by itself and the tool has not.
	PassedOver []string
	// RequestID is HeyGen's name for the request, where it gave one with an error.
	RequestID string
	// Err is what lies below a refusal, for the log; nil for a success and for bad arguments.
	Err error
}

// audit tells the operator's sink of one call. The tools that pass others on are not told of: the
// call inside is.
func (e *Engine) audit(ctx context.Context, t *BoundTool, raw json.RawMessage, f facts, passedOver []string, refusal *refusals.Refusal) {
	if e.cfg.Audit == nil || !t.CallsHeyGen() {
		return
	}
	event := Event{Tool: t.Name, Effect: t.Effect, Arguments: raw, Outcome: "ok", PassedOver: passedOver}
	if f.costUSD != nil {
		event.CostUSD = *f.costUSD
	}
	if refusal != nil {
		event.Outcome, event.RequestID, event.Err = refusal.Code, refusal.RequestID, refusal.Unwrap()
	}
	e.cfg.Audit(ctx, event)
}

// AuditRefusal tells the operator's sink of a call of a tool that was not made through Run.
func (e *Engine) AuditRefusal(ctx context.Context, t *BoundTool, refusal *refusals.Refusal) {
	e.audit(ctx, t, nil, facts{}, nil, refusal)
}
