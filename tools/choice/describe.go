package choice

import (
	"context"
	"encoding/json"
	"fmt"

	"heygen-mcp/tools/args/faults"
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
func (in *describeToolInput) Check(string) *faults.Fault {
	if in.Name == nil && len(in.Names) == 0 {
		return faults.Invalid("name", "name is required.", "Send name, or names for several.")
	}
	return nil
}

// description is what is said of one tool, or what is wrong with its name.
type description struct {
	Name        string         `json:"name,omitempty"`
	Title       string         `json:"title,omitempty"`
	Description string         `json:"description,omitempty"`
	Limits      string         `json:"limits,omitempty"`
	Effect      string         `json:"effect,omitempty"`
	InputSchema map[string]any `json:"input_schema,omitempty"`
	Problem     string         `json:"problem,omitempty"`
}

// described is what describe_tool answers: one tool, or several under tools.
type described struct {
	description
	Tools []description `json:"tools,omitempty"`
}

// describeTool is the tool that says what others do and take.
func (ch *Choice) describeTool() engine.BoundTool {
	return engine.Tool[describeToolInput, described]{
		Name:        "describe_tool",
		Title:       "Describe tools",
		Description: "What tools do and the schemas of their arguments.",
		Run: func(ctx context.Context, c *engine.Call, in *describeToolInput) (*engine.Result[described], error) {
			if len(in.Names) == 0 {
				t, fault := ch.Reach(ctx, "name", *in.Name)
				if fault != nil {
					return nil, fault
				}
				one, err := describe(c, t)
				if err != nil {
					return nil, err
				}
				return engine.Made(described{description: one}), nil
			}
			names := in.Names
			if in.Name != nil {
				names = append([]string{*in.Name}, names...)
			}
			all, err := ch.describeAll(ctx, c, names)
			if err != nil {
				return nil, err
			}
			return engine.Made(described{Tools: all}), nil
		},
	}.Bind()
}

// describeAll describes several; a name that is not there does not cost the others.
func (ch *Choice) describeAll(ctx context.Context, c *engine.Call, names []string) ([]description, error) {
	list := make([]description, len(names))
	for i, name := range names {
		t, fault := ch.Reach(ctx, "name", name)
		if fault != nil {
			list[i] = description{Name: faults.Clip(name), Problem: fault.Message + " " + fault.NextStep}
			continue
		}
		var err error
		if list[i], err = describe(c, t); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// describe describes one.
func describe(c *engine.Call, t *engine.BoundTool) (description, error) {
	d := description{Name: t.Name, Title: t.Title, Description: t.Description, Limits: t.Limits, Effect: t.Effect.String()}
	if err := json.Unmarshal(c.Engine().Schema(t), &d.InputSchema); err != nil {
		return d, fmt.Errorf("reading the schema of %s: %w", t.Name, err)
	}
	return d, nil
}
