package sandbox

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
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

// createRun answers POST /v3/workflow-runs. Its key stays with the run for good: whoever repeats the
// request gets the run as it stands.
func (s *Sandbox) createRun(r *http.Request, v *engine.Request) (any, *engine.Error) {
	if len(v.Body) > maxRunBody {
		return nil, engine.Refuse(http.StatusRequestEntityTooLarge, "payload_too_large", "", "The request body is larger than 1 MiB.")
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
			return nil, engine.Refuse(http.StatusConflict, "conflict", "",
				"This Idempotency-Key was used with another request body. Use a new key, or repeat the original request exactly.")
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
	if run.job.Fails { // it is the last of the nodes that fails, so that those before it can be seen to succeed
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
				return engine.Refuse(http.StatusConflict, "workflow_run_admission_refused", param, "The input '%s' names no usable asset.", name)
			}
		default:
			return engine.Invalid(param, "'%s' must be an asset id, or an object of type url, asset_id or base64.", param)
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

// listRuns answers GET /v3/workflow-runs, the newest first. Of a workflow that is not there there are
// none.
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
		return map[string]any{"id": j.ID, "version_id": run.version.id, "status": s.runStatus(run), "created_at": isoTime(j.Created)}
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
		out := map[string]any{"node_id": one.ID, "node_type": one.Type, "status": status, "started_at": nil, "completed_at": nil, "error": nil}
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

func nodeError(id string) map[string]any {
	return map[string]any{"code": "node_failed", "message": "The node could not be run.", "node_id": id}
}

// nodeState is the status of a node now, and when it started and ended; zero times for not yet.
func (s *Sandbox) nodeState(run *workflowRun, id string) (status string, started, ended time.Time) {
	step := s.After(nodeSeconds)
	started = run.job.Started().Add(step * time.Duration(run.depths[id]-1))
	ended = started.Add(step)
	now := s.Now()
	switch {
	case !run.canceled.IsZero() && !run.canceled.After(started):
		return "canceled", time.Time{}, run.canceled
	case !run.canceled.IsZero() && run.canceled.Before(ended):
		return "canceled", started, run.canceled
	case now.Before(started):
		return "pending", time.Time{}, time.Time{}
	case now.Before(ended):
		return "processing", started, time.Time{}
	case id == run.failing:
		return "failed", started, ended
	}
	return "succeeded", started, ended
}

// runStatus is that of the whole: a run is partial of which a node failed and some outputs are there.
func (s *Sandbox) runStatus(run *workflowRun) string {
	now := s.Now()
	if !run.canceled.IsZero() {
		return "canceled"
	}
	if status := run.job.Status(now); status != run.job.Kind.Failed {
		return status
	}
	for _, out := range run.version.graph.Outputs {
		if out.NodeID != run.failing {
			return "partial"
		}
	}
	return run.job.Kind.Failed
}

func isoTime(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func (s *Sandbox) showRun(r *http.Request, run *workflowRun) any {
	now, j := s.Now(), run.job
	counts := map[string]int{"total": len(run.version.graph.Nodes)}
	for _, one := range run.version.graph.Nodes {
		status, _, _ := s.nodeState(run, one.ID)
		counts[status]++
	}
	out := map[string]any{
		"id": j.ID, "workflow": map[string]any{"id": run.of.id, "version_id": run.version.id, "version_number": run.version.number},
		"status": s.runStatus(run), "created_at": isoTime(j.Created), "started_at": nil, "completed_at": nil, "progress": counts,
		"error": nil, "outputs": s.showOutputs(r, run),
	}
	if !now.Before(j.Started()) && run.canceled.IsZero() || run.canceled.After(j.Started()) {
		out["started_at"] = isoTime(j.Started())
	}
	if j.Done(now) {
		out["completed_at"] = isoTime(j.Ends)
	}
	if j.Done(now) && run.failing != "" && run.canceled.IsZero() {
		out["error"] = nodeError(run.failing)
	}
	return out
}

// showOutputs are the declared outputs, sorted by name.
func (s *Sandbox) showOutputs(r *http.Request, run *workflowRun) []any {
	out, g := []any{}, run.version.graph
	for _, name := range slices.Sorted(maps.Keys(g.Outputs)) {
		from := g.Outputs[name]
		one := map[string]any{
			"name": name, "type": nil, "status": "pending", "delivery": nil, "artifact_id": nil, "value": nil, "url": nil, "expires_in": nil, "is_public": nil,
		}
		switch status, _, _ := s.nodeState(run, from.NodeID); status {
		case "succeeded":
			s.fillOutput(r, run, from, one)
		case "failed", "canceled", "skipped":
			one["status"] = "failed"
		}
		out = append(out, one)
	}
	return out
}

// fillOutput puts what a node made into an output that is ready: texts inline, media by a link.
func (s *Sandbox) fillOutput(r *http.Request, run *workflowRun, from graphOutput, out map[string]any) {
	kind := run.version.graph.portType(from.NodeID, from.Port)
	out["status"], out["type"], out["artifact_id"] = "ready", kind, "art_"+s.NewID(run.job.ID, from.NodeID, from.Port)
	text := fmt.Sprintf("The text that node %s wrote.", strings.ReplaceAll(from.NodeID, "_", " "))
	switch kind {
	case "text":
		out["delivery"], out["value"] = "inline", text
		return
	case "json":
		out["delivery"], out["value"] = "inline", map[string]any{"text": text, "tokens": 42}
		return
	}
	link := s.PictureLink(r, run.job.ID, 640, 360)
	switch kind {
	case "video":
		link = s.Link(r, "workflow-runs/"+run.job.ID+".mp4")
	case "audio":
		link = s.Link(r, "workflow-runs/"+run.job.ID+".wav")
	}
	out["delivery"], out["url"], out["expires_in"], out["is_public"] = "reference", link, int(runLinkLife.Seconds()), false
}
