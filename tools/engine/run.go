package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/consent"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// Progress tells the client how far a call is. It is nil where the client did not ask for it.
type Progress func(done, total float64, message string)

// Run runs the tool with the raw JSON of its arguments.
func (t *BoundTool) Run(ctx context.Context, e *Engine, raw json.RawMessage, report Progress) Outcome {
	c := newCall(e, t)
	c.Report, c.begun = report, e.Now()
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
	vocabulary.AddLinkExpiry(out.Data)
	if !c.consent.Resumed() {
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
	if err := c.consent.Offer(ctx, out.facts.link, out.facts.why, out.Data); err != nil {
		return outcomeOf(err, refusals.Attempt{})
	}
	return out
}

// failed is the outcome of a call that did not come to a result. The operator is told of it.
func (c *Call) failed(ctx context.Context, err error, raw json.RawMessage) Outcome {
	t := c.tool
	out := outcomeOf(err, refusals.Attempt{
		Reads: t.Effect == Reads, VerifyWith: t.VerifyWith, Key: c.key, InBody: t.bodyKey,
		Tools: c.engine.cfg.Tools, Input: t.Input(), Given: c.given, Known: c.engine.known(ctx), OAuth: !c.engine.hasKey(ctx),
		CostUSD: c.estimate.Most(),
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
		out.Refusal = out.Refusal.Respelt(t.reading().names)
	}
	return out
}

// run checks the arguments, asks the user where it must, and does the work. A result of it has only data, unless the
// tool passes another's outcome on.
func (t *BoundTool) run(ctx context.Context, c *Call, raw json.RawMessage) (Outcome, error) {
	raw, confirmed := c.consent.WithoutConfirm(raw)
	bound, in, err := t.bind(ctx, c, raw)
	if err != nil {
		return Outcome{}, err
	}
	if data, done, err := t.agree(ctx, c, in, bound.Canonical, confirmed); done || err != nil {
		return Outcome{Data: data}, err
	}
	if err := ctx.Err(); err != nil {
		return Outcome{}, err // the caller left before anything was sent
	}
	if err := t.chooseKey(ctx, c, in, bound.Canonical); err != nil {
		return Outcome{}, err
	}
	if ids := t.severalIn(bound.Canonical); ids != nil {
		return t.deleteSeveral(ctx, c, ids), nil
	}
	if t.steps.passOn != nil {
		return t.steps.passOn(ctx, c, in), nil
	}
	return t.once(ctx, c, in, bound)
}

// agree holds that HeyGen may call the hosts that the arguments name and that the user agrees, where that is asked.
// done says that the call only goes on after one that was done earlier, whose result data is.
func (t *BoundTool) agree(
	ctx context.Context, c *Call, in any, canonical map[string]any, confirmed bool,
) (data map[string]any, done bool, err error) {
	if err := c.consent.CheckCallbacks(ctx, t.Input().Callbacks(canonical)); err != nil {
		return nil, false, err
	}
	if t.parts {
		if err := c.recallParts(ctx, canonical); err != nil {
			return nil, false, err
		}
	}
	if t.steps.consentLink == nil && !c.consent.Asks() {
		return nil, false, nil
	}
	if err := c.consent.Recall(ctx, canonical); err != nil {
		return nil, false, err
	}
	if c.consent.Resumed() {
		data, err = c.consent.EarlierResult(ctx)
		return data, true, err
	}
	var about func() (string, error)
	if t.steps.about != nil {
		about = func() (string, error) { return t.steps.about(ctx, c, in) }
	}
	return nil, false, c.consent.Confirm(ctx, canonical, confirmed, about)
}

// once does the work, unless an equal call has done it.
func (t *BoundTool) once(ctx context.Context, c *Call, in any, bound args.Bound) (out Outcome, err error) {
	claim, earlier, err := t.claim(ctx, c, bound.Canonical)
	switch {
	case err != nil:
		return Outcome{}, err
	case earlier != nil:
		return *earlier, nil
	}
	made := false
	if claim != nil {
		defer func() { claim.end(made, out.Data, out.facts) }() // deferred, so that a panic does not leave it under way
	}
	r, err := t.send(ctx, c, in, bound.Canonical)
	made = err == nil || t.Op.TakesKey() && spend.MayHaveHappened(err)
	if err != nil {
		return Outcome{}, err
	}
	return t.told(ctx, c, in, bound, r, claim != nil), nil
}

// told puts together what is told of a result. claimed says that an equal call would be given the same.
func (t *BoundTool) told(ctx context.Context, c *Call, in any, bound args.Bound, r result, claimed bool) Outcome {
	canonical := bound.Canonical
	keepChanges(r)
	x := r.extras()
	if t.ListFields != nil {
		x.keepListFields(slices.Concat(t.ListFields, x.Kept), c.engine.cfg.Vocabulary.Of(t.Op).Rows, canonical["detail"] == "full")
	}
	if b, ok := outOf(r).(JobBeginner); ok && t.Job != "" {
		b.begin(t.Job, b.JobIDs())
		x.leaveOutDefaults(t.Input(), canonical)
	}
	if t.steps.augment != nil {
		t.steps.augment(in, r)
	}
	notes := append(bound.Notes, x.emptyNote(t.Input(), canonical, t.Op, c.engine.cfg.Tools), x.Note)
	x.Note = strings.Join(slices.DeleteFunc(notes, func(note string) bool { return note == "" }), " ")
	facts := t.factsOf(r)
	if c.estimate != nil {
		facts.costUSD = c.estimate.High
	}
	data := r.Data()
	c.recordAnswer(ctx, facts, data)
	if bound.MadeAs != nil {
		data["made_as"] = bound.MadeAs
	}
	c.tellCost(data)
	if _, given := canonical["idempotency_key"]; given && claimed && data["replayed"] == true {
		data["note"] = strings.TrimSpace(x.Note + " This is what the first call with this idempotency_key made; whether " +
			"its arguments were these is not known any more.")
	}
	return Outcome{Data: data, Pictures: x.Pictures, facts: facts}
}

// bind checks the arguments, and completes them by what only HeyGen knows. in is filled with them.
func (t *BoundTool) bind(ctx context.Context, c *Call, raw json.RawMessage) (bound args.Bound, in any, err error) {
	lists := c.engine.lists.For(ctx)
	in = t.steps.newInput()
	bound, fault := args.BindBy(t.Input(), lists, t.withoutKey(c, raw), in)
	if fault != nil {
		return bound, in, fault
	}
	c.passedOver, c.given = bound.PassedOver, bound.Canonical
	if t.steps.lookUp == nil {
		return bound, in, nil
	}
	changed, err := t.steps.lookUp(ctx, c, in, bound.Canonical)
	if err != nil || !changed {
		return bound, in, err
	}
	if raw, err = jsonwrite.Marshal(bound.Canonical); err != nil {
		return bound, in, fmt.Errorf("writing the arguments of %s: %w", t.Name, err)
	}
	in = t.steps.newInput()
	again, fault := args.BindBy(t.Input(), lists, raw, in)
	if fault != nil {
		return bound, in, fault
	}
	bound.Canonical, c.given = again.Canonical, again.Canonical
	return bound, in, nil
}

// send holds the limits of what the call may cost, and does the work.
func (t *BoundTool) send(ctx context.Context, c *Call, in any, canonical map[string]any) (result, error) {
	if err := c.engine.resolve(ctx, in); err != nil {
		return nil, err
	}
	if err := t.begin(ctx, c, in, canonical); err != nil {
		return nil, err
	}
	if t.Effect == Creates {
		consent.AddCallback(ctx, in, t.Job, c.engine.cfg.CallbackURL)
	}
	r, err := t.steps.run(ctx, c, in)
	if err != nil {
		c.paid.Failed(ctx, err)
		return nil, err
	}
	return r, nil
}
