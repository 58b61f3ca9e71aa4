package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/refusals"
)

// Progress tells the client how far a call is. It is nil where the client did not ask for it.
type Progress func(done, total float64, message string)

// Run runs the tool with the raw JSON of its arguments.
func (t *BoundTool) Run(ctx context.Context, e *Engine, raw json.RawMessage, report Progress) Outcome {
	c := &Call{engine: e, tool: t, Report: report, begun: e.Now()}
	raw = args.ObjectText(raw)
	out := t.outcome(ctx, c, raw)
	if out.Pause != nil {
		return out
	}
	if c.waits != nil {
		out = t.waited(ctx, c, raw)
	}
	e.tellElsewhere(ctx, &out)
	return out
}

// outcome is what a call comes to, in texts that are the same for everybody.
func (t *BoundTool) outcome(ctx context.Context, c *Call, raw json.RawMessage) Outcome {
	e := c.engine
	if t.CallsHeyGen() && e.cfg.Permits != nil && !e.cfg.Permits(ctx, t.Effect) {
		return c.failed(ctx, refusals.NotPermitted(t.Name, t.Effect.String()), raw)
	}
	if t.KeyOnly && !e.hasKey(ctx) {
		return c.failed(ctx, refusals.KeyRequired(t.Name, e.cfg.KeyHint), raw)
	}
	out, err := t.run(ctx, c, raw)
	switch {
	case errors.Is(err, errWaits):
		return t.pause(ctx, c, raw)
	case err != nil:
		return c.failed(ctx, err, raw)
	case out.Data == nil:
		return out // of the tool that was called inside
	}
	e.tellReplay(ctx, t, out.Data, out.facts.jobs)
	ExplainFailure(out.Data)
	addLinkExpiry(out.Data)
	if !c.resumed() {
		e.audit(ctx, c, raw, out.facts, nil)
	}
	if t.Job != "" && t.Effect == Creates && e.cfg.Began != nil {
		begun := Begun{
			Tool: t.Name, Kind: t.Job,
			Jobs: out.facts.jobs, CostUSD: out.facts.costUSD, Note: out.facts.note,
		}
		if task := e.cfg.Began(ctx, e, begun); task != nil {
			return Outcome{Task: task}
		}
	}
	if err := c.offer(ctx, out.facts.link, out.facts.why, out.Data); err != nil {
		return outcomeOf(err, refusals.Attempt{})
	}
	return out
}

// failed is the outcome of a call that did not come to a result. The operator is told of it.
func (c *Call) failed(ctx context.Context, err error, raw json.RawMessage) Outcome {
	t := c.tool
	out := outcomeOf(err, refusals.Attempt{
		Reads: t.Effect == Reads, VerifyWith: t.VerifyWith, Key: c.key, InBody: t.bodyKey,
		Tools: c.engine.cfg.Tools, Input: t.Input, Given: c.given, Known: c.engine.known(ctx), OAuth: !c.engine.hasKey(ctx),
		CostUSD: c.mostCost(),
	})
	told := out.Refusal
	switch {
	case out.Question != nil:
		// Whoever logs this call sees why it ended; its client gets the question.
		told = &refusals.Refusal{IsError: true, Code: refusals.CodeInputRequired, Message: err.Error(), NextStep: "Ask the user."}
	case out.Rejection != nil:
		told = refusals.Invalid("", out.Rejection.Message, "")
	}
	c.engine.audit(ctx, c, raw, facts{}, told)
	if c.engine.cfg.CamelCase && out.Refusal != nil {
		out.Refusal = out.Refusal.Respelt(t.names)
	}
	return out
}

// run checks the arguments, asks the user where it must, and does the work.
func (t Tool[I, O]) run(ctx context.Context, c *Call, p *args.InputSpec, raw json.RawMessage) (Outcome, error) {
	in := new(I)
	raw, confirmed := c.withoutConfirm(raw)
	bound, err := t.bind(ctx, c, p, raw, in)
	if err != nil {
		return Outcome{}, err
	}
	canonical := bound.Canonical
	if err := c.checkCallbacks(p.Callbacks(canonical), canFill(exchange.From(ctx))); err != nil {
		return Outcome{}, err
	}
	if t.Parts {
		if err := c.recallParts(ctx, canonical); err != nil {
			return Outcome{}, err
		}
	}
	if t.About != nil {
		c.about = func() (string, error) { return t.About(ctx, c, in) }
	}
	if t.ConsentLink != nil || c.engine.asksAbout(c.tool) || len(c.toAllow) > 0 {
		if err := c.recall(ctx, canonical); err != nil {
			return Outcome{}, err
		}
		if c.resumed() {
			data, err := c.earlierResult(ctx)
			return Outcome{Data: data}, err
		}
		if err := c.confirm(ctx, canonical, confirmed); err != nil {
			return Outcome{}, err
		}
	}
	if err := ctx.Err(); err != nil {
		return Outcome{}, err // the caller left before anything was sent
	}
	if t.Op.TakesKey() || t.BodyKey != nil {
		key, err := c.idempotencyKey(ctx, canonical)
		if err != nil {
			return Outcome{}, err
		}
		c.key = key
	}
	if t.BodyKey != nil {
		if given := t.BodyKey(in); *given == nil {
			*given = &c.key
		} else {
			c.key = **given
		}
	}
	if ids := t.severalIn(canonical); ids != nil {
		return t.deleteSeveral(ctx, c, p, ids), nil
	}
	if t.PassOn != nil {
		return t.PassOn(ctx, c, in), nil
	}
	run := t.Run
	if run == nil {
		run = func(ctx context.Context, c *Call, in *I) (*Result[O], error) { return Fetch[O](ctx, c, t.Op, in) }
	}
	claim, earlier, err := t.claim(ctx, c, canonical)
	switch {
	case err != nil:
		return Outcome{}, err
	case earlier != nil:
		return *earlier, nil
	}
	var out Outcome
	made := false
	if claim != nil {
		defer func() { claim.end(made, out.Data, out.facts) }() // deferred, so that a panic does not leave it under way
	}
	r, err := t.send(ctx, c, in, canonical, run)
	made = err == nil || t.Op.TakesKey() && mayHaveHappened(err)
	if err != nil {
		return out, err
	}
	r.settle()
	if p.Has("token") {
		r.addNextPageStep()
	}
	if t.ListFields != nil {
		r.keepListFields(slices.Concat(t.ListFields, r.Kept), c.engine.cfg.Vocabulary.Of(t.Op).Rows, canonical["detail"] == "full")
	}
	if b, ok := any(&r.Out).(JobBeginner); ok && t.Job != "" {
		b.begin(t.Job, b.JobIDs())
	}
	if t.Augment != nil {
		t.Augment(in, r)
	}
	notes := append(bound.Notes, r.emptyNote(p, canonical, t.Op, c.engine.cfg.Tools), r.Note)
	r.Note = strings.Join(slices.DeleteFunc(notes, func(note string) bool { return note == "" }), " ")
	facts := t.factsOf(r)
	if c.estimate != nil {
		facts.costUSD = c.estimate.High
	}
	data := r.Data()
	c.paid.answered(ctx, facts.jobs, lasts(data))
	if bound.MadeAs != nil {
		data["made_as"] = bound.MadeAs
	}
	c.tellCost(data)
	if _, given := canonical["idempotency_key"]; given && claim != nil && data["replayed"] == true {
		data["note"] = strings.TrimSpace(r.Note + " This is what the first call with this idempotency_key made; whether its arguments were these is not known any more.")
	}
	out = Outcome{Data: data, Pictures: r.Pictures, facts: facts}
	return out, nil
}

// bind checks the arguments, and completes them by what only HeyGen knows.
func (t Tool[I, O]) bind(ctx context.Context, c *Call, p *args.InputSpec, raw json.RawMessage, in *I) (args.Bound, error) {
	lists := c.engine.listsFor(ctx)
	bound, fault := p.BindBy(lists, t.withoutKey(c, raw), in)
	if fault != nil {
		return bound, fault
	}
	c.passedOver, c.given = bound.PassedOver, bound.Canonical
	if t.LookUp == nil {
		return bound, nil
	}
	changed, err := t.LookUp(ctx, c, in, bound.Canonical)
	if err != nil || !changed {
		return bound, err
	}
	if raw, err = args.Encode(bound.Canonical); err != nil {
		return bound, fmt.Errorf("writing the arguments of %s: %w", t.Name, err)
	}
	*in = *new(I)
	again, fault := p.BindBy(lists, raw, in)
	if fault != nil {
		return bound, fault
	}
	bound.Canonical, c.given = again.Canonical, again.Canonical
	return bound, nil
}

// send holds the limits of what the call may cost, and does the work.
func (t Tool[I, O]) send(
	ctx context.Context, c *Call, in *I, canonical map[string]any, run func(context.Context, *Call, *I) (*Result[O], error),
) (*Result[O], error) {
	if err := c.engine.resolve(ctx, in); err != nil {
		return nil, err
	}
	if err := t.begin(ctx, c, in, canonical); err != nil {
		return nil, err
	}
	if t.Effect == Creates {
		c.engine.addCallback(ctx, t.Job, in)
	}
	r, err := run(ctx, c, in)
	if err != nil {
		c.paid.failed(ctx, err)
		return nil, err
	}
	return r, nil
}
