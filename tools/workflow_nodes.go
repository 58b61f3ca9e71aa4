package tools

import (
	"context"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

type nodeTypesInput struct {
	Family *string `json:"family" in:"-" doc:"Only this one. Omitted: all, without config_schema and ports if that is too long."`
}

// nodeTypes is v3's catalog of the nodes that a graph can be made of.
type nodeTypes struct {
	Families []any `json:"families"`
}

func nodeTypesOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/workflows/node-types"} }

// nodeTypesTool cuts the catalog to what an agent can read at once: v3 has no pages of it.
func nodeTypesTool() engine.BoundTool {
	return engine.Tool[nodeTypesInput, nodeTypes]{
		Name:  "list_workflow_node_types",
		Title: "List types of workflow nodes",
		Asked: "building blocks available pipeline",
		Description: "The nodes that a workflow's graph can have, by family: each variant's " +
			"config_schema, and its input and output ports. New graphs take no deprecated ones.",
		Op:  nodeTypesOp(),
		Run: listNodeTypes,
	}.Bind()
}

// listNodeTypes asks for the catalog and leaves what was asked for, or what there is room for.
func listNodeTypes(
	ctx context.Context, c *engine.Call, in *nodeTypesInput,
) (*engine.Result[nodeTypes], error) {
	r, err := engine.Fetch[nodeTypes](ctx, c, nodeTypesOp(), in)
	if err != nil {
		return nil, err
	}
	if in.Family != nil {
		return r, r.Out.choose(*in.Family)
	}
	if raw, err := jsonwrite.Marshal(r.Out); err != nil || len(raw) > engine.MaxListChars {
		r.Out.shorten()
		r.Note = "In full this is too long: call again with a family for its config_schema and ports."
	}
	return r, nil
}

// choose leaves one family, or refuses a name that none has.
func (n *nodeTypes) choose(family string) error {
	var names []string
	for _, one := range n.Families {
		members, _ := one.(map[string]any)
		name, _ := members["family"].(string)
		if name == family {
			n.Families = []any{one}
			return nil
		}
		names = append(names, name)
	}
	return faults.NotAChoice("family", names)
}

// shorten leaves of each variant what is needed to choose among them.
func (n *nodeTypes) shorten() {
	for _, one := range n.Families {
		members, _ := one.(map[string]any)
		variants, _ := members["variants"].([]any)
		for _, v := range variants {
			variant, _ := v.(map[string]any)
			for _, name := range []string{"config_schema", "input_ports", "output_ports"} {
				delete(variant, name)
			}
		}
	}
}
