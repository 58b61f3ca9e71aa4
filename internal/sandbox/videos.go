package sandbox

import (
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
)

const (
	// maxStatuses is how many ids one call for statuses takes.
	maxStatuses = 100

	videoSeconds = 30.0 // a video renders for so long, and as long again as it lasts
	audioSeconds = 12.0 // audio is not fetched, so its length is a guess
)

func (s *Sandbox) videoRoutes() []route {
	return []route{
		{"POST", "/v3/videos", s.createVideo},
		{"GET", "/v3/videos", s.listVideos},
		{"GET", "/v3/videos/statuses", s.videoStatuses},
		{"GET", "/v3/videos/{video_id}", s.getVideo},
		{"DELETE", "/v3/videos/{video_id}", s.deleteVideo},
	}
}

func videoJobs() jobKind {
	return jobKind{
		name: "video", missing: "video_not_found", counted: true,
		pending: "pending", running: "processing", completed: "completed", failed: "failed",
	}
}

// video is what a job knows that makes a video.
type video struct {
	captions bool // burned in
	format   string
}

// createVideo answers POST /v3/videos. Everything is checked before anything
// is made, so that a refusal leaves no trace.
func (s *Sandbox) createVideo(r *http.Request, v *visit) (any, *apiError) {
	var in videoRequest
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	next, apiErr := s.planVideo(v, &in)
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.begin(v, next, videoSeconds+next.media.seconds); apiErr != nil {
		return nil, apiErr
	}
	// Webm is taken and answered as asked; the file itself stays an mp4.
	return map[string]any{"video_id": next.id, "status": "waiting", "output_format": in.format()}, nil
}

// planVideo checks what is asked for and makes the job of it, which has not begun.
func (s *Sandbox) planVideo(v *visit, in *videoRequest) (*job, *apiError) {
	if in.Type != "avatar" {
		return nil, invalid("type", "'type' must be one of: 'avatar'.")
	}
	look, apiErr := s.checkVideo(v, in)
	if apiErr != nil {
		return nil, apiErr
	}
	length := audioSeconds
	if in.Script != nil {
		length = estimate(*in.Script, in.speed())
	}
	return &job{
		kind:        videoJobs(),
		title:       value(in.Title),
		callbackURL: value(in.CallbackURL),
		callbackID:  value(in.CallbackID),
		price:       videoPrice(in.engine(), look.kind, length),
		media:       &media{seconds: length, text: value(in.Script)},
		data:        &video{captions: in.Caption != nil && in.Caption.Style != nil, format: in.format()},
	}, nil
}

// videoPrice is v3's price of a video in millionths of a dollar.
func videoPrice(engine, kind string, length float64) int64 {
	perSecond := 0.0667
	switch {
	case engine == engineIII && kind == photoAvatar:
		perSecond = 0.0433
	case engine == engineIII:
		perSecond = 0.0167
	case engine == engineIV && kind == photoAvatar:
		perSecond = 0.05
	}
	return int64(math.Round(length * perSecond * microUSD))
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

// videoStatuses answers GET /v3/videos/statuses, in the order asked for.
func (s *Sandbox) videoStatuses(r *http.Request, v *visit) (any, *apiError) {
	q := r.URL.Query()
	ids, batches := commaList(q.Get("video_ids")), commaList(q.Get("batch_ids"))
	switch n := len(ids) + len(batches); {
	case n == 0:
		return nil, invalid("video_ids", "At least one of 'video_ids' or 'batch_ids' must be provided.")
	case n > maxStatuses:
		return nil, invalid("video_ids", "At most %d ids can be looked up at once.", maxStatuses)
	}
	now := s.clock.Now()
	items := []any{}
	for _, id := range ids {
		item := map[string]any{"video_id": id, "status": "not_found", "batch_id": nil, "item_index": nil, "error": nil}
		if one, apiErr := s.ownJob(v, videoJobs(), id); apiErr == nil {
			status := one.status(now)
			if status == "pending" {
				status = "queued" // v3's other word for it, used in bulk answers only
			}
			if status == "failed" {
				item["error"] = map[string]any{"code": failureCode, "message": failureMessage}
			}
			item["status"] = status
		}
		items = append(items, item)
	}
	for _, id := range batches { // there are no batches here yet
		items = append(items, map[string]any{
			"video_id": nil, "status": "not_found", "batch_id": id, "item_index": nil, "error": nil,
		})
	}
	return page{Data: items}, nil
}

func commaList(list string) []string {
	return slices.DeleteFunc(strings.Split(list, ","), func(id string) bool { return id == "" })
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
	out["duration"] = j.media.seconds
	out["video_url"] = s.link(r, "videos/"+j.id+".mp4")
	out["thumbnail_url"] = s.link(r, "previews/640x360/"+j.id+".png")
	if made.captions {
		out["captioned_video_url"] = s.link(r, "videos/"+j.id+".captioned.mp4")
	}
	if j.media.text != "" {
		out["subtitle_url"] = s.link(r, "videos/"+j.id+".srt")
	}
	return out
}
