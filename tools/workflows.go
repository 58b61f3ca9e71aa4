package tools

import (
	"encoding/json"
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

type createWorkflowInput struct {
	Name  string                     `json:"name" required:"true" len:"1-256" doc:"Name; no other workflow of the space has it."`
	Graph workflowGraph              `json:"product_graph" required:"true" opaque:"true" doc:"{schema_version: 1.0.0, inputs: {NAME: {type: text, json, image, audio, video or avatar; required}}, nodes: [{id, type, variant, config, bindings: {PORT: BINDING}, depends_on: [ids]}], outputs: {NAME: {node_id, port}}}. BINDING, by kind: {kind: literal, value}, {kind: run_input, name}, {kind: node_output, node_id, port}; for a json port also {kind: object, fields: {NAME: BINDING}}, {kind: list, items: [BINDING]}. A node's type is its family; a family of one variant has none. NAME and id: letters, digits, _."`
	Meta  map[string]json.RawMessage `json:"meta" doc:"Kept with it."`
	engine.Keyed
}

// workflowID is the input of a tool about one workflow.
type workflowID struct {
	ID string `json:"workflow_id" in:"path" required:"true" obvious:"true" doc:"A workflow's id."`
}

type updateWorkflowInput struct {
	workflowID
	Graph    workflowGraph `json:"product_graph" required:"true" opaque:"true" doc:"As create_workflow takes it; replaces the whole draft."`
	Revision int           `json:"expected_revision" required:"true" min:"0" doc:"draft_revision, as get_workflow shows it."`
}

// pageOf10 is the page of the lists whose items are short as they are.
type pageOf10 struct {
	Limit *int    `json:"limit" in:"query" min:"1" max:"100" default:"10" obvious:"true" doc:"Items a page."`
	Token *string `json:"token" in:"query" obvious:"true" doc:"next_token of the page before."`
}

// workflow is v3's workflow.
type workflow struct {
	ID       string         `json:"workflow_id"`
	Name     string         `json:"name"`
	Status   string         `json:"status"`
	Revision int            `json:"draft_revision"`
	Draft    map[string]any `json:"draft_product_graph"`
	Meta     map[string]any `json:"meta"`
	Latest   map[string]any `json:"latest_version"`
}

func workflowTools() []engine.BoundTool {
	return slices.Concat([]engine.BoundTool{
		nodeTypesTool(),
		engine.Tool[createWorkflowInput, workflow]{
			Name:  "create_workflow",
			Title: "Create a workflow",
			Asked: "pipeline automation chain steps assemble blocks graph",
			Description: "Makes a workflow of a graph, with version 1, which create_workflow_run can " +
				"run at once. Write the graph by list_workflow_node_types. A graph that is wrong makes " +
				"nothing, and heygen_errors lists its faults.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/workflows", Key: true},
			Verbatim: []string{"draft_product_graph", "meta"},
		}.Bind(),
		engine.Tool[workflowID, workflow]{
			Name:  "get_workflow",
			Title: "Get a workflow",
			Description: "A workflow's draft graph and its revision. list_workflow_versions shows what " +
				"can be run.",
			Op:       heygen.Op{Method: "GET", Path: "/v3/workflows/{workflow_id}"},
			Verbatim: []string{"draft_product_graph", "meta"},
		}.Bind(),
		engine.Tool[pageOf10, page]{
			Name:        "list_workflows",
			Title:       "List workflows",
			Description: "The account's workflows.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/workflows"},
		}.Bind(),
		engine.Tool[updateWorkflowInput, workflow]{
			Name:  "update_workflow",
			Title: "Change a workflow's draft",
			Description: "Replaces a workflow's draft graph. Runs go on with the published versions: " +
				"publish_workflow_version makes a new one.",
			Effect:     engine.Changes,
			Op:         heygen.Op{Method: "PATCH", Path: "/v3/workflows/{workflow_id}"},
			Verbatim:   []string{"draft_product_graph", "meta"},
			VerifyWith: "get_workflow, whose draft_revision is then higher,",
		}.Bind(),
	}, workflowVersionTools())
}
