package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

// publishWorkflow answers POST /v3/workflows/{workflow_id}/versions. The draft has no part in it.
func (s *Sandbox) publishWorkflow(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Graph json.RawMessage `json:"product_graph"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	w, apiErr := holdingsOf(v.Account).ownWorkflow(chi.URLParam(r, "workflow_id"))
	if apiErr == nil {
		apiErr = w.notArchived("nothing was published")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	g, apiErr := readGraph(in.Graph)
	if apiErr == nil {
		apiErr = g.compile().refusal()
	}
	if apiErr != nil {
		return nil, apiErr
	}
	if last := w.versions[len(w.versions)-1]; last.checksum == g.checksum() {
		return engine.Answer{Status: http.StatusOK, Data: last.show(w)}, nil
	}
	return s.publish(w, g).show(w), nil
}

// listWorkflowVersions answers GET /v3/workflows/{workflow_id}/versions, the newest first.
func (s *Sandbox) listWorkflowVersions(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	w, apiErr := holdingsOf(v.Account).ownWorkflow(chi.URLParam(r, "workflow_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.Clone(w.versions)
	slices.Reverse(items)
	return engine.Paged(s.Engine, l, items,
		func(_ int, one *workflowVersion) int64 { return int64(one.number) },
		func(position, after int64) bool { return position < after },
		func(one *workflowVersion) any {
			return map[string]any{"id": one.id, "version_number": one.number, "checksum": one.checksum}
		}), nil
}

// getWorkflowVersion answers GET /v3/workflows/{workflow_id}/versions/{version_number}.
func (s *Sandbox) getWorkflowVersion(r *http.Request, v *engine.Request) (any, *engine.Error) {
	number, err := strconv.Atoi(chi.URLParam(r, "version_number"))
	if err != nil {
		return nil, engine.Invalid("version_number", "'version_number' must be of type integer.")
	}
	w, apiErr := holdingsOf(v.Account).ownWorkflow(chi.URLParam(r, "workflow_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if number < 1 || number > len(w.versions) {
		return nil, engine.NotFound("resource_not_found", "Workflow version")
	}
	return w.versions[number-1].show(w), nil
}

func (one *workflowVersion) show(w *workflow) any {
	return map[string]any{
		"id": one.id, "definition_id": w.id, "version_number": one.number, "checksum": one.checksum,
		"compiler_version":        nodeContract,
		"adapter_manifest_digest": one.checksum[:16], "product_graph": one.graph.sent,
		"plan_summary": one.graph.plan(),
	}
}
