package tools

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/tools/args/faults"
)

// workflowGraph is what a workflow does: nodes, what is bound to their inputs, and what a run takes
// and gives. Which nodes there are and whether they fit together HeyGen judges, which lists all
// faults at once; only the form is checked here.
type workflowGraph struct {
	Schema  string                     `json:"schema_version" required:"true" doc:"1.0.0"`
	Inputs  map[string]json.RawMessage `json:"inputs" doc:"{NAME: {type, required}}: what each run is given."`
	Nodes   []workflowNode             `json:"nodes" doc:"{id, type, variant, config, bindings, depends_on}."`
	Outputs map[string]json.RawMessage `json:"outputs" doc:"{NAME: {node_id, port}}: what a run gives."`
}

// workflowNode is one step of a graph.
type workflowNode struct {
	ID        string                     `json:"id" required:"true" pattern:"^[a-zA-Z][a-zA-Z0-9_]{0,63}$" doc:"Its name in the graph."`
	Type      string                     `json:"type" required:"true" doc:"A family of list_workflow_node_types."`
	Variant   *string                    `json:"variant" doc:"Of the family, where it has several."`
	Config    map[string]json.RawMessage `json:"config" doc:"As the variant's config_schema says."`
	DependsOn []string                   `json:"depends_on" doc:"Ids of nodes to wait for besides those that are bound."`
	Bindings  map[string]json.RawMessage `json:"bindings" doc:"{PORT: {kind, …}}: where each input comes from."`
}

// members are those that an object must have, and those that it may have.
type members struct{ needs, may []string }

// bindingKinds are the members of a binding by its kind.
func bindingKinds() map[string]members {
	return map[string]members{
		"literal":     {may: []string{"value"}},
		"run_input":   {needs: []string{"name"}},
		"node_output": {needs: []string{"node_id", "port"}},
		"object":      {may: []string{"fields"}},
		"list":        {may: []string{"items"}},
	}
}

// Check holds the form of what is declared under names of the caller's own, where no tags say it.
func (g *workflowGraph) Check(path string) *faults.Fault {
	types := []string{"text", "json", "image", "audio", "video", "avatar"}
	for _, name := range faults.SortedKeys(g.Inputs) {
		at := faults.Join(path, "inputs."+faults.Clip(name))
		takes := members{needs: []string{"type"}, may: []string{"required"}}
		object, fault := objectIn(at, g.Inputs[name], takes)
		if fault != nil {
			return fault
		}
		if kind, _ := object["type"].(string); !slices.Contains(types, kind) {
			return faults.NotAChoice(faults.Join(at, "type"), types)
		}
	}
	for _, name := range faults.SortedKeys(g.Outputs) {
		at := faults.Join(path, "outputs."+faults.Clip(name))
		takes := members{needs: []string{"node_id", "port"}}
		if _, fault := objectIn(at, g.Outputs[name], takes); fault != nil {
			return fault
		}
	}
	return nil
}

// Check holds the form of the bindings.
func (n *workflowNode) Check(path string) *faults.Fault {
	for _, port := range faults.SortedKeys(n.Bindings) {
		v, err := jsonread.Decode(n.Bindings[port])
		at := faults.Join(path, "bindings."+faults.Clip(port))
		if err != nil {
			return notABinding(at)
		}
		if fault := checkBinding(at, v); fault != nil {
			return fault
		}
	}
	return nil
}

// checkBinding checks one binding, and those that it is composed of.
func checkBinding(path string, v any) *faults.Fault {
	object, ok := v.(map[string]any)
	if !ok {
		return notABinding(path)
	}
	kind, _ := object["kind"].(string)
	takes, ok := bindingKinds()[kind]
	if !ok {
		return faults.NotAChoice(faults.Join(path, "kind"), faults.SortedKeys(bindingKinds()))
	}
	takes.may = append(takes.may, "kind")
	if fault := takes.check(path, object); fault != nil {
		return fault
	}
	fields, ok := object["fields"].(map[string]any)
	if !ok && object["fields"] != nil {
		at := faults.Join(path, "fields")
		return faults.Invalid(at, at+" must be an object of bindings.", "Send {NAME: binding}.")
	}
	for _, name := range faults.SortedKeys(fields) {
		if fault := checkBinding(faults.Join(path, "fields."+faults.Clip(name)), fields[name]); fault != nil {
			return fault
		}
	}
	items, ok := object["items"].([]any)
	if !ok && object["items"] != nil {
		at := faults.Join(path, "items")
		return faults.Invalid(at, at+" must be a list of bindings.", "Send a JSON array.")
	}
	for i, one := range items {
		if fault := checkBinding(fmt.Sprintf("%s.items[%d]", path, i), one); fault != nil {
			return fault
		}
	}
	return nil
}

// notABinding refuses what was sent in place of a binding, most often the bare value.
func notABinding(path string) *faults.Fault {
	return faults.Invalid(path, path+" must be a binding: an object with a kind.",
		`Send {"kind":"literal","value":…} for a fixed value, or the kind run_input or node_output.`)
}

// objectIn reads an object that has certain members.
func objectIn(path string, raw json.RawMessage, takes members) (map[string]any, *faults.Fault) {
	v, err := jsonread.Decode(raw)
	object, ok := v.(map[string]any)
	if err != nil || !ok {
		all := strings.Join(slices.Concat(takes.needs, takes.may), ", ")
		return nil, faults.Invalid(path, path+" must be an object.", "Send an object with: "+all+".")
	}
	return object, takes.check(path, object)
}

// check refuses an object that lacks a member, or has another.
func (m members) check(path string, object map[string]any) *faults.Fault {
	all := slices.Concat(m.needs, m.may)
	known := strings.Join(all, ", ")
	for _, name := range m.needs {
		if object[name] == nil {
			at := faults.Join(path, name)
			return faults.Invalid(at, at+" is required.", "Send it. Known here: "+known+".")
		}
	}
	for _, name := range faults.SortedKeys(object) {
		if !slices.Contains(all, name) {
			at := faults.Join(path, faults.Clip(name))
			next := "Leave it out. Known here: " + known + "."
			return faults.Invalid(at, faults.Clip(name)+" is not an argument.", next)
		}
	}
	return nil
}
