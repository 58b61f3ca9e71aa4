package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"heygen-mcp/internal/sandbox/engine"
)

// graph is what a workflow does. JSON of it is what was sent.
type graph struct {
	Schema  string                 `json:"schema_version"`
	Inputs  map[string]graphInput  `json:"inputs"`
	Nodes   []graphNode            `json:"nodes"`
	Outputs map[string]graphOutput `json:"outputs"`

	sent any
}

type graphInput struct {
	Type     string `json:"type"`
	Required *bool  `json:"required"`
}

type graphOutput struct {
	NodeID string `json:"node_id"`
	Port   string `json:"port"`
}

type graphNode struct {
	ID        string             `json:"id"`
	Type      string             `json:"type"`
	Variant   *string            `json:"variant"`
	Config    map[string]any     `json:"config"`
	DependsOn []string           `json:"depends_on"`
	Bindings  map[string]binding `json:"bindings"`
}

// binding is where an input port of a node gets its value.
type binding struct {
	Kind   string             `json:"kind"`
	Value  any                `json:"value"`
	NodeID string             `json:"node_id"`
	Port   string             `json:"port"`
	Name   string             `json:"name"`
	Fields map[string]binding `json:"fields"`
	Items  []binding          `json:"items"`
}

// inner are the bindings that one is composed of.
func (b binding) inner() []binding {
	out := slices.Clone(b.Items)
	for _, name := range slices.Sorted(maps.Keys(b.Fields)) {
		out = append(out, b.Fields[name])
	}
	return out
}

// readGraph reads a graph that fits the contract.
func readGraph(raw json.RawMessage) (*graph, *engine.Error) {
	g := &graph{}
	if apiErr := engine.Decode(raw, g); apiErr != nil {
		return nil, apiErr
	}
	return g, engine.Decode(raw, &g.sent)
}

// parents are the nodes that must be done before one, sorted.
func (n *graphNode) parents() []string {
	found := map[string]bool{}
	for _, id := range n.DependsOn {
		found[id] = true
	}
	var follow func(b binding)
	follow = func(b binding) {
		if b.Kind == "node_output" {
			found[b.NodeID] = true
		}
		for _, one := range b.inner() {
			follow(one)
		}
	}
	for _, b := range n.Bindings {
		follow(b)
	}
	return slices.Sorted(maps.Keys(found))
}

func (g *graph) node(id string) *graphNode {
	for i := range g.Nodes {
		if g.Nodes[i].ID == id {
			return &g.Nodes[i]
		}
	}
	return nil
}

// depths is on which step each node runs, beginning with 1. It is nil for a graph with a circle.
func (g *graph) depths() map[string]int {
	out := map[string]int{}
	for range len(g.Nodes) + 1 {
		changed := false
		for i := range g.Nodes {
			one, depth := &g.Nodes[i], 1
			for _, id := range one.parents() {
				depth = max(depth, out[id]+1)
			}
			if out[one.ID] != depth {
				out[one.ID], changed = depth, true
			}
		}
		if !changed {
			return out
		}
	}
	return nil
}

// graphInvalid refuses a graph with all that is wrong with it; nil for nothing.
func graphInvalid(found []engine.Detail) *engine.Error {
	if len(found) == 0 {
		return nil
	}
	e := engine.Refuse(http.StatusUnprocessableEntity, "graph_invalid", "", "The graph is invalid: %s.", found[0].Message)
	e.Details = found
	return e
}

// checkTypes finds nodes of types that cannot be authored. It is all that is checked of a draft.
func (g *graph) checkTypes() []engine.Detail {
	var found []engine.Detail
	for i := range g.Nodes {
		one := &g.Nodes[i]
		kind, family := one.kind()
		switch {
		case !family:
			found = append(found, engine.Detail{Code: "unknown_node_type", Message: fmt.Sprintf("unknown node family '%s'", one.Type), NodeID: one.ID})
		case kind == nil:
			found = append(found, engine.Detail{Code: "unknown_node_type", Message: fmt.Sprintf("unknown variant of node family '%s'", one.Type), NodeID: one.ID})
		case kind.deprecated:
			found = append(found, engine.Detail{Code: "node_type_unavailable", Message: fmt.Sprintf("node family '%s' is deprecated", one.Type), NodeID: one.ID})
		}
	}
	return found
}

// compile finds all that is wrong with a graph that is to be published.
func (g *graph) compile() []engine.Detail {
	found := g.checkTypes()
	if g.Schema != graphSchema {
		found = append(found, engine.Detail{Code: "unsupported_schema_version", Message: "schema_version must be " + graphSchema, Path: "schema_version"})
	}
	if len(g.Nodes) == 0 {
		found = append(found, engine.Detail{Code: "empty_graph", Message: "a graph has at least one node", Path: "nodes"})
	}
	seen := map[string]bool{}
	for i := range g.Nodes {
		if one := &g.Nodes[i]; seen[one.ID] {
			found = append(found, engine.Detail{Code: "duplicate_node_id", Message: fmt.Sprintf("node id '%s' is used twice", one.ID), NodeID: one.ID})
		} else {
			seen[one.ID] = true
			found = append(found, g.compileNode(one)...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g.Outputs)) {
		if out := g.Outputs[name]; g.portType(out.NodeID, out.Port) == "" {
			found = append(found, engine.Detail{
				Code: "invalid_output", Message: fmt.Sprintf("output '%s' names no output port", name), NodeID: out.NodeID, Port: out.Port, Path: "outputs." + name,
			})
		}
	}
	if len(found) == 0 && g.depths() == nil {
		found = append(found, engine.Detail{Code: "cycle", Message: "the nodes depend on each other in a circle", Path: "nodes"})
	}
	return found
}

// compileNode checks one node's config, the nodes it depends on and its bindings.
func (g *graph) compileNode(one *graphNode) []engine.Detail {
	kind, _ := one.kind()
	if kind == nil {
		return nil // found already
	}
	var found []engine.Detail
	complain := func(code, port, path, format string, args ...any) {
		found = append(found, engine.Detail{Code: code, Message: fmt.Sprintf(format, args...), NodeID: one.ID, Port: port, Path: path})
	}
	for _, name := range kind.config {
		if one.Config[name] == nil {
			complain("invalid_config", "", "config."+name, "Field required")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(one.Config)) {
		if !slices.Contains(kind.config, name) && !slices.Contains(kind.options, name) {
			complain("invalid_config", "", "config."+name, "Extra inputs are not permitted")
		}
	}
	for _, id := range one.DependsOn {
		if g.node(id) == nil {
			complain("unknown_node", "", "depends_on", "there is no node '%s'", id)
		}
	}
	for _, port := range kind.in {
		if _, bound := one.Bindings[port.name]; port.required && !bound {
			complain("missing_binding", port.name, "bindings."+port.name, "input port '%s' is required", port.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(one.Bindings)) {
		i := slices.IndexFunc(kind.in, func(p nodePort) bool { return p.name == name })
		if i < 0 {
			complain("unknown_port", name, "bindings."+name, "there is no input port '%s'", name)
			continue
		}
		if wrong := g.checkBinding(one.Bindings[name], kind.in[i].kind); wrong != "" {
			complain("invalid_binding", name, "bindings."+name, "%s", wrong)
		}
	}
	return found
}

// checkBinding says what is wrong with a binding of a port of a type, or "".
func (g *graph) checkBinding(b binding, want string) string {
	got := ""
	switch b.Kind {
	case "literal":
		if got = "json"; want != "json" {
			if _, ok := b.Value.(string); ok {
				got = want // a text, or the id of an asset
			}
		}
	case "run_input":
		if got = g.Inputs[b.Name].Type; got == "" {
			return fmt.Sprintf("there is no run input '%s'", b.Name)
		}
	case "node_output":
		if got = g.portType(b.NodeID, b.Port); got == "" {
			return fmt.Sprintf("node '%s' has no output port '%s'", b.NodeID, b.Port)
		}
	default: // object and list
		for _, one := range b.inner() {
			if wrong := g.checkBinding(one, "json"); wrong != "" {
				return wrong
			}
		}
		got = "json"
	}
	if got != want && want != "json" {
		return fmt.Sprintf("a value of type %s does not fit a port of type %s", got, want)
	}
	return ""
}

// portType is the type of an output port of a node, "" for one that is not there.
func (g *graph) portType(id, port string) string {
	one := g.node(id)
	if one == nil {
		return ""
	}
	kind, _ := one.kind()
	if kind == nil {
		return ""
	}
	for _, out := range kind.out {
		if out.name == port {
			return out.kind
		}
	}
	return ""
}

// plan are the nodes as a version shows them, in the order in which they run.
func (g *graph) plan() []any {
	depths := g.depths()
	nodes := slices.Clone(g.Nodes)
	slices.SortStableFunc(nodes, func(a, b graphNode) int { return cmp.Compare(depths[a.ID], depths[b.ID]) })
	out := []any{}
	for i := range nodes {
		parents := nodes[i].parents()
		if parents == nil {
			parents = []string{}
		}
		out = append(out, map[string]any{
			"node_id": nodes[i].ID, "family": nodes[i].Type, "variant": nodes[i].Variant, "contract_version": nodeContract,
			"adapter_version": nodeAdapter, "parents": parents,
		})
	}
	return out
}
