package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

type publishWorkflowInput struct {
	workflowID
	Graph workflowGraph `json:"product_graph" required:"true" opaque:"true" doc:"As create_workflow takes it, whole: the draft is not read."`
	engine.Keyed
}

type listVersionsInput struct {
	workflowID
	pageOf10
}

type versionInput struct {
	workflowID
	Number int `json:"version_number" in:"path" required:"true" doc:"1, 2, …"`
}

// workflowVersion is v3's version: a graph that never changes.
type workflowVersion struct {
	ID         string         `json:"id"`
	WorkflowID string         `json:"definition_id"`
	Number     int            `json:"version_number"`
	Checksum   string         `json:"checksum"`
	Graph      map[string]any `json:"product_graph"`
	Plan       []any          `json:"plan_summary"`
}

func workflowVersionTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[publishWorkflowInput, workflowVersion]{
			Name:  "publish_workflow_version",
			Title: "Publish a workflow's version",
			Asked: "live activate draft production",
			Description: "Makes a graph the workflow's next version, which new runs are of; earlier " +
				"ones stay, and one is brought back by publishing its graph again. The graph of the newest " +
				"version makes none.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/workflows/{workflow_id}/versions", Key: true},
			Verbatim: []string{"product_graph"},
			Augment: func(_ *publishWorkflowInput, r *engine.Result[workflowVersion]) {
				// A run that names no version is pinned when its key is first used, and equal arguments
				// share a key for some minutes.
				r.NextStep = "Run it with create_workflow_run and this version_number: without it, " +
					"arguments like those of a run of the last ten minutes give that run again."
			},
		}.Bind(),
		engine.Tool[listVersionsInput, page]{
			Name:        "list_workflow_versions",
			Title:       "List a workflow's versions",
			Asked:       "go back earlier pipeline was last week history of the pipeline previous",
			Description: "The published versions of a workflow.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/workflows/{workflow_id}/versions"},
		}.Bind(),
		engine.Tool[versionInput, workflowVersion]{
			Name:        "get_workflow_version",
			Title:       "Get a workflow's version",
			Asked:       "earlier version pipeline look back restore",
			Description: "A version's graph, and the order in which its nodes run.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/workflows/{workflow_id}/versions/{version_number}"},
			Verbatim:    []string{"product_graph"},
		}.Bind(),
	}
}
