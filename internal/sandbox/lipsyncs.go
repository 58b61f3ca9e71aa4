package sandbox

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

func (s *Sandbox) lipsyncRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/lipsyncs", s.createLipsync),
		engine.On("GET", "/v3/lipsyncs", s.listLipsyncs),
		engine.On("POST", "/v3/lipsyncs/batches", s.createLipsyncBatch),
		engine.On("GET", "/v3/lipsyncs/batches/{batch_id}", s.GetBatch(lipsyncJobs())),
		engine.On("GET", "/v3/lipsyncs/statuses", s.GetStatuses(lipsyncJobs(), "lipsync_ids")),
		engine.On("GET", "/v3/lipsyncs/{lipsync_id}", s.getLipsync),
		engine.On("PATCH", "/v3/lipsyncs/{lipsync_id}", s.renameLipsync),
		engine.On("DELETE", "/v3/lipsyncs/{lipsync_id}", s.deleteLipsync),
	}
}

func lipsyncJobs() engine.JobKind {
	return engine.JobKind{
		Name: "lipsync", Missing: "not_found",
		Pending: "pending", Running: "running", Completed: "completed", Failed: "failed",
	}
}

// planLipsync makes a job that has not begun.
func (s *Sandbox) planLipsync(r *http.Request, v *engine.Request, raw []byte) (*engine.Job, *engine.Error) {
	var in dubRequest
	if apiErr := engine.Decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.checkPlaces(v, in.FolderID); apiErr != nil {
		return nil, apiErr
	}
	return in.plan(s, r, v, lipsyncJobs())
}

// createLipsync answers POST /v3/lipsyncs.
func (s *Sandbox) createLipsync(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.planLipsync(r, v, v.Body)
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.Begin(v, j, dubSeconds+j.Media.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"lipsync_id": j.ID}, nil
}

// createLipsyncBatch answers POST /v3/lipsyncs/batches.
func (s *Sandbox) createLipsyncBatch(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Title       *string           `json:"title"`
		CallbackURL *string           `json:"callback_url"`
		Lipsyncs    []json.RawMessage `json:"lipsyncs"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &engine.Batch{Kind: lipsyncJobs(), Title: value(in.Title), CallbackURL: value(in.CallbackURL)}
	for _, raw := range in.Lipsyncs {
		one := engine.BatchItem{}
		if one.Job, one.Refused = s.planLipsync(r, v, raw); one.Refused == nil {
			one.Running = dubSeconds + one.Job.Media.Seconds
		}
		b.Items = append(b.Items, one)
	}
	s.BeginBatch(v, b)
	return engine.ShowCreatedBatch(b), nil
}

func (s *Sandbox) listLipsyncs(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.BySerial(s.Engine, l, s.OwnJobs(v, lipsyncJobs()), func(j *engine.Job) any { return s.showLipsync(r, j) }), nil
}

func (s *Sandbox) getLipsync(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, lipsyncJobs(), chi.URLParam(r, "lipsync_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showLipsync(r, j), nil
}

func (s *Sandbox) renameLipsync(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, lipsyncJobs(), chi.URLParam(r, "lipsync_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := rename(r, j); apiErr != nil {
		return nil, apiErr
	}
	return s.showLipsync(r, j), nil
}

func (s *Sandbox) deleteLipsync(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, lipsyncJobs(), chi.URLParam(r, "lipsync_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.DropJob(j)
	return map[string]any{"id": j.ID}, nil
}

// showLipsync is a lip-sync as GET shows it: links only once it is done.
func (s *Sandbox) showLipsync(r *http.Request, j *engine.Job) any {
	now := s.Now()
	out := map[string]any{
		"id": j.ID, "title": engine.OrNull(j.Title), "status": j.Status(now), "created_at": j.Created.Unix(),
		"failure_message": j.Reason(now), "callback_id": engine.OrNull(j.CallbackID),
		"duration": nil, "video_url": nil, "caption_url": nil,
	}
	if j.Succeeded(now) {
		out["duration"] = j.Media.Seconds
		out["video_url"] = s.Link(r, "lipsyncs/"+j.ID+".mp4")
		out["caption_url"] = s.Link(r, "lipsyncs/"+j.ID+".srt") // whatever enable_caption said
	}
	return out
}
