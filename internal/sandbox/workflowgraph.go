package sandbox

import (
	"cmp"
	"encoding/json"
	"maps"
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

// plan are the nodes as a version shows them, in the order in which they run.
func (g *graph) plan() []any {
	depths := g.depths()
	nodes := slices.Clone(g.Nodes)
	slices.SortStableFunc(
		nodes,
		func(a, b graphNode) int { return cmp.Compare(depths[a.ID], depths[b.ID]) },
	)
	out := []any{}
	for i := range nodes {
		parents := nodes[i].parents()
		if parents == nil {
			parents = []string{}
		}
		out = append(out, map[string]any{
			"node_id": nodes[i].ID, "family": nodes[i].Type, "variant": nodes[i].Variant,
			"contract_version": nodeContract,
			"adapter_version":  nodeAdapter, "parents": parents,
		})
	}
	return out
}
