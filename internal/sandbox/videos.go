package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
)

const (
	videoSeconds    = 30.0 // a video renders for so long, and as long again as it lasts
	maxAudioSeconds = 600  // v3's bound
	audioSeconds    = 12.0 // audio is not fetched, so its length is a guess
)

func (s *Sandbox) videoRoutes() []route {
	return []route{
		{"POST", "/v3/videos", s.createVideo},
		{"GET", "/v3/videos", s.listVideos},
		{"POST", "/v3/videos/batches", s.createVideoBatch},
		{"GET", "/v3/videos/batches/{batch_id}", s.getBatch(videoJobs())},
		{"GET", "/v3/videos/statuses", s.getStatuses(videoJobs(), "video_ids")},
		{"GET", "/v3/videos/{video_id}", s.getVideo},
		{"GET", "/v3/videos/{video_id}/scenes", s.getScenes},
		{"DELETE", "/v3/videos/{video_id}", s.deleteVideo},
	}
}

func videoJobs() jobKind {
	return jobKind{
		name: "video", missing: "video_not_found", counted: true, event: "avatar_video",
		pending: "pending", running: "processing", completed: "completed", failed: "failed",
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
func (s *Sandbox) createVideo(r *http.Request, v *visit) (any, *apiError) {
	next, apiErr := s.planVideo(r, v, v.body)
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.begin(v, next, videoSeconds+next.media.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"video_id": next.id, "status": "waiting", "output_format": dataOf[video](next).format}, nil
}

// createVideoBatch answers POST /v3/videos/batches. The shape of every item has been checked; what is wrong with an item
// beyond that is the item's own failure.
func (s *Sandbox) createVideoBatch(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Title       *string           `json:"title"`
		CallbackURL *string           `json:"callback_url"`
		Videos      []json.RawMessage `json:"videos"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &batch{kind: videoJobs(), title: value(in.Title), callbackURL: value(in.CallbackURL)}
	for i, raw := range in.Videos {
		var placed struct {
			FolderID *string `json:"folder_id"`
		}
		if apiErr := decode(raw, &placed); apiErr != nil {
			return nil, apiErr
		}
		if placed.FolderID != nil {
			param := fmt.Sprintf("videos[%d].folder_id", i)
			return nil, invalid(param, "'%s' cannot be set in a batch.", param)
		}
		one := batchItem{}
		if one.job, one.refused = s.planVideo(r, v, raw); one.refused == nil {
			one.running = videoSeconds + one.job.media.Seconds
		}
		b.items = append(b.items, one)
	}
	s.beginBatch(v, b)
	return s.showCreatedBatch(b), nil
}

// planVideo checks what is asked for and makes the job of it, which has not begun. Each type is a body of its own.
func (s *Sandbox) planVideo(r *http.Request, v *visit, raw []byte) (*job, *apiError) {
	var in struct {
		Type string `json:"type"`
	}
	if apiErr := decode(raw, &in); apiErr != nil {
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
func (s *Sandbox) getVideo(r *http.Request, v *visit) (any, *apiError) {
	one, apiErr := s.ownJob(v, videoJobs(), chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showVideo(r, one), nil
}

// listVideos answers GET /v3/videos, the newest first.
func (s *Sandbox) listVideos(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	title, folder := strings.ToLower(q.Get("title")), q.Get("folder_id")
	items := slices.DeleteFunc(s.ownJobs(v, videoJobs()), func(one *job) bool {
		return folder != "" && one.folder != folder || !strings.Contains(strings.ToLower(one.title), title)
	})
	return bySerial(s, l, items, func(one *job) any { return s.showVideo(r, one) }), nil
}

// deleteVideo answers DELETE /v3/videos/{video_id}.
func (s *Sandbox) deleteVideo(r *http.Request, v *visit) (any, *apiError) {
	one, apiErr := s.ownJob(v, videoJobs(), chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.drop(one)
	return map[string]any{"id": one.id, "deleted": true}, nil
}

// showVideo is a video as GET shows it: links only once it is done.
func (s *Sandbox) showVideo(r *http.Request, j *job) any {
	now, made := s.clock.Now(), dataOf[video](j)
	out := map[string]any{
		"id":                  j.id,
		"title":               j.title,
		"status":              j.status(now),
		"created_at":          j.created.Unix(),
		"completed_at":        nil,
		"duration":            nil,
		"video_url":           nil,
		"captioned_video_url": nil,
		"subtitle_url":        nil,
		"thumbnail_url":       nil,
		"gif_url":             nil,
		"video_page_url":      nil,
		"folder_id":           orNull(j.folder),
	}
	if !j.succeeded(now) {
		if j.done(now) {
			out["failure_code"], out["failure_message"] = failureCode, j.reason(now)
		}
		return out
	}
	out["completed_at"] = j.ends.Unix()
	out["duration"] = j.media.Seconds
	out["video_url"] = s.link(r, "videos/"+j.id+"."+made.format)
	out["thumbnail_url"] = s.picture(r, j.id, 640, 360)
	out["gif_url"] = s.link(r, "videos/"+j.id+".gif")
	if made.captions {
		out["captioned_video_url"] = s.link(r, "videos/"+j.id+".captioned."+made.format)
	}
	if j.media.Text != "" {
		out["subtitle_url"] = s.link(r, "videos/"+j.id+".srt")
	}
	return out
}
