package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/refusals"
)

// Paid is the input of a call that costs money. The most that it may cost is no part of what is made: calls that differ
// in it alone are the same.
type Paid struct {
	MaxCostUSD *float64 `json:"max_cost_usd" in:"-" meaningless:"true" doc:"Refused if dearer."`
}

// Estimate is what a paid call is expected to cost, in USD, and to make. A High of nil is of a cost that is not bounded. ToBound
// says why and what would bound it, or, beside a High that is of the longest that is taken, what would bound it better.
type Estimate struct {
	Low, High *float64
	// Basis is what is charged for, in words.
	Basis string
	// Seconds is about how long what is made will be, nil where that is not known.
	Seconds *float64
	// PerSecond is what a second of each job's result costs, and PerJob what a job costs besides, by which its cost is known once it
	// is done; both are 0 where its length does not tell.
	PerSecond, PerJob float64
	ToBound           string
}

// Spending is what may be spent by a caller, and for whom records are kept.
type Spending struct {
	// Grant is the connection that is used and Client its name, "" for a credential of the caller's own.
	Grant, Client string
	Caps          []ledger.Cap
	// Raise says who can raise the cap of the account and where, RaiseGrant the same of the connection's.
	Raise, RaiseGrant string
}

// How long HeyGen takes an equal key for the same request.
const (
	keyLasts = 24 * time.Hour
	forGood  = 100 * 365 * 24 * time.Hour
)

// paid is the record of a paid call that is under way; nil of a call that has none.
type paid struct {
	engine *Engine
	id     string
	jobs   bool // it begins some
	// earlier is the record as it stood where an equal call had come before, nil otherwise.
	earlier *ledger.Record
	over    bool // it was told how the call ended
}

// begin holds the limits of what a call may cost, and records it before anything is sent.
func (t *BoundTool) begin(ctx context.Context, c *Call, in any, canonical map[string]any) error {
	if t.steps.estimate == nil {
		return nil
	}
	e := c.engine
	estimate, err := t.estimated(ctx, c, in)
	if err != nil {
		return err
	}
	c.estimate = estimate
	var spending Spending
	if e.cfg.Spending != nil {
		if spending, err = e.cfg.Spending(ctx); err != nil {
			return refusals.LedgerAway(err)
		}
	}
	if err := c.withinMost(canonical, len(spending.Caps) > 0); err != nil || e.cfg.Ledger == nil {
		return err
	}
	title, _ := canonical["title"].(string)
	entry := ledger.Entry{
		Account: e.cfg.Caller(ctx), Grant: spending.Grant, Client: spending.Client, Tool: t.Name, Kind: t.records(), Title: title,
		Key: c.key, KeyLasts: keyLasts, Estimate: estimate.entry(),
	}
	if t.Op.Durable {
		entry.KeyLasts = forGood
	}
	now := e.Now()
	r, err := e.cfg.Ledger.Begin(ctx, entry, spending.Caps, now)
	if over, ok := errors.AsType[*ledger.OverError](err); ok {
		return spending.over(over, estimate.ToBound)
	}
	if err != nil {
		return refusals.LedgerAway(err)
	}
	c.paid = &paid{engine: e, id: r.ID, jobs: t.records() != ""}
	if r.State != ledger.Open || len(r.Jobs) > 0 {
		c.paid.earlier = &r
	}
	return nil
}

// estimateTime bounds what is asked before a paid call for the sake of its estimate: its caller waits.
const estimateTime = 6 * time.Second

// estimated is what a call is expected to cost. What cannot be found out in time is not known.
func (t *BoundTool) estimated(ctx context.Context, c *Call, in any) (*Estimate, error) {
	ctx, cancel := context.WithTimeout(ctx, estimateTime)
	defer cancel()
	e, err := t.steps.estimate(ctx, c, in)
	if err != nil {
		return nil, err
	}
	return &e, nil
}

// estimateOf checks arguments as a call does, and says what the call would cost; nil for one that costs nothing.
func (t *BoundTool) estimateOf(ctx context.Context, c *Call, raw json.RawMessage) (*Estimate, error) {
	raw, _ = c.withoutConfirm(raw)
	bound, in, err := t.bind(ctx, c, raw)
	if err != nil {
		return nil, err
	}
	if err := c.checkCallbacks(t.Input.Callbacks(bound.Canonical), canFill(exchange.From(ctx))); err != nil {
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
func (e *Engine) EstimateOf(ctx context.Context, t *BoundTool, raw json.RawMessage) (*Estimate, error) {
	return t.estimateOf(ctx, &Call{engine: e, tool: t}, args.ObjectText(raw))
}

// withinMost refuses a call that may cost more than its caller allows, or whose cost nobody knows where there are limits.
func (c *Call) withinMost(canonical map[string]any, capped bool) error {
	var most *float64
	if n, ok := canonical["max_cost_usd"].(json.Number); ok {
		if f, err := n.Float64(); err == nil {
			most = &f
		}
	}
	high := c.estimate.High
	switch {
	case high == nil && (most != nil || capped):
		return refusals.CostNotBounded(c.estimate.Basis, c.estimate.ToBound, capped)
	case most != nil && *high > *most:
		return refusals.CostOverMax(*high, *most, c.estimate.ToBound)
	}
	return nil
}

// mostCost is the most that the call is expected to cost, nil where that is not known.
func (c *Call) mostCost() *float64 {
	if c.estimate == nil {
		return nil
	}
	return c.estimate.High
}

// entry is the estimate as it is recorded.
func (e *Estimate) entry() ledger.Estimate {
	out := ledger.Estimate{Basis: e.Basis, PerSecond: ledger.Dollars(e.PerSecond), PerJob: ledger.Dollars(e.PerJob)}
	if e.Low != nil {
		out.Low = ledger.Dollars(*e.Low)
	}
	if e.High != nil {
		out.High = ledger.Dollars(*e.High)
	}
	return out
}

// lasts is how long what a call has made at once is, in seconds, 0 where its answer does not say.
func lasts(data map[string]any) float64 {
	switch n := data["duration"].(type) {
	case float64:
		return n
	case json.Number:
		if f, err := n.Float64(); err == nil {
			return f
		}
	}
	return 0
}

// answered records which jobs have begun, or that a call which begins none is done and how long what it made is.
func (p *paid) answered(ctx context.Context, f facts, seconds float64) {
	if p == nil || p.over {
		return
	}
	p.over = true
	if f.noParts && f.unsure {
		return
	}
	p.note(ctx, func(ctx context.Context, l *ledger.Ledger) error {
		switch {
		case p.jobs && len(f.jobs) > 0:
			return l.Answered(ctx, p.id, f.jobs)
		case f.noParts:
			return l.Refused(ctx, p.id, p.engine.Now())
		}
		return l.Finished(ctx, p.id, ledger.Outcome{State: ledger.Done, Seconds: seconds}, p.engine.Now())
	})
}

// records is the kind of jobs that the record of a call has, "" for none.
func (t *BoundTool) records() string {
	if t.partJob != "" {
		return t.partJob
	}
	return t.Job
}

// failed gives back what was reserved where nothing can have happened. Elsewhere the record stays open: it may have.
func (p *paid) failed(ctx context.Context, err error) {
	if p == nil || p.over || mayHaveHappened(err) {
		return
	}
	p.over = true
	p.note(ctx, func(ctx context.Context, l *ledger.Ledger) error { return l.Refused(ctx, p.id, p.engine.Now()) })
}

// noteLimit bounds what the answer of a call waits for its record.
const noteLimit = 5 * time.Second

// note writes what came of a call, whether or not its caller still waits. What cannot be written is settled by a later
// look.
func (p *paid) note(ctx context.Context, write func(context.Context, *ledger.Ledger) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteLimit)
	defer cancel()
	if err := write(ctx, p.engine.cfg.Ledger); err != nil {
		p.engine.Trouble(ctx, fmt.Errorf("recording a paid call: %w", err))
	}
}

// mayHaveHappened says of an error whether HeyGen may have done what was asked.
func mayHaveHappened(err error) bool {
	if e, ok := errors.AsType[*heygen.Error](err); ok {
		return e.MayHaveHappened
	}
	_, refused := errors.AsType[*refusals.Refusal](err)
	return !refused
}
