package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
)

// Advised is a row of a result, of a type of its own, that advises what to do.
type Advised interface{ Advice() string }

// tellElsewhere adds to the advice of an outcome how to come to the tools that it names and that
// the request in ctx does not list. A result tells it once for itself and all of its rows.
func (e *Engine) tellElsewhere(ctx context.Context, out *Outcome) {
	if e.cfg.Elsewhere == nil {
		return
	}
	if r := out.Refusal; r != nil {
		if step := e.withElsewhere(ctx, r.NextStep); step != r.NextStep {
			other := *r
			other.NextStep = step
			out.Refusal = &other
		}
		return
	}
	if out.Data != nil {
		e.tellElsewhereIn(ctx, out.Data)
	}
}

// tellElsewhereIn adds to a result what tellElsewhere adds.
func (e *Engine) tellElsewhereIn(ctx context.Context, data map[string]any) {
	if e.cfg.Elsewhere == nil {
		return
	}
	step, _ := data["next_step"].(string)
	if said := e.withElsewhere(ctx, step, adviceIn(data)...); said != "" {
		data["next_step"] = said
	}
}

// withElsewhere is a next step with how to come to the tools that it and other texts name. What was
// added where a tool called another is not added twice.
func (e *Engine) withElsewhere(ctx context.Context, step string, others ...string) string {
	more := e.cfg.Elsewhere(ctx, append([]string{step}, others...)...)
	if more == "" || strings.HasSuffix(step, more) {
		return step
	}
	return strings.TrimSpace(step + " " + more)
}

// adviceIn is the advice of a result and of its rows.
func adviceIn(data map[string]any) []string {
	texts := adviceOf(data)
	var lists []string // in an order that does not change from call to call
	for name, m := range data {
		if _, ok := m.([]any); ok {
			lists = append(lists, name)
		}
	}
	slices.Sort(lists)
	for _, name := range lists {
		rows, _ := data[name].([]any)
		for _, row := range rows {
			switch row := row.(type) {
			case map[string]any:
				texts = append(texts, adviceOf(row)...)
			case Advised:
				texts = append(texts, row.Advice())
			}
		}
	}
	return texts
}

// adviceOf is what one object advises.
func adviceOf(object map[string]any) []string {
	var texts []string
	if object["wait_with"] != nil {
		texts = append(texts, waitTool) // which takes it
	}
	for _, name := range [...]string{"next_step", "note", "asks"} {
		if text, ok := object[name].(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// Answer is the result of a task, as that of a call is.
func (e *Engine) Answer(ctx context.Context, data map[string]any, isError bool) *mcp.CallToolResult {
	e.tellElsewhereIn(ctx, data)
	return Answer(data, isError)
}
