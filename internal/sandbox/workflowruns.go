package sandbox

import (
	"crypto/sha256"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	// nodeSeconds is how long each node of a workflow runs.
	nodeSeconds = 10.0
	// nodeMedia is how long, in seconds, the media last that nodes make.
	nodeMedia   = 4.0
	maxRunBody  = 1 << 20
	runLinkLife = 24 * time.Hour
)

func (s *Sandbox) workflowRunRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/workflow-runs", s.createRun),
		engine.On("GET", "/v3/workflow-runs", s.listRuns),
		engine.On("GET", "/v3/workflow-runs/{run_id}", s.getRun),
		engine.On("POST", "/v3/workflow-runs/{run_id}/cancel", s.cancelRun),
		engine.On("GET", "/v3/workflow-runs/{run_id}/nodes", s.listRunNodes),
	}
}

func runJobs() engine.JobKind {
	return engine.JobKind{
		Name: "workflow run", Prefix: "dwr_", Missing: "resource_not_found",
		Pending: "pending", Running: "processing", Completed: "succeeded", Failed: "failed",
	}
}

// workflowRun is what a job knows that runs a version of a workflow.
type workflowRun struct {
	job      *engine.Job
	of       *workflow
	version  *workflowVersion
	asked    [sha256.Size]byte // the body of the request that started it
	depths   map[string]int
	failing  string // the node that fails, if the run is to
	canceled time.Time
}

// createRun answers POST /v3/workflow-runs. Its key stays with the run for good: whoever repeats
// the request gets the run as it stands.
func (s *Sandbox) createRun(r *http.Request, v *engine.Request) (any, *engine.Error) {
	if len(v.Body) > maxRunBody {
		return nil, engine.Refuse(
			http.StatusRequestEntityTooLarge,
			"payload_too_large",
			"",
			"The request body is larger than 1 MiB.",
		)
	}
	var in struct {
		WorkflowID string         `json:"workflow_id"`
		Version    *int           `json:"version_number"`
		Inputs     map[string]any `json:"inputs"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	of, asked := holdingsOf(v.Account), sha256.Sum256(v.Body)
	if earlier := of.runKeys[v.Key]; earlier != nil {
		if earlier.asked != asked {
			return nil, engine.Refuse(
				http.StatusConflict,
				"conflict",
				"",
				"This Idempotency-Key was used with another request body. Use a new key.",
			)
		}
		v.Replayed = true
		s.Settle(v.Account, s.Now())
		return engine.Answer{Status: http.StatusOK, Data: s.showRun(r, earlier)}, nil
	}
	w, apiErr := of.ownWorkflow(in.WorkflowID)
	if apiErr == nil {
		apiErr = w.notArchived("cannot start new runs")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	number := or(in.Version, len(w.versions))
	if number > len(w.versions) {
		return nil, engine.NotFound("resource_not_found", "Workflow version").WithParam("version_number")
	}
	run := &workflowRun{of: w, version: w.versions[number-1], asked: asked}
	if apiErr := s.checkInputs(v, run.version.graph, in.Inputs); apiErr != nil {
		return nil, apiErr
	}
	run.depths = run.version.graph.depths()
	steps := slices.Max(slices.Collect(maps.Values(run.depths)))
	run.job = &engine.Job{Kind: runJobs(), Data: run, Media: &media.File{Seconds: nodeMedia}}
	if apiErr := s.Begin(v, run.job, nodeSeconds*float64(steps)); apiErr != nil {
		return nil, apiErr
	}
	if run.job.Fails { // the last node fails, so that those before it can be seen to succeed
		for _, id := range slices.Sorted(maps.Keys(run.depths)) {
			if run.depths[id] == steps {
				run.failing = id
			}
		}
	}
	of.runKeys[v.Key] = run
	return s.showRun(r, run), nil
}

// checkInputs holds the values of a run against what its version declares.
func (s *Sandbox) checkInputs(v *engine.Request, g *graph, given map[string]any) *engine.Error {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, declared := g.Inputs[name]; !declared {
			return engine.Invalid("inputs."+name, "The workflow has no input '%s'.", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g.Inputs)) {
		declared, param := g.Inputs[name], "inputs."+name
		one, there := given[name]
		if !there && or(declared.Required, true) {
			return engine.Invalid(param, "'%s' is required.", param)
		}
		text, isText := one.(string)
		file, isFile := one.(map[string]any)
		switch {
		case !there || declared.Type == "json":
		case declared.Type == "text" && !isText:
			return engine.Invalid(param, "'%s' must be of type string.", param)
		case declared.Type == "text" || declared.Type == "avatar" && isText:
		case isFile && (file["type"] == "url" || file["type"] == "base64"):
		case isFile && file["type"] == "asset_id":
			text, _ = file["asset_id"].(string)
			fallthrough
		case isText:
			if _, apiErr := s.findAsset(v, text, param, declared.Type+"/"); apiErr != nil {
				return engine.Refuse(
					http.StatusConflict,
					"workflow_run_admission_refused",
					param,
					"The input '%s' names no usable asset.",
					name,
				)
			}
		default:
			return engine.Invalid(
				param,
				"'%s' must be an asset id, or an object of type url, asset_id or base64.",
				param,
			)
		}
	}
	return nil
}

func (s *Sandbox) ownRun(r *http.Request, v *engine.Request) (*workflowRun, *engine.Error) {
	j, apiErr := s.OwnJob(v, runJobs(), chi.URLParam(r, "run_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.DataOf[workflowRun](j), nil
}

// listRuns answers GET /v3/workflow-runs, the newest first. Of a workflow that is not there there
// are none.
func (s *Sandbox) listRuns(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.DeleteFunc(s.OwnJobs(v, runJobs()), func(j *engine.Job) bool {
		return engine.DataOf[workflowRun](j).of.id != r.URL.Query().Get("workflow_id")
	})
	return engine.BySerial(s.Engine, l, items, func(j *engine.Job) any {
		run := engine.DataOf[workflowRun](j)
		return map[string]any{
			"id":         j.ID,
			"version_id": run.version.id,
			"status":     s.runStatus(run),
			"created_at": isoTime(j.Created),
		}
	}), nil
}

// getRun answers GET /v3/workflow-runs/{run_id}.
func (s *Sandbox) getRun(r *http.Request, v *engine.Request) (any, *engine.Error) {
	run, apiErr := s.ownRun(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showRun(r, run), nil
}

// cancelRun answers POST /v3/workflow-runs/{run_id}/cancel. A run that is over stays what it is.
func (s *Sandbox) cancelRun(r *http.Request, v *engine.Request) (any, *engine.Error) {
	run, apiErr := s.ownRun(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	if now := s.Now(); !run.job.Done(now) {
		run.canceled = now
		s.End(run.job)
	}
	return s.showRun(r, run), nil
}

// listRunNodes answers GET /v3/workflow-runs/{run_id}/nodes.
func (s *Sandbox) listRunNodes(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	run, apiErr := s.ownRun(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.ByIndex(s.Engine, l, run.version.graph.Nodes, func(one graphNode) any {
		status, started, ended := s.nodeState(run, one.ID)
		out := map[string]any{
			"node_id":      one.ID,
			"node_type":    one.Type,
			"status":       status,
			"started_at":   nil,
			"completed_at": nil,
			"error":        nil,
		}
		if !started.IsZero() {
			out["started_at"] = isoTime(started)
		}
		if !ended.IsZero() {
			out["completed_at"] = isoTime(ended)
		}
		if status == "failed" {
			out["error"] = nodeError(one.ID)
		}
		return out
	}), nil
}
