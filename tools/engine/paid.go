package engine

import (
	"context"
	"encoding/json"
	"time"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/repeats"
	"heygen-mcp/tools/spend"
)

// Paid is the input of a call that costs money. The most that it may cost is no part of what is made: calls that differ
// in it alone are the same.
type Paid struct {
	MaxCostUSD *float64 `json:"max_cost_usd" in:"-" meaningless:"true" doc:"Refused if dearer."`
}

// begin holds the limits of what a call may cost, and records it before anything is sent.
func (t *BoundTool) begin(ctx context.Context, c *Call, in any, canonical map[string]any) error {
	if t.steps.estimate == nil {
		return nil
	}
	estimate, err := t.estimated(ctx, c, in)
	if err != nil {
		return err
	}
	c.estimate = estimate
	order := spend.Order{
		Tool: t.Name, Kind: t.records(), ForGood: t.Op.Durable, Apart: t.parts, At: c.at,
		Most: numberOf(canonical["max_cost_usd"]), Estimate: estimate,
	}
	order.Title, _ = canonical["title"].(string)
	if order.Key, order.Near = c.keys(); order.Near != nil {
		order.Within = repeats.SlotLength
	}
	if c.paid, err = c.engine.book.Begin(ctx, order); err != nil {
		return err
	}
	c.useKey(c.paid.Key())
	return nil
}

// numberOf is a number of an argument or an answer, nil for none.
func numberOf(v any) *float64 {
	switch n := v.(type) {
	case float64:
		return &n
	case json.Number:
		if f, err := n.Float64(); err == nil {
			return &f
		}
	}
	return nil
}

// estimateTime bounds what is asked before a paid call for the sake of its estimate: its caller waits.
const estimateTime = 6 * time.Second

// estimated is what a call is expected to cost. What cannot be found out in time is not known.
func (t *BoundTool) estimated(ctx context.Context, c *Call, in any) (*spend.Estimate, error) {
	ctx, cancel := context.WithTimeout(ctx, estimateTime)
	defer cancel()
	e, err := t.steps.estimate(ctx, c, in)
	if err != nil {
		return nil, err
	}
	return &e, nil
}

// estimateOf checks arguments as a call does, and says what the call would cost; nil for one that costs nothing.
func (t *BoundTool) estimateOf(ctx context.Context, c *Call, raw json.RawMessage) (*spend.Estimate, error) {
	raw, _ = c.consent.WithoutConfirm(raw)
	bound, in, err := t.bind(ctx, c, raw)
	if err != nil {
		return nil, err
	}
	if err := c.consent.CheckCallbacks(ctx, t.Input().Callbacks(bound.Canonical)); err != nil {
		return nil, err
	}
	if t.parts {
		if err := c.recallParts(ctx, bound.Canonical); err != nil {
			return nil, err
		}
	}
	if t.steps.estimate == nil {
		return nil, nil //nolint:nilnil // it costs nothing
	}
	if err := c.engine.resolve(ctx, in); err != nil {
		return nil, err
	}
	return t.estimated(ctx, c, in)
}

// EstimateOf is what a call of a tool would cost; nil for one that costs nothing. Nothing is sent but what reads. The
// error is what the call would be refused for.
func (e *Engine) EstimateOf(ctx context.Context, t *BoundTool, raw json.RawMessage) (*spend.Estimate, error) {
	return t.estimateOf(ctx, newCall(e, t), args.ObjectText(raw))
}

// Refused is what a call of such an estimate would be refused with for the caps of the caller in ctx, nil where they
// leave room for it.
func (e *Engine) Refused(ctx context.Context, estimate *spend.Estimate) (*refusals.Refusal, error) {
	return e.book.Refused(ctx, estimate)
}

// Settled reports whether all that can be found out of what a job of the caller in ctx has come to has been.
func (e *Engine) Settled(ctx context.Context, kind, id string) bool {
	return e.book.Settled(ctx, kind, id)
}

// Recorded says of jobs of the caller in ctx that they are in the ledger, whatever was found before.
func (e *Engine) Recorded(ctx context.Context, kind string, ids ...string) {
	e.book.Recorded(ctx, kind, ids...)
}

// Length is how long a media file is that a link leads to.
func (e *Engine) Length(ctx context.Context, link string) spend.Length {
	return e.cfg.Length(ctx, link)
}

// records is the kind of jobs that the record of a call has, "" for none.
func (t *BoundTool) records() string {
	if t.partJob != "" {
		return t.partJob
	}
	return t.Job
}

// recordAnswer records what the answer of a paid call says.
func (c *Call) recordAnswer(ctx context.Context, f facts, data map[string]any) {
	a := spend.Answer{Jobs: f.jobs, NoParts: f.noParts, Unsure: f.unsure}
	if n := numberOf(data["duration"]); n != nil {
		a.Seconds = *n
	}
	c.paid.Answered(ctx, a)
}

// tellCost adds to the answer of a paid call what it is expected to cost, and that it was made before where it was.
func (c *Call) tellCost(data map[string]any) {
	c.estimate.Tell(data)
	if c.paid.Earlier() {
		data["replayed"] = true
	}
}
