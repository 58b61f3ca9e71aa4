package tools

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"heygen-mcp/tools/args"
)

// usualHits is how many tools a search answers with unless another number is asked for: enough to
// choose from, and each costs some forty tokens.
const usualHits = 8

// searchTools is the input of search_tools.
type searchTools struct {
	Query string `json:"query" need:"yes" len:"1-200" doc:"What is to be done, in a few words."`
	Limit *int   `json:"limit" min:"1" max:"30" default:"8" doc:"1 to 30."`
}

// hits is what search_tools answers.
type hits struct {
	Tools []any `json:"tools"`
	Count int   `json:"count"`
}

// toolName is the input of describe_tool.
type toolName struct {
	Name string `json:"name" need:"yes" len:"1-64" doc:"From search_tools."`
}

// described is what describe_tool answers.
type described struct {
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Effect      string         `json:"effect"`
	InputSchema map[string]any `json:"input_schema"`
}

// calledTool is the input of the tools that call others.
type calledTool struct {
	Name      string                     `json:"name" need:"yes" len:"1-64" doc:"From search_tools."`
	Arguments map[string]json.RawMessage `json:"arguments" doc:"As describe_tool shows them."`
}

// anything is the answer of a tool that passes another's on.
type anything struct{}

func discoverTools() []entry {
	return []entry{
		Tool[searchTools, hits]{
			Name:        "search_tools",
			Title:       "Search tools",
			Description: "Finds tools for HeyGen's videos, avatars, voices, translations, assets and more by what they do.",
			Run: func(ctx context.Context, c *call, in *searchTools) (map[string]any, error) {
				return c.search(ctx, in), nil
			},
		}.entry(),
		Tool[toolName, described]{
			Name:        "describe_tool",
			Title:       "Describe a tool",
			Description: "What a tool does and the schema of its arguments.",
			Run: func(ctx context.Context, c *call, in *toolName) (map[string]any, error) {
				e, refusal := c.reached(ctx, in.Name)
				if refusal != nil {
					return nil, refusal
				}
				return map[string]any{
					"name": e.info.Name, "title": e.info.Title, "description": e.info.Description,
					"effect": e.info.Effect, "input_schema": c.schemaOf(e),
				}, nil
			},
		}.entry(),
		Tool[calledTool, anything]{
			Name:        "call_read_tool",
			Title:       "Call a tool that reads",
			Description: "Calls a tool whose effect is reads, and answers as it does.",
			PassOn: func(ctx context.Context, c *call, in *calledTool) outcome {
				return c.pass(ctx, in, true)
			},
		}.entry(),
		Tool[calledTool, anything]{
			Name:        "call_tool",
			Title:       "Call any tool",
			Description: "Calls a tool that creates, changes or deletes, or one that reads, and answers as it does.",
			Effect:      Deletes, // the most that the tool inside may do
			PassOn: func(ctx context.Context, c *call, in *calledTool) outcome {
				return c.pass(ctx, in, false)
			},
		}.entry(),
	}
}

// pass calls the tool inside. What it may do was decided with the selection: its own effect and the
// operator's limits count, not those of the tool that passes it on.
func (c *call) pass(ctx context.Context, in *calledTool, onlyReads bool) outcome {
	e, refusal := c.reached(ctx, in.Name)
	if refusal != nil {
		return refuse(refusal)
	}
	if onlyReads && e.info.Effect != Reads {
		return refuse(invalid("name", e.info.Name+" "+e.info.Effect.String()+"; call_read_tool calls only what reads.", "Use call_tool, where it is offered."))
	}
	raw, err := args.Encode(in.Arguments)
	if err != nil {
		return refuse(refusalOf(err, attempt{}))
	}
	return e.run(ctx, c.Catalog, raw, c.report)
}

// reached finds a tool within reach; those of discover are not in their own.
func (c *call) reached(ctx context.Context, name string) (*entry, *Refusal) {
	i, ok := c.byName[name]
	if !ok || !c.chosen(ctx).reaches[i] || slices.Contains(c.tools[i].info.Toolsets, discover) {
		return nil, invalid("name", args.Clip(name)+" is not a tool here.", "Find one with search_tools.")
	}
	return &c.tools[i], nil
}

// search ranks the tools within reach by the words of the query: a word in the name counts most,
// since names are made of the field's own terms.
func (c *call) search(ctx context.Context, in *searchTools) map[string]any {
	limit := usualHits
	if in.Limit != nil {
		limit = *in.Limit
	}
	type hit struct{ at, score int }
	var found []hit
	for i, e := range c.tools {
		if _, refusal := c.reached(ctx, e.info.Name); refusal != nil {
			continue
		}
		if score := e.score(strings.Fields(strings.ToLower(in.Query))); score > 0 {
			found = append(found, hit{i, score})
		}
	}
	slices.SortStableFunc(found, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	list := []any{}
	for _, h := range found[:min(limit, len(found))] {
		info := c.tools[h.at].info
		list = append(list, map[string]any{"name": info.Name, "effect": info.Effect, "description": info.Description})
	}
	res := map[string]any{"tools": list, "count": len(list)}
	if len(list) == 0 {
		res["next_step"] = "Try other words: video, avatar, look, voice, speech, translation, lipsync, asset, webhook …"
	}
	return res
}

// score is how well a tool fits the words of a query.
func (e *entry) score(words []string) int {
	const inName, inText = 4, 1
	name := strings.Join(append([]string{e.info.Name}, e.aliases...), " ")
	text := strings.ToLower(e.info.Title + " " + e.info.Description)
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
