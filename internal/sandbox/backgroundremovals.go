package sandbox

import (
	"heygen-mcp/internal/sandbox/contract"

	"heygen-mcp/internal/sandbox/media"

	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"
)

const (
	// removalSeconds is how long a removal takes besides as long as its video lasts. v3 publishes no price for it, so it
	// costs nothing here.
	removalSeconds = 20.0

	layerForeground = "foreground"
	layerMask       = "mask"
	layerBackground = "background"
)

func (s *Sandbox) backgroundRemovalRoutes() []route {
	return []route{
		{"POST", "/v3/background-removals", s.createRemoval},
		{"GET", "/v3/background-removals", s.listRemovals},
		{"GET", "/v3/background-removals/{job_id}", s.getRemoval},
		{"DELETE", "/v3/background-removals/{job_id}", s.deleteRemoval},
	}
}

func removalJobs() jobKind {
	return jobKind{
		name: "background removal", missing: "resource_not_found",
		pending: "pending", running: "processing", completed: "completed", failed: "failed",
	}
}

// removal is what a job knows that takes the background out of a video.
type removal struct {
	layers  []string
	request string // the caller's own name for it, "" for none
	deleted bool   // it is still known then, without its files
}

// createRemoval answers POST /v3/background-removals. A request_id that was seen before brings the job that it made,
// whatever else is asked for; an Idempotency-Key means nothing here.
func (s *Sandbox) createRemoval(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Video     fileInput `json:"video"`
		Layers    []string  `json:"layers"`
		RequestID *string   `json:"request_id"`
		Title     *string   `json:"title"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if in.RequestID != nil {
		for _, j := range s.ownJobs(v, removalJobs()) {
			if dataOf[removal](j).request == *in.RequestID {
				v.replayed = true
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
			return nil, invalid("layers", "'layers' must be of: %s.", contract.Quoted(every))
		}
	}
	video, apiErr := s.open(r, v, &in.Video, "video", "video/")
	if apiErr != nil {
		return nil, apiErr
	}
	j := &job{
		kind: removalJobs(), title: value(in.Title), media: &media.File{Seconds: video.Seconds},
		failure: "No subject was found in the video.", data: &removal{layers: in.Layers, request: value(in.RequestID)},
	}
	if apiErr := s.begin(v, j, removalSeconds+video.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return s.showRemoval(r, j), nil
}

// listRemovals answers GET /v3/background-removals, the newest first.
func (s *Sandbox) listRemovals(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.DeleteFunc(s.ownJobs(v, removalJobs()), func(j *job) bool { return dataOf[removal](j).deleted })
	return bySerial(s, l, items, func(j *job) any { return s.showRemoval(r, j) }), nil
}

// getRemoval answers GET /v3/background-removals/{job_id}, also of one that was deleted.
func (s *Sandbox) getRemoval(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, removalJobs(), chi.URLParam(r, "job_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showRemoval(r, j), nil
}

// deleteRemoval answers DELETE /v3/background-removals/{job_id}.
func (s *Sandbox) deleteRemoval(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, removalJobs(), chi.URLParam(r, "job_id"))
	if apiErr == nil && dataOf[removal](j).deleted {
		apiErr = notFound(removalJobs().missing, "Background removal")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	dataOf[removal](j).deleted = true
	delete(s.media, j.id)
	return map[string]any{"id": j.id, "deleted": true}, nil
}

func (s *Sandbox) showRemoval(r *http.Request, j *job) any {
	now, of := s.clock.Now(), dataOf[removal](j)
	out := map[string]any{
		"id": j.id, "status": j.status(now), "created_at": j.created.Unix(), "completed_at": nil, "duration": nil,
		"error": j.reason(now),
	}
	switch {
	case of.deleted:
		out["status"], out["error"] = "deleted", nil
	case j.succeeded(now):
		layers := map[string]any{}
		for _, layer := range of.layers {
			ending := ".mp4"
			if layer == layerForeground {
				ending = ".webm" // which can be transparent
			}
			layers[layer] = s.link(r, "background-removals/"+j.id+"."+layer+ending)
		}
		out["layers"], out["duration"], out["completed_at"] = layers, j.media.Seconds, j.ends.Unix()
	}
	return out
}
