package sandbox

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
)

func (s *Sandbox) lipsyncRoutes() []route {
	return []route{
		{"POST", "/v3/lipsyncs", s.createLipsync},
		{"GET", "/v3/lipsyncs", s.listLipsyncs},
		{"POST", "/v3/lipsyncs/batches", s.createLipsyncBatch},
		{"GET", "/v3/lipsyncs/batches/{batch_id}", s.getBatch(lipsyncJobs())},
		{"GET", "/v3/lipsyncs/statuses", s.getStatuses(lipsyncJobs(), "lipsync_ids")},
		{"GET", "/v3/lipsyncs/{lipsync_id}", s.getLipsync},
		{"PATCH", "/v3/lipsyncs/{lipsync_id}", s.renameLipsync},
		{"DELETE", "/v3/lipsyncs/{lipsync_id}", s.deleteLipsync},
	}
}

func lipsyncJobs() jobKind {
	return jobKind{
		name: "lipsync", missing: "resource_not_found",
		pending: "pending", running: "running", completed: "completed", failed: "failed",
	}
}

// lipsync is what a job knows that fits lips to an audio.
type lipsync struct {
	captions bool
}

// planLipsync makes a job that has not begun.
func (s *Sandbox) planLipsync(r *http.Request, v *visit, raw []byte) (*job, *apiError) {
	var in struct {
		dubRequest
		EnableCaption bool `json:"enable_caption"`
	}
	if apiErr := decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.checkPlaces(v, in.FolderID); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := in.plan(s, r, v, lipsyncJobs())
	if apiErr != nil {
		return nil, apiErr
	}
	j.data = &lipsync{captions: in.EnableCaption}
	return j, nil
}

// createLipsync answers POST /v3/lipsyncs.
func (s *Sandbox) createLipsync(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.planLipsync(r, v, v.body)
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.begin(v, j, dubSeconds+j.media.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"lipsync_id": j.id}, nil
}

// createLipsyncBatch answers POST /v3/lipsyncs/batches.
func (s *Sandbox) createLipsyncBatch(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Title       *string           `json:"title"`
		CallbackURL *string           `json:"callback_url"`
		Lipsyncs    []json.RawMessage `json:"lipsyncs"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &batch{kind: lipsyncJobs(), title: value(in.Title), callbackURL: value(in.CallbackURL)}
	for _, raw := range in.Lipsyncs {
		one := batchItem{}
		if one.job, one.refused = s.planLipsync(r, v, raw); one.refused == nil {
			one.running = dubSeconds + one.job.media.Seconds
		}
		b.items = append(b.items, one)
	}
	s.beginBatch(v, b)
	return s.showCreatedBatch(b), nil
}

func (s *Sandbox) listLipsyncs(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return bySerial(s, l, s.ownJobs(v, lipsyncJobs()), func(j *job) any { return s.showLipsync(r, j) }), nil
}

func (s *Sandbox) getLipsync(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, lipsyncJobs(), chi.URLParam(r, "lipsync_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showLipsync(r, j), nil
}

func (s *Sandbox) renameLipsync(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, lipsyncJobs(), chi.URLParam(r, "lipsync_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := rename(r, j); apiErr != nil {
		return nil, apiErr
	}
	return s.showLipsync(r, j), nil
}

func (s *Sandbox) deleteLipsync(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, lipsyncJobs(), chi.URLParam(r, "lipsync_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.drop(j)
	return map[string]any{"id": j.id}, nil
}

// showLipsync is a lip-sync as GET shows it: links only once it is done.
func (s *Sandbox) showLipsync(r *http.Request, j *job) any {
	now := s.clock.Now()
	out := map[string]any{
		"id": j.id, "title": orNull(j.title), "status": j.status(now), "created_at": j.created.Unix(),
		"failure_message": j.reason(now), "callback_id": orNull(j.callbackID),
		"duration": nil, "video_url": nil, "caption_url": nil,
	}
	if j.succeeded(now) {
		out["duration"] = j.media.Seconds
		out["video_url"] = s.link(r, "lipsyncs/"+j.id+".mp4")
		if dataOf[lipsync](j).captions {
			out["caption_url"] = s.link(r, "lipsyncs/"+j.id+".srt")
		}
	}
	return out
}
