package choice

import (
	"context"
	"encoding/json"
	"fmt"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
)

type describeToolInput struct {
	Name  *string  `json:"name" len:"1-64" doc:"From search_tools."`
	Names []string `json:"names" len:"0-10" doc:"Several at once, at most 10."`
}

// Complete reads a list under the name of one, and names with commas.
func (describeToolInput) Complete(object map[string]any) {
	if _, isText := object["name"].(string); isText || object["names"] != nil {
		return
	}
	if list, ok := object["name"].([]any); ok {
		object["names"] = list
		delete(object, "name")
	}
}

// Check holds that there is something to describe.
func (in *describeToolInput) Check(string) *args.Fault {
	if in.Name == nil && len(in.Names) == 0 {
		return args.Invalid("name", "name is required.", "Send name, or names for several.")
	}
	return nil
}

// described is what describe_tool answers: one tool, or a list under tools.
type described struct {
	Name        string         `json:"name,omitempty"`
	Title       string         `json:"title,omitempty"`
	Description string         `json:"description,omitempty"`
	Effect      string         `json:"effect,omitempty"`
	InputSchema map[string]any `json:"input_schema,omitempty"`
	Tools       []description  `json:"tools,omitempty"`
}

// description is that of one of several tools, or what is wrong with its name.
type description struct {
	Name        string          `json:"name"`
	Title       string          `json:"title,omitempty"`
	Description string          `json:"description,omitempty"`
	Effect      string          `json:"effect,omitempty"`
	InputSchema json.RawMessage `json:"input_schema,omitempty"`
	Problem     string          `json:"problem,omitempty"`
}

// describeTool is the tool that says what others do and take.
func (ch *Choice) describeTool() engine.BoundTool {
	return engine.Tool[describeToolInput, described]{
		Name:        "describe_tool",
		Title:       "Describe tools",
		Description: "What tools do and the schemas of their arguments.",
		Run: func(ctx context.Context, c *engine.Call, in *describeToolInput) (*engine.Result[described], error) {
			if len(in.Names) == 0 {
				t, fault := ch.reachable(ctx, *in.Name)
				if fault != nil {
					return nil, fault
				}
				one := describe(c, t)
				d := described{Name: one.Name, Title: one.Title, Description: one.Description, Effect: one.Effect}
				if err := json.Unmarshal(one.InputSchema, &d.InputSchema); err != nil {
					return nil, fmt.Errorf("reading the schema of %s: %w", t.Name, err)
				}
				return engine.Made(d), nil
			}
			names := in.Names
			if in.Name != nil {
				names = append([]string{*in.Name}, names...)
			}
			return engine.Made(described{Tools: ch.describeAll(ctx, c, names)}), nil
		},
	}.Bind()
}

// describeAll describes several; a name that is not there does not cost the others.
func (ch *Choice) describeAll(ctx context.Context, c *engine.Call, names []string) []description {
	list := make([]description, len(names))
	for i, name := range names {
		if t, fault := ch.reachable(ctx, name); fault != nil {
			list[i] = description{Name: args.Clip(name), Problem: fault.Message + " " + fault.NextStep}
		} else {
			list[i] = describe(c, t)
		}
	}
	return list
}

// describe describes one.
func describe(c *engine.Call, t *engine.BoundTool) description {
	return description{Name: t.Name, Title: t.Title, Description: t.Description, Effect: t.Effect.String(), InputSchema: c.Engine().Schema(t)}
}
