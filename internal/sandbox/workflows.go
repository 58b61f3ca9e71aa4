package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

func (s *Sandbox) workflowRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/workflows", s.createWorkflow).ExactKey(),
		engine.On("GET", "/v3/workflows", s.listWorkflows),
		engine.On("GET", "/v3/workflows/node-types", s.listNodeTypes),
		engine.On("GET", "/v3/workflows/{workflow_id}", s.getWorkflow),
		engine.On("PATCH", "/v3/workflows/{workflow_id}", s.updateWorkflow),
		engine.On("POST", "/v3/workflows/{workflow_id}/versions", s.publishWorkflow).ExactKey(),
		engine.On("GET", "/v3/workflows/{workflow_id}/versions", s.listWorkflowVersions),
		engine.On("GET", "/v3/workflows/{workflow_id}/versions/{version_number}", s.getWorkflowVersion),
	}
}

// workflow is a graph that can be run, in versions that never change, and a draft of the next.
type workflow struct {
	id, name string
	serial   int64
	archived bool
	revision int
	draft    *graph
	meta     any
	versions []*workflowVersion // the first is number 1
}

type workflowVersion struct {
	id, checksum string
	number       int
	graph        *graph
}

// createWorkflow answers POST /v3/workflows: the workflow is active at once, with its first
// version.
func (s *Sandbox) createWorkflow(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Name  string          `json:"name"`
		Graph json.RawMessage `json:"product_graph"`
		Meta  any             `json:"meta"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	g, apiErr := readGraph(in.Graph)
	if apiErr == nil {
		apiErr = g.compile().refusal()
	}
	if apiErr != nil {
		return nil, apiErr
	}
	of := holdingsOf(v.Account)
	if slices.ContainsFunc(of.workflows, func(w *workflow) bool { return w.name == in.Name }) {
		return nil, engine.Refuse(
			http.StatusConflict,
			"conflict",
			"",
			"A workflow named '%s' already exists in this space.",
			in.Name,
		)
	}
	serial := s.NextSerial()
	w := &workflow{
		id:     "def_" + s.NewID("workflow", v.Account.Name, serial),
		name:   in.Name,
		serial: serial,
		draft:  g,
		meta:   in.Meta,
	}
	first := s.publish(w, g)
	of.workflows = append(of.workflows, w)
	out := w.show()
	out["latest_version"] = map[string]any{"id": first.id, "version_number": first.number}
	return out, nil
}

// publish adds a version.
func (s *Sandbox) publish(w *workflow, g *graph) *workflowVersion {
	number := len(w.versions) + 1
	one := &workflowVersion{
		id:       "dwv_" + s.NewID(w.id, number),
		checksum: g.checksum(),
		number:   number,
		graph:    g,
	}
	w.versions = append(w.versions, one)
	return one
}

// checksum is the same for the same graph, however its members are ordered.
func (g *graph) checksum() string {
	raw, err := json.Marshal(g.sent)
	if err != nil {
		return "" // it was read from JSON
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// listWorkflows answers GET /v3/workflows, the newest first. v3 does not say in which order.
func (s *Sandbox) listWorkflows(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.Clone(holdingsOf(v.Account).workflows)
	slices.Reverse(items)
	return engine.Paged(s.Engine, l, items,
		func(_ int, w *workflow) int64 { return w.serial },
		func(position, after int64) bool { return position < after },
		func(w *workflow) any {
			return map[string]any{
				"id":             w.id,
				"name":           w.name,
				"status":         w.status(),
				"draft_revision": w.revision,
			}
		}), nil
}

// ownWorkflow finds a workflow that is the caller's.
func (h *holdings) ownWorkflow(id string) (*workflow, *engine.Error) {
	i := slices.IndexFunc(h.workflows, func(w *workflow) bool { return w.id == id })
	if i < 0 {
		return nil, engine.NotFound("resource_not_found", "Workflow")
	}
	return h.workflows[i], nil
}

// getWorkflow answers GET /v3/workflows/{workflow_id}.
func (s *Sandbox) getWorkflow(r *http.Request, v *engine.Request) (any, *engine.Error) {
	w, apiErr := holdingsOf(v.Account).ownWorkflow(chi.URLParam(r, "workflow_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return w.show(), nil
}

// updateWorkflow answers PATCH /v3/workflows/{workflow_id}, which replaces the draft. Of its graph
// only the types of the nodes are looked at: the rest is for the one who publishes it.
func (s *Sandbox) updateWorkflow(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Graph    json.RawMessage `json:"product_graph"`
		Revision int             `json:"expected_revision"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	w, apiErr := holdingsOf(v.Account).ownWorkflow(chi.URLParam(r, "workflow_id"))
	if apiErr == nil {
		apiErr = w.notArchived("cannot be modified")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	if in.Revision != w.revision {
		return nil, engine.Refuse(
			http.StatusConflict,
			"stale_workflow_draft",
			"",
			"Definition '%s' draft_revision is %d, expected %d; re-read the workflow first.",
			w.id,
			w.revision,
			in.Revision,
		)
	}
	g, apiErr := readGraph(in.Graph)
	if apiErr == nil {
		apiErr = g.checkTypes().refusal()
	}
	if apiErr != nil {
		return nil, apiErr
	}
	w.draft = g
	w.revision++
	return w.show(), nil
}

func (w *workflow) notArchived(what string) *engine.Error {
	if !w.archived {
		return nil
	}
	return engine.Refuse(
		http.StatusConflict,
		"workflow_archived",
		"",
		"Definition '%s' is archived and %s.",
		w.id,
		what,
	)
}

func (w *workflow) status() string {
	if w.archived {
		return "archived"
	}
	return "active"
}

func (w *workflow) show() map[string]any {
	return map[string]any{
		"id": w.id, "name": w.name, "status": w.status(), "draft_revision": w.revision,
		"draft_product_graph": w.draft.sent, "meta": w.meta,
	}
}

// controlArchive archives a workflow, which only HeyGen's web app can do.
func (s *Sandbox) controlArchive(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Account    string `json:"account"`
		WorkflowID string `json:"workflow_id"`
	}
	if !engine.ReadControl(w, r, &in) {
		return
	}
	if !engine.ValidAccountName(in.Account) {
		engine.WriteError(w, engine.Invalid("account", "'account' must be the name of an account."))
		return
	}
	a := s.Account(in.Account)
	s.Lock()
	defer s.Unlock()
	of, apiErr := holdingsOf(a).ownWorkflow(in.WorkflowID)
	if apiErr != nil {
		engine.WriteError(w, apiErr)
		return
	}
	of.archived = true
	engine.WriteJSON(w, http.StatusOK, map[string]any{"workflow_id": of.id, "archived": true})
}
