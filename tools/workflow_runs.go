package tools

import (
	"encoding/json"
	"maps"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

type createRunInput struct {
	WorkflowID string                     `json:"workflow_id" required:"true" obvious:"true" doc:"A workflow's id."`
	Version    *int                       `json:"version_number" min:"1" doc:"Omitted: the newest."`
	Inputs     map[string]json.RawMessage `json:"inputs" doc:"{NAME: value} for the graph's inputs. Text and json as they are; a file as an asset id or {type: url, url}; an avatar by its look's id."`
	engine.Paid
	engine.DurablyKeyed
}

// runID is the input of a tool about one run.
type runID struct {
	ID string `json:"run_id" in:"path" required:"true" obvious:"true" doc:"A run's id."`
}

type listRunsInput struct {
	WorkflowID string `json:"workflow_id" in:"query" required:"true" obvious:"true" doc:"A workflow's id."`
	pageOf10
}

type listRunNodesInput struct {
	runID
	pageOf10
}

// workflowRun is v3's run.
type workflowRun struct {
	ID          string         `json:"run_id"`
	Workflow    map[string]any `json:"workflow"`
	Status      string         `json:"status"`
	Progress    map[string]any `json:"progress"`
	Outputs     []any          `json:"outputs"`
	Problem     any            `json:"error"`
	CreatedAt   string         `json:"created_at"`
	StartedAt   string         `json:"started_at"`
	CompletedAt string         `json:"completed_at"`
}

// knownRun is a run with how far it is.
type knownRun struct {
	workflowRun
	State string `json:"state"`
}

// startedRun is the answer to create_workflow_run.
type startedRun struct {
	workflowRun
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedRun) JobIDs() []string { return []string{o.ID} }

func workflowRunTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createRunInput, startedRun]{
			Name:  "create_workflow_run",
			Title: "Run a workflow",
			Asked: "start nightly pipeline execute trigger launch automation",
			Description: "Starts a run of a workflow's published version. Its nodes may cost credits as " +
				"they work. Answers at once with the run's id.",
			Effect:   engine.Creates,
			Op:       heygen.Op{Method: "POST", Path: "/v3/workflow-runs", Durable: true},
			Job:      "workflow_run",
			Estimate: unpriced[createRunInput]("runs: its nodes cost what they do"),
		}.Bind(),
		engine.Tool[runID, knownRun]{
			Name:  "get_workflow_run",
			Title: "Get a workflow's run",
			Asked: "pipeline failed outcome result of the run",
			Description: "How far a run is, and its outputs as values or links, which expire. partial: " +
				"some outputs are there, others failed.",
			Op: heygen.Op{Method: "GET", Path: "/v3/workflow-runs/{run_id}"},
		}.Bind(),
		engine.Tool[listRunsInput, page]{
			Name:        "list_workflow_runs",
			Title:       "List a workflow's runs",
			Description: "The runs of a workflow, newest first.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/workflow-runs"},
		}.Bind(),
		engine.Tool[listRunNodesInput, page]{
			Name:        "list_workflow_run_nodes",
			Title:       "List a workflow run's nodes",
			Asked:       "step three failed which node why error pipeline",
			Description: "How far each node of a run is, and why one failed.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/workflow-runs/{run_id}/nodes"},
		}.Bind(),
		engine.Tool[runID, knownRun]{
			Name:        "cancel_workflow_run",
			Title:       "Cancel a workflow's run",
			Asked:       "stop running pipeline automation",
			Description: "Ends a run. What its nodes have made stays; a run that is over stays as it is.",
			// It ends what exists and takes nothing away: the outputs that are there stay, and the same
			// version and inputs can be run again. Deletes is for what cannot be had back.
			Effect: engine.Changes,
			Op:     heygen.Op{Method: "POST", Path: "/v3/workflow-runs/{run_id}/cancel", Once: true},
		}.Bind(),
	}
}

// workflowRunJob is a run on its way.
func workflowRunJob() jobs.Kind {
	return jobs.Kind{
		Name:  "workflow_run",
		Get:   heygen.Op{Method: "GET", Path: "/v3/workflow-runs/{run_id}"},
		Ref:   func(id string) any { return &runID{ID: id} },
		Files: []string{"url"},
		Main:  firstOutput,
		Tells: []string{"output_count"},
		States: vocabulary.States{
			vocabulary.Pending: {"pending"},
			vocabulary.Running: {"processing"},
			// Some outputs of a partial run are there, and a next step says so.
			vocabulary.Done:     {"succeeded", "partial"},
			vocabulary.Failed:   {"failed"},
			vocabulary.Canceled: {"canceled"},
		},
		// HeyGen puts up to 256 KiB of values into one run.
		MaxDetailed: 3,
		StopTool:    "cancel_workflow_run",
		ListTool:    "list_workflow_runs",
	}
}

// firstOutput is the first output that is a file, with how many outputs there are.
func firstOutput(full map[string]any) map[string]any {
	outputs, _ := full["outputs"].([]any)
	main := map[string]any{"output_count": len(outputs)}
	for _, o := range outputs {
		if output, _ := o.(map[string]any); output["url"] != nil {
			maps.Copy(main, output)
			break
		}
	}
	return main
}
