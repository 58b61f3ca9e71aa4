package sandbox

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"heygen-mcp/internal/sandbox/engine"
)

// graphFaults are what is wrong with a graph.
type graphFaults []engine.Detail

// add notes a fault of a node, of one of its ports, or of the graph at a path.
func (f *graphFaults) add(code, node, port, path, format string, args ...any) {
	*f = append(*f, engine.Detail{
		Code: code, Message: fmt.Sprintf(format, args...), NodeID: node, Port: port, Path: path,
	})
}

// refusal refuses a graph with all that is wrong with it; nil for nothing.
func (f graphFaults) refusal() *engine.Error {
	if len(f) == 0 {
		return nil
	}
	e := engine.Refuse(
		http.StatusUnprocessableEntity,
		"graph_invalid",
		"",
		"The graph is invalid: %s.",
		f[0].Message,
	)
	e.Details = f
	return e
}

// checkTypes finds nodes of types that cannot be authored. It is all that is checked of a draft.
func (g *graph) checkTypes() graphFaults {
	var found graphFaults
	for i := range g.Nodes {
		one := &g.Nodes[i]
		kind, family := one.kind()
		switch {
		case !family:
			found.add("unknown_node_type", one.ID, "", "", "unknown node family '%s'", one.Type)
		case kind == nil:
			found.add("unknown_node_type", one.ID, "", "", "unknown variant of family '%s'", one.Type)
		case kind.deprecated:
			found.add("node_type_unavailable", one.ID, "", "", "node family '%s' is deprecated", one.Type)
		}
	}
	return found
}

// compile finds all that is wrong with a graph that is to be published.
func (g *graph) compile() graphFaults {
	found := g.checkTypes()
	if g.Schema != graphSchema {
		found.add(
			"unsupported_schema_version",
			"",
			"",
			"schema_version",
			"schema_version must be %s",
			graphSchema,
		)
	}
	if len(g.Nodes) == 0 {
		found.add("empty_graph", "", "", "nodes", "a graph has at least one node")
	}
	seen := map[string]bool{}
	for i := range g.Nodes {
		if one := &g.Nodes[i]; seen[one.ID] {
			found.add("duplicate_node_id", one.ID, "", "", "node id '%s' is used twice", one.ID)
		} else {
			seen[one.ID] = true
			g.compileNode(one, &found)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g.Outputs)) {
		if out := g.Outputs[name]; g.portType(out.NodeID, out.Port) == "" {
			found.add(
				"invalid_output",
				out.NodeID,
				out.Port,
				"outputs."+name,
				"output '%s' names no output port",
				name,
			)
		}
	}
	if len(found) == 0 && g.depths() == nil {
		found.add("cycle", "", "", "nodes", "the nodes depend on each other in a circle")
	}
	return found
}

// compileNode checks one node's config, the nodes it depends on and its bindings.
func (g *graph) compileNode(one *graphNode, found *graphFaults) {
	kind, _ := one.kind()
	if kind == nil {
		return // found already
	}
	for _, name := range kind.config {
		if one.Config[name] == nil {
			found.add("invalid_config", one.ID, "", "config."+name, "Field required")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(one.Config)) {
		if !slices.Contains(kind.config, name) && !slices.Contains(kind.options, name) {
			found.add("invalid_config", one.ID, "", "config."+name, "Extra inputs are not permitted")
		}
	}
	for _, id := range one.DependsOn {
		if g.node(id) == nil {
			found.add("unknown_node", one.ID, "", "depends_on", "there is no node '%s'", id)
		}
	}
	for _, port := range kind.in {
		if _, bound := one.Bindings[port.name]; port.required && !bound {
			found.add(
				"missing_binding",
				one.ID,
				port.name,
				"bindings."+port.name,
				"the input port is required",
			)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(one.Bindings)) {
		i := slices.IndexFunc(kind.in, func(p nodePort) bool { return p.name == name })
		if i < 0 {
			found.add("unknown_port", one.ID, name, "bindings."+name, "there is no such input port")
			continue
		}
		if wrong := g.checkBinding(one.Bindings[name], kind.in[i].kind); wrong != "" {
			found.add("invalid_binding", one.ID, name, "bindings."+name, "%s", wrong)
		}
	}
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
