package choice

import (
	"context"
	"encoding/json"
	"slices"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/forms"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// defaultHits is how many tools a search answers with unless another number is asked for: enough to
// choose from, and each costs some forty tokens.
const defaultHits = 8

type searchToolsInput struct {
	Query string `json:"query" required:"true" len:"1-200" doc:"What is to be done, in a few words."`
	Limit *int   `json:"limit" min:"1" max:"30" default:"8" doc:"1 to 30."`
}

// The tools that call others.
const (
	callReadTool = "call_read_tool"
	callTool     = "call_tool"
)

// hits is what search_tools answers.
type hits struct {
	Tools []hit `json:"tools"`
}

// hit is a tool that was found. The best has its schema and all of its description with it, so that it can be called at
// once; of the others the first sentence tells whether to describe them.
type hit struct {
	Description string          `json:"description"`
	Effect      engine.Effect   `json:"effect"`
	Limits      string          `json:"limits,omitempty"`
	Name        string          `json:"name"`
	InputSchema json.RawMessage `json:"input_schema,omitempty"`
}

// callToolInput is that of both tools that call others.
type callToolInput struct {
	Name      string                     `json:"name" required:"true" len:"1-64" doc:"From search_tools."`
	Arguments map[string]json.RawMessage `json:"arguments" doc:"As describe_tool shows them."`
}

// Translate reads the name of the tool under other names, and arguments that lie beside it.
func (callToolInput) Translate(object map[string]any) {
	for _, other := range []string{"tool", "tool_name", "toolName", "function"} {
		if name, ok := object[other].(string); ok && object["name"] == nil {
			object["name"] = name
			delete(object, other)
		}
	}
	for _, other := range []string{"tool_args", "tool_input", "args", "parameters", "params", "input"} {
		if inner, ok := object[other].(map[string]any); ok && object["arguments"] == nil {
			object["arguments"] = inner
			delete(object, other)
		}
	}
	forms.Gather(object, "arguments", "name")
}

// anything is the answer of a tool that passes another's on.
type anything struct{}

// DiscoverTools are the tools that find and call the others, as far as a request may reach these.
func (ch *Choice) DiscoverTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[searchToolsInput, hits]{
			Name:        "search_tools",
			Title:       "Search tools",
			Description: "Finds tools for HeyGen's videos, avatars, voices, translations, assets and more by what they do.",
			Run: func(ctx context.Context, c *engine.Call, in *searchToolsInput) (*engine.Result[hits], error) {
				return ch.search(ctx, c, in), nil
			},
		}.Bind(),
		ch.describeTool(),
		engine.Tool[callToolInput, anything]{
			Name:        callReadTool,
			Title:       "Call a read-only tool",
			Description: "Calls a tool whose effect is reads, and answers as it does.",
			PassOn: func(ctx context.Context, c *engine.Call, in *callToolInput) engine.Outcome {
				return ch.pass(ctx, c, in, true)
			},
		}.Bind(),
		engine.Tool[callToolInput, anything]{
			Name:        callTool,
			Title:       "Call any tool",
			Description: "Calls a tool that creates, changes or deletes, or one that reads, and answers as it does.",
			Effect:      engine.Deletes, // the most that the tool inside may do
			PassOn: func(ctx context.Context, c *engine.Call, in *callToolInput) engine.Outcome {
				return ch.pass(ctx, c, in, false)
			},
		}.Bind(),
	}
}

// pass calls the tool inside. What it may do was decided with the selection: its own effect and the
// operator's limits count, not those of the tool that passes it on.
func (ch *Choice) pass(ctx context.Context, c *engine.Call, in *callToolInput, onlyReads bool) engine.Outcome {
	t, fault := ch.Reach(ctx, "name", in.Name)
	if fault == nil && onlyReads && t.Effect != engine.Reads {
		fault = faults.Invalid("name", t.Name+" "+t.Effect.String()+"; call_read_tool calls only what reads.", "Use call_tool, where it is offered.")
	}
	if fault != nil {
		return engine.Refuse(refusals.From(fault, refusals.Attempt{}))
	}
	raw, err := jsonwrite.Marshal(in.Arguments)
	if err != nil {
		return engine.Refuse(refusals.From(err, refusals.Attempt{}))
	}
	return t.Run(ctx, c.Engine(), raw, c.Report)
}

// Reach finds a tool that the request may call, whose name is in an argument, in whatever case and with whatever
// separators; those of discover cannot be called by their own.
func (ch *Choice) Reach(ctx context.Context, argument, name string) (*engine.BoundTool, *faults.Fault) {
	t, ok := ch.Callable(ctx, name)
	near := ""
	if !ok {
		if near = ch.spelt(name); spelling.SameName(name, near) {
			t, ok = ch.Callable(ctx, near)
		}
	}
	if ok && slices.Contains(t.Toolsets, Discover) {
		return nil, faults.Invalid(argument, t.Name+" is not a tool for this: it is one of those that find and call "+
			"the others.",
			"Name the tool that is meant, with its own arguments.")
	}
	if !ok {
		next := "Find one with search_tools."
		if _, reached := ch.Callable(ctx, near); !reached {
			near = ch.near(ctx, name)
		}
		if near != "" {
			next = "Did you mean " + near + "? Or find one with search_tools."
		}
		return nil, faults.Invalid(argument, faults.Clip(name)+" is not a tool here.", next)
	}
	return t, nil
}
