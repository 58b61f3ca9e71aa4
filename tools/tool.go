package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/heygen"
)

// Effect says what a tool does to the caller's account. The zero value only reads.
type Effect int

// The effects, from harmless to final.
const (
	Reads   Effect = iota // changes nothing
	Creates               // makes something new, and may cost money
	Changes               // alters what exists; doing it twice is doing it once
	Deletes               // takes away what cannot be brought back
)

// String is the effect's word in listings.
func (e Effect) String() string {
	return [...]string{"reads", "creates", "changes", "deletes"}[e]
}

// MarshalText writes the effect as its word.
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// hints are the annotations that follow from the effect. All four are always sent, because the
// protocol's defaults (destructive, open world) are wrong for most tools.
func (e Effect) hints(title string) mcp.ToolAnnotation {
	yes, no := true, false
	a := mcp.ToolAnnotation{Title: title, ReadOnlyHint: &no, DestructiveHint: &no, IdempotentHint: &yes, OpenWorldHint: &yes}
	switch e {
	case Reads:
		a.ReadOnlyHint = &yes
	case Creates:
		a.IdempotentHint = &no
	case Changes:
	case Deletes:
		a.DestructiveHint = &yes
	}
	return a
}

// Tool is a tool as a literal. I is its input struct, whose tags make the schema and the checks; O
// is its output struct, which makes the output schema and nothing else.
type Tool[I, O any] struct {
	Name        string
	Title       string
	Description string
	Effect      Effect
	Op          heygen.Op
	// Also lists the further operations of a tool with a Run of its own.
	Also []heygen.Op
	// Brief names the fields that a list keeps of each item unless the full form is asked for.
	Brief []string
	// Tells names the tool that shows whether a write without a key has happened.
	Tells string
	// Check holds the rules between fields that one field's tags cannot say.
	Check func(in *I) *Refusal
	// Then adds to the result of the default run what v3 does not say.
	Then func(in *I, res map[string]any)
	// Run replaces the default run, which is one call of Op.
	Run func(ctx context.Context, c *call, in *I) (map[string]any, error)
}

// entry settles the types. A literal that contradicts itself panics here, at start.
func (t Tool[I, O]) entry() entry {
	p := planOf(reflect.TypeFor[I]())
	ops := make([]Operation, 0, 1+len(t.Also))
	for _, op := range append([]heygen.Op{t.Op}, t.Also...) {
		if op.Path != "" {
			ops = append(ops, Operation{Method: op.Method, Path: op.Path})
		}
	}
	if len(ops) == 0 || t.Name == "" || t.Title == "" || t.Description == "" {
		panic(fmt.Sprintf("tools: %q lacks an operation, a title or a description", t.Name))
	}
	if t.Effect == Creates && !t.Op.Key && t.Tells == "" {
		panic(fmt.Sprintf("tools: %s creates without a key and does not say which tool tells", t.Name))
	}
	return entry{
		info: Info{
			Name:         t.Name,
			Title:        t.Title,
			Description:  t.Description,
			Effect:       t.Effect,
			Annotations:  t.Effect.hints(t.Title),
			InputSchema:  inputSchema(p),
			OutputSchema: outputSchema(reflect.TypeFor[O]()),
			Toolsets:     []string{"core"},
			Operations:   ops,
		},
		plan:    p,
		handler: func(c *Catalog) server.ToolHandlerFunc { return t.handler(c, p) },
	}
}

// handler is the one way in and out of a tool: check, run, answer. It never returns a Go error,
// because mcp-go shows those to the client word by word.
func (t Tool[I, O]) handler(c *Catalog, p *plan) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		res, err := t.run(ctx, c, p, req)
		if err != nil {
			return answer(refusalOf(err, t.Effect, t.Tells), true), nil
		}
		return answer(res, false), nil
	}
}

// run checks the arguments and runs the tool.
func (t Tool[I, O]) run(ctx context.Context, c *Catalog, p *plan, req mcp.CallToolRequest) (map[string]any, error) {
	in := new(I)
	canonical, refusal := bind(p, rawArguments(req), in)
	if refusal == nil && t.Check != nil {
		refusal = t.Check(in)
	}
	if refusal != nil {
		return nil, refusal
	}
	if err := ctx.Err(); err != nil {
		return nil, err // the caller left before anything was sent
	}
	k := &call{Catalog: c, tool: t.Name, req: req}
	if t.Effect != Reads {
		// What was sent may cost money or be final, so it runs to its end whatever the client
		// does. The client's own time limits still bound it.
		ctx = context.WithoutCancel(ctx)
	}
	if t.Run != nil {
		return t.Run(ctx, k, in)
	}
	key := ""
	if t.Op.Key {
		key = c.idempotencyKey(ctx, t.Name, canonical)
	}
	data, err := k.do(ctx, t.Op, in, key)
	if err != nil {
		return nil, err
	}
	if t.Brief != nil && !wantsFull(canonical) {
		keepBrief(data, t.Brief)
	}
	if t.Then != nil {
		t.Then(in, data)
	}
	return data, nil
}

// call is one call of one tool.
type call struct {
	*Catalog
	tool string
	req  mcp.CallToolRequest
}

// do makes one call to HeyGen and gives its data as an object: v3's own, or the page of a list as
// items, has_more and next_token.
func (c *call) do(ctx context.Context, op heygen.Op, in any, key string) (map[string]any, error) {
	res, err := c.cfg.Client.Do(ctx, op, in, key)
	if err != nil {
		return nil, err
	}
	data, err := decode(res.Data)
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

// rawArguments are the arguments as the client sent them: mcp-go's decoded form has lost the
// precision of large numbers.
func rawArguments(req mcp.CallToolRequest) json.RawMessage {
	if len(req.Params.RawArguments) > 0 {
		return req.Params.RawArguments
	}
	raw, err := json.Marshal(req.Params.Arguments)
	if err != nil {
		return nil
	}
	return raw
}
