package sandbox

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/contract"
	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	// removalSeconds is how long a removal takes besides as long as its video lasts. v3 publishes
	// no price for it, so it costs nothing here.
	removalSeconds = 20.0

	layerForeground = "foreground"
	layerMask       = "mask"
	layerBackground = "background"
)

func (s *Sandbox) backgroundRemovalRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/background-removals", s.createRemoval),
		engine.On("GET", "/v3/background-removals", s.listRemovals),
		engine.On("GET", "/v3/background-removals/{job_id}", s.getRemoval),
		engine.On("DELETE", "/v3/background-removals/{job_id}", s.deleteRemoval),
	}
}

func removalJobs() engine.JobKind {
	return engine.JobKind{
		Name: "background removal", Missing: "not_found",
		Pending: "pending", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// removal is what a job knows that takes the background out of a video.
type removal struct {
	layers  []string
	request string // the caller's own name for it, "" for none
	deleted bool   // it is still known then, without its files
}

// createRemoval answers POST /v3/background-removals. A request_id that was seen before brings the
// job that it made, whatever else is asked for; an Idempotency-Key means nothing here.
func (s *Sandbox) createRemoval(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Video     fileInput `json:"video"`
		Layers    []string  `json:"layers"`
		RequestID *string   `json:"request_id"`
		Title     *string   `json:"title"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if in.RequestID != nil {
		for _, j := range s.OwnJobs(v, removalJobs()) {
			if engine.DataOf[removal](j).request == *in.RequestID {
				v.Replayed = true
				return s.showRemoval(r, j), nil
			}
		}
	}
	every := []string{layerForeground, layerMask, layerBackground}
	if len(in.Layers) == 0 {
		in.Layers = every
	}
	for _, layer := range in.Layers {
		if !slices.Contains(every, layer) {
			return nil, engine.Invalid("layers", "'layers' must be of: %s.", contract.Quoted(every))
		}
	}
	video, apiErr := s.open(r, v, &in.Video, "video", "video/")
	if apiErr != nil {
		return nil, apiErr
	}
	j := &engine.Job{
		Kind: removalJobs(), Title: value(in.Title), Media: &media.File{Seconds: video.Seconds},
		Failure: "No subject was found in the video.", Data: &removal{layers: in.Layers, request: value(in.RequestID)},
	}
	if apiErr := s.Begin(v, j, removalSeconds+video.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return s.showRemoval(r, j), nil
}

// listRemovals answers GET /v3/background-removals, the newest first.
func (s *Sandbox) listRemovals(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.DeleteFunc(s.OwnJobs(v, removalJobs()), func(j *engine.Job) bool { return engine.DataOf[removal](j).deleted })
	return engine.BySerial(s.Engine, l, items, func(j *engine.Job) any { return s.showRemoval(r, j) }), nil
}

// getRemoval answers GET /v3/background-removals/{job_id}, also of one that was deleted.
func (s *Sandbox) getRemoval(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, removalJobs(), chi.URLParam(r, "job_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showRemoval(r, j), nil
}

// deleteRemoval answers DELETE /v3/background-removals/{job_id}.
func (s *Sandbox) deleteRemoval(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, removalJobs(), chi.URLParam(r, "job_id"))
	if apiErr == nil && engine.DataOf[removal](j).deleted {
		apiErr = engine.NotFound(removalJobs().Missing, "Background removal")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	engine.DataOf[removal](j).deleted = true
	s.DropFile(j.ID)
	return map[string]any{"id": j.ID, "deleted": true}, nil
}

func (s *Sandbox) showRemoval(r *http.Request, j *engine.Job) any {
	now, of := s.Now(), engine.DataOf[removal](j)
	out := map[string]any{
		"id": j.ID, "status": j.Status(now), "created_at": j.Created.Unix(), "completed_at": nil, "duration": nil,
		"error": j.Reason(now),
	}
	switch {
	case of.deleted:
		out["status"], out["error"] = "deleted", nil
	case j.Succeeded(now):
		layers := map[string]any{}
		for _, layer := range of.layers {
			ending := ".mp4"
			if layer == layerForeground {
				ending = ".webm" // which can be transparent
			}
			layers[layer] = s.Link(r, "background-removals/"+j.ID+"."+layer+ending)
		}
		out["layers"], out["duration"], out["completed_at"] = layers, j.Media.Seconds, j.Ends.Unix()
	}
	return out
}
