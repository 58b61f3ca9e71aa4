package choice

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/tools/args"
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

// hits is what search_tools answers.
type hits struct {
	Tools []hit `json:"tools"`
	Count int   `json:"count"`
}

// hit is a tool that was found.
type hit struct {
	Description string        `json:"description"`
	Effect      engine.Effect `json:"effect"`
	Name        string        `json:"name"`
}

type describeToolInput struct {
	Name string `json:"name" required:"true" len:"1-64" doc:"From search_tools."`
}

// described is what describe_tool answers.
type described struct {
	Name        string                     `json:"name"`
	Title       string                     `json:"title"`
	Description string                     `json:"description"`
	Effect      string                     `json:"effect"`
	InputSchema map[string]json.RawMessage `json:"input_schema"`
}

// callToolInput is that of both tools that call others.
type callToolInput struct {
	Name      string                     `json:"name" required:"true" len:"1-64" doc:"From search_tools."`
	Arguments map[string]json.RawMessage `json:"arguments" doc:"As describe_tool shows them."`
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
			Run: func(ctx context.Context, _ *engine.Call, in *searchToolsInput) (*engine.Result[hits], error) {
				return ch.search(ctx, in), nil
			},
		}.Bind(),
		engine.Tool[describeToolInput, described]{
			Name:        "describe_tool",
			Title:       "Describe a tool",
			Description: "What a tool does and the schema of its arguments.",
			Run: func(ctx context.Context, c *engine.Call, in *describeToolInput) (*engine.Result[described], error) {
				t, fault := ch.reachable(ctx, in.Name)
				if fault != nil {
					return nil, fault
				}
				var schema map[string]json.RawMessage
				if err := json.Unmarshal(c.Engine().Schema(t), &schema); err != nil {
					return nil, fmt.Errorf("reading the schema of %s: %w", t.Name, err)
				}
				return engine.Made(described{Name: t.Name, Title: t.Title, Description: t.Description, Effect: t.Effect.String(), InputSchema: schema}), nil
			},
		}.Bind(),
		engine.Tool[callToolInput, anything]{
			Name:        "call_read_tool",
			Title:       "Call a tool that reads",
			Description: "Calls a tool whose effect is reads, and answers as it does.",
			PassOn: func(ctx context.Context, c *engine.Call, in *callToolInput) engine.Outcome {
				return ch.pass(ctx, c, in, true)
			},
		}.Bind(),
		engine.Tool[callToolInput, anything]{
			Name:        "call_tool",
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
	t, fault := ch.reachable(ctx, in.Name)
	if fault == nil && onlyReads && t.Effect != engine.Reads {
		fault = args.Invalid("name", t.Name+" "+t.Effect.String()+"; call_read_tool calls only what reads.", "Use call_tool, where it is offered.")
	}
	if fault != nil {
		return engine.Refuse(refusals.From(fault, refusals.Attempt{}))
	}
	raw, err := args.Encode(in.Arguments)
	if err != nil {
		return engine.Refuse(refusals.From(err, refusals.Attempt{}))
	}
	return t.Run(ctx, c.Engine(), raw, c.Report)
}

// reachable finds a tool that the request may call; those of discover cannot be called by their own.
func (ch *Choice) reachable(ctx context.Context, name string) (*engine.BoundTool, *args.Fault) {
	t, ok := ch.Callable(ctx, name)
	if !ok || slices.Contains(t.Toolsets, Discover) {
		return nil, args.Invalid("name", args.Clip(name)+" is not a tool here.", "Find one with search_tools.")
	}
	return t, nil
}

// search ranks the tools within reach by the words of the query: a word in the name counts most,
// since names are made of the field's own terms.
func (ch *Choice) search(ctx context.Context, in *searchToolsInput) *engine.Result[hits] {
	limit := defaultHits
	if in.Limit != nil {
		limit = *in.Limit
	}
	type match struct{ at, score int }
	var found []match
	for i := range ch.tools {
		if _, fault := ch.reachable(ctx, ch.tools[i].Name); fault != nil {
			continue
		}
		if score := score(&ch.tools[i], strings.Fields(strings.ToLower(in.Query))); score > 0 {
			found = append(found, match{i, score})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return cmp.Compare(b.score, a.score) })
	list := []hit{}
	for _, h := range found[:min(limit, len(found))] {
		info := ch.tools[h.at].Info
		list = append(list, hit{Name: info.Name, Effect: info.Effect, Description: info.Description})
	}
	r := engine.Made(hits{Tools: list, Count: len(list)})
	if len(list) == 0 {
		r.NextStep = "Try other words: video, avatar, look, voice, speech, translation, lipsync, asset, webhook …"
	}
	return r
}

// score is how well a tool fits the words of a query.
func score(t *engine.BoundTool, words []string) int {
	const inName, inText = 4, 1
	name := strings.Join(append([]string{t.Name}, t.Aliases...), " ")
	text := strings.ToLower(t.Title + " " + t.Description)
	score := 0
	for _, w := range words {
		// The stem of a plural finds the singular, which is what most names hold.
		w = strings.TrimSuffix(strings.Trim(w, ".,!?\"'"), "s")
		if len(w) < 2 {
			continue
		}
		if strings.Contains(name, w) {
			score += inName
		}
		if strings.Contains(text, w) {
			score += inText
		}
	}
	return score
}
