package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	videoSeconds    = 30.0 // a video renders for so long, and as long again as it lasts
	maxAudioSeconds = 600  // v3's bound
	audioSeconds    = 12.0 // audio is not fetched, so its length is a guess
)

func (s *Sandbox) videoRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/videos", s.createVideo),
		engine.On("GET", "/v3/videos", s.listVideos),
		engine.On("POST", "/v3/videos/batches", s.createVideoBatch),
		engine.On("GET", "/v3/videos/batches/{batch_id}", s.GetBatch(videoJobs())),
		engine.On("GET", "/v3/videos/statuses", s.GetStatuses(videoJobs(), "video_ids")),
		engine.On("GET", "/v3/videos/{video_id}", s.getVideo),
		engine.On("GET", "/v3/videos/{video_id}/scenes", s.getScenes),
		engine.On("DELETE", "/v3/videos/{video_id}", s.deleteVideo),
	}
}

func videoJobs() engine.JobKind {
	return engine.JobKind{
		Name: "video", Missing: "not_found", Limited: true, Event: "avatar_video",
		Pending: "pending", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// video is what a job knows that makes a video.
type video struct {
	captions bool // burned in
	format   string
	asked    outputRequest
	scenes   []scene
}

// createVideo answers POST /v3/videos. Everything is checked before anything
// is made, so that a refusal leaves no trace.
func (s *Sandbox) createVideo(r *http.Request, v *engine.Request) (any, *engine.Error) {
	next, apiErr := s.planVideo(r, v, v.Body)
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.Begin(v, next, videoSeconds+next.Media.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"video_id": next.ID, "status": "waiting", "output_format": engine.DataOf[video](next).format}, nil
}

// createVideoBatch answers POST /v3/videos/batches. The shape of every item has been checked; what
// is wrong with an item beyond that is the item's own failure.
func (s *Sandbox) createVideoBatch(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Title       *string           `json:"title"`
		FolderID    *string           `json:"folder_id"`
		CallbackURL *string           `json:"callback_url"`
		Videos      []json.RawMessage `json:"videos"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.checkPlaces(v, in.FolderID); apiErr != nil {
		return nil, apiErr
	}
	b := &engine.Batch{Kind: videoJobs(), Title: value(in.Title), CallbackURL: value(in.CallbackURL)}
	for _, raw := range in.Videos {
		one := engine.BatchItem{}
		if one.Job, one.Refused = s.planVideo(r, v, raw); one.Refused == nil {
			one.Running = videoSeconds + one.Job.Media.Seconds
			one.Job.Folder = value(in.FolderID) // of the whole batch: no item has its own
		}
		b.Items = append(b.Items, one)
	}
	s.BeginBatch(v, b)
	return engine.ShowCreatedBatch(b), nil
}

// planVideo checks what is asked for and makes the job of it, which has not begun. Each type is a
// body of its own.
func (s *Sandbox) planVideo(r *http.Request, v *engine.Request, raw []byte) (*engine.Job, *engine.Error) {
	var in struct {
		Type string `json:"type"`
	}
	if apiErr := engine.Decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	switch in.Type {
	case "image":
		return s.planImageVideo(r, v, raw)
	case "cinematic_avatar":
		return s.planCinematic(r, v, raw)
	case "studio":
		return s.planStudio(r, v, raw)
	}
	return s.planAvatarVideo(r, v, raw)
}

// getVideo answers GET /v3/videos/{video_id}.
func (s *Sandbox) getVideo(r *http.Request, v *engine.Request) (any, *engine.Error) {
	one, apiErr := s.OwnJob(v, videoJobs(), chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showVideo(r, one), nil
}

// listVideos answers GET /v3/videos, the newest first.
func (s *Sandbox) listVideos(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	title, folder := strings.ToLower(q.Get("title")), q.Get("folder_id")
	items := slices.DeleteFunc(s.OwnJobs(v, videoJobs()), func(one *engine.Job) bool {
		return folder != "" && one.Folder != folder || !strings.Contains(strings.ToLower(one.Title), title)
	})
	return engine.BySerial(s.Engine, l, items, func(one *engine.Job) any { return s.showVideo(r, one) }), nil
}

// deleteVideo answers DELETE /v3/videos/{video_id}.
func (s *Sandbox) deleteVideo(r *http.Request, v *engine.Request) (any, *engine.Error) {
	one, apiErr := s.OwnJob(v, videoJobs(), chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.DropJob(one)
	return map[string]any{"id": one.ID, "deleted": true}, nil
}

// showVideo is a video as GET shows it: links only once it is done.
func (s *Sandbox) showVideo(r *http.Request, j *engine.Job) any {
	now, made := s.Now(), engine.DataOf[video](j)
	out := map[string]any{
		"id":                  j.ID,
		"title":               j.Title,
		"status":              j.Status(now),
		"created_at":          j.Created.Unix(),
		"completed_at":        nil,
		"duration":            nil,
		"video_url":           nil,
		"captioned_video_url": nil,
		"subtitle_url":        nil,
		"thumbnail_url":       nil,
		"gif_url":             nil,
		"video_page_url":      nil,
		"folder_id":           engine.OrNull(j.Folder),
	}
	if !j.Succeeded(now) {
		if j.Done(now) {
			out["failure_code"], out["failure_message"] = engine.FailureCode, j.Reason(now)
		}
		return out
	}
	out["completed_at"] = j.Ends.Unix()
	out["duration"] = j.Media.Seconds
	out["video_url"] = s.Link(r, "videos/"+j.ID+"."+made.format)
	out["thumbnail_url"] = s.PictureLink(r, j.ID, 640, 360)
	out["gif_url"] = s.Link(r, "videos/"+j.ID+".gif")
	if made.captions {
		out["captioned_video_url"] = s.Link(r, "videos/"+j.ID+".captioned."+made.format)
	}
	if j.Media.Text != "" {
		out["subtitle_url"] = s.Link(r, "videos/"+j.ID+".srt")
	}
	return out
}
