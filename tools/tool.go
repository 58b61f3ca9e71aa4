package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
)

// Tool is a tool as a literal. I is its input struct, whose tags make the schema and the checks,
// and whose check method, where it has one, holds the rules between fields; O is its output struct,
// which makes the output schema and nothing else.
type Tool[I, O any] struct {
	Name        string
	Title       string
	Description string
	Effect      Effect
	Op          heygen.Op
	// Also lists the further operations of a tool with a Run of its own.
	Also []heygen.Op
	// Aliases are names that this tool had elsewhere and that agents still call. They are never listed.
	Aliases []string
	// AlsoIn names toolsets that need this tool besides that of its resource.
	AlsoIn []string
	// ListFields names the fields that a list keeps of each item unless the full form is asked for.
	ListFields []string
	// VerifyWith names the tool, and what of it to look at, that shows whether a write without a key has happened.
	VerifyWith string
	// BodyKey gives the member of the body in which v3 takes the key of a create, where it takes no header.
	BodyKey func(in *I) **string
	// ConsentLink gives the link in a result that a client may open for its person, and why; nil has none.
	ConsentLink func(res map[string]any) (link, why string)
	// Job is the kind of job that a success begins, "" for none: the result then says how to wait for
	// it, and a client that takes tasks gets one.
	Job string
	// Augment adds to the result of the default run what v3 does not say.
	Augment func(in *I, res map[string]any)
	// Run replaces the one call of Op that the default run makes.
	Run func(ctx context.Context, c *call, in *I) (map[string]any, error)
	// PassOn replaces Run in a tool that calls another: the outcome is that of the other.
	PassOn func(ctx context.Context, c *call, in *I) outcome
}

// entry is a tool whose types are settled.
type entry struct {
	info    Info
	plan    *args.InputSpec
	aliases []string
	alsoIn  []string
	// run checks the arguments and runs the tool.
	run func(ctx context.Context, c *Catalog, raw json.RawMessage, report progressFunc) outcome
}

// progressFunc tells the client how far a call is. It is nil where the client did not ask for it.
type progressFunc func(done, total float64, message string)

// entry settles the types. A literal that contradicts itself panics here, at start.
func (t Tool[I, O]) entry() entry {
	p := args.SpecOf(reflect.TypeFor[I]())
	ops := make([]Operation, 0, 1+len(t.Also))
	for _, op := range append([]heygen.Op{t.Op}, t.Also...) {
		if op.Path != "" {
			ops = append(ops, Operation{Method: op.Method, Path: op.Path, Variant: op.Variant})
		}
	}
	if t.Name == "" || t.Title == "" || t.Description == "" || len(ops) == 0 && t.Run == nil && t.PassOn == nil {
		panic(fmt.Sprintf("tools: %q lacks an operation, a title or a description", t.Name))
	}
	if t.Effect != Reads && !t.Op.Key && !t.Op.Once && t.VerifyWith == "" && t.Op.Path != "" {
		panic(fmt.Sprintf("tools: %s writes without a key and does not say which tool tells whether it did", t.Name))
	}
	if p.Has("idempotency_key") != t.Op.Key {
		panic(fmt.Sprintf("tools: %s must take an idempotency_key exactly where v3 does", t.Name))
	}
	names := p.Names()
	return entry{
		info: Info{
			Name:         t.Name,
			Title:        t.Title,
			Description:  t.Description,
			Effect:       t.Effect,
			Annotations:  t.Effect.hints(t.Title),
			InputSchema:  p.Schema(args.SnakeCase),
			OutputSchema: args.OutputSchema(reflect.TypeFor[O](), reflect.TypeFor[refused]()),
			Operations:   ops,
		},
		plan:    p,
		aliases: t.Aliases,
		alsoIn:  t.AlsoIn,
		run: func(ctx context.Context, c *Catalog, raw json.RawMessage, report progressFunc) outcome {
			k := &call{Catalog: c, report: report, tool: t.Name, mustAgree: len(ops) > 0 && c.confirms(t.Effect)}
			var out outcome
			var err error
			if len(ops) > 0 && c.cfg.Permits != nil && !c.cfg.Permits(ctx, t.Effect) {
				err = notPermitted(t.Name, t.Effect)
			} else {
				out, err = t.run(ctx, k, p, raw)
			}
			if err != nil {
				return k.failed(ctx, err, t.Effect, attempt{effect: t.Effect, tells: t.VerifyWith, key: k.key, inBody: t.BodyKey != nil}, raw, names)
			}
			if out.data == nil {
				return out // of the tool that was called inside
			}
			explainFailure(out.data)
			expiry(out.data)
			if !k.resumed() {
				c.audit(ctx, t.Name, t.Effect, raw, out.data, nil)
			}
			if task := k.deferred(ctx, t.Name, t.Effect, t.Job, out.data); task != nil {
				return outcome{task: task}
			}
			if t.ConsentLink != nil {
				link, why := t.ConsentLink(out.data)
				if asked := k.offer(ctx, link, why, out.data); asked != nil {
					return outcomeOf(asked, attempt{})
				}
			}
			return out
		},
	}
}

// failed is the outcome of a call that did not come to a result. The operator is told of it.
func (c *call) failed(ctx context.Context, err error, effect Effect, a attempt, raw json.RawMessage, names args.Names) outcome {
	out := outcomeOf(err, a)
	told := out.refusal
	switch {
	case out.question != nil:
		// Whoever logs this call sees why it ended; its client gets the question.
		told = &Refusal{IsError: true, Code: "input_required", Message: err.Error(), NextStep: "Ask the user."}
	case out.rejection != nil:
		told = invalid("", out.rejection.Message, "")
	}
	c.audit(ctx, c.tool, effect, raw, nil, told)
	if c.cfg.CamelCase && out.refusal != nil {
		out.refusal = out.refusal.respelt(names)
	}
	return out
}

// run checks the arguments and runs the tool.
func (t Tool[I, O]) run(ctx context.Context, c *call, p *args.InputSpec, raw json.RawMessage) (outcome, error) {
	in := new(I)
	raw, confirmed := c.withoutConfirm(raw)
	canonical, fault := p.Bind(raw, in)
	if fault != nil {
		return outcome{}, fault
	}
	if t.ConsentLink != nil || c.mustAgree {
		if err := c.recall(ctx, canonical); err != nil {
			return outcome{}, err
		}
		if c.resumed() {
			data, err := c.made(ctx)
			return outcome{data: data}, err
		}
		if err := c.confirm(ctx, t.Title, t.Effect, canonical, confirmed); err != nil {
			return outcome{}, err
		}
	}
	if err := ctx.Err(); err != nil {
		return outcome{}, err // the caller left before anything was sent
	}
	if t.Op.Key || t.BodyKey != nil {
		key, err := c.idempotencyKey(ctx, t.Name, canonical)
		if err != nil {
			return outcome{}, err
		}
		c.key = key
	}
	if t.BodyKey != nil {
		if at := t.BodyKey(in); *at == nil {
			*at = &c.key
		} else {
			c.key = **at
		}
	}
	if t.PassOn != nil {
		return t.PassOn(ctx, c, in), nil
	}
	run := t.Run
	if run == nil {
		run = func(ctx context.Context, c *call, in *I) (map[string]any, error) { return c.do(ctx, t.Op, in) }
	}
	data, err := run(ctx, c, in)
	if err != nil {
		return outcome{}, err
	}
	if p.Has("token") {
		turn(data)
	}
	if t.ListFields != nil {
		shorten(data, t.ListFields, canonical["detail"] == "full")
	}
	if t.Job != "" {
		addJobHint(data, t.Job)
	}
	if t.Augment != nil {
		t.Augment(in, data)
	}
	return outcome{data: data}, nil
}

// call is one call of one tool.
type call struct {
	*Catalog
	report progressFunc
	tool   string
	key    string // of a create that v3 gives one, "" otherwise

	mustAgree bool   // a person, before anything is done
	about     string // hash of the arguments, of a call that may ask
	state     *state // of a call that has asked, nil otherwise
}

// do makes one call to HeyGen and gives its data as an object: v3's own, or the page of a list as
// items, has_more and next_token.
func (c *call) do(ctx context.Context, op heygen.Op, in any) (map[string]any, error) {
	if op.Method != http.MethodGet {
		// What was sent may cost money or be final, so it runs to its end whatever the client
		// does. The HeyGen client's own time limits still bound it.
		ctx = context.WithoutCancel(ctx)
	}
	res, err := c.cfg.Client.Do(ctx, op, in, c.key)
	if err != nil {
		return nil, err
	}
	data, err := args.Decode(res.Data)
	if err != nil {
		return nil, fmt.Errorf("reading the answer of %s %s: %w", op.Method, op.Path, err)
	}
	switch v := withoutNulls(data).(type) {
	case map[string]any:
		return v, nil
	case []any:
		page := map[string]any{"items": v, "count": len(v), "has_more": res.HasMore}
		if res.NextToken != "" {
			page["next_token"] = res.NextToken
		}
		return page, nil
	case nil:
		return map[string]any{}, nil
	default:
		return map[string]any{"value": v}, nil
	}
}

// turn says how to go on where there is a further page, of a list or of what a batch holds.
func turn(page map[string]any) {
	if next, _ := page["next_token"].(string); next != "" {
		page["next_step"] = "There is more: call again with token set to next_token."
	}
}
