package sandbox

import (
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
)

// maxStatuses is how many ids one call for statuses takes.
const maxStatuses = 100

// createVideo answers POST /v3/videos. Everything is checked before anything
// is made, so that a refusal leaves no trace.
func (s *Sandbox) createVideo(r *http.Request, v *visit) (any, *apiError) {
	var in videoRequest
	if apiErr := readBody(r, videoFields(), &in); apiErr != nil {
		return nil, apiErr
	}
	look, apiErr := s.checkVideo(v, &in)
	if apiErr != nil {
		return nil, apiErr
	}
	next := &video{
		title:    value(in.Title),
		script:   value(in.Script),
		owner:    v.account,
		oauth:    v.oauth,
		fails:    v.fault != nil && v.fault.Fault == faultFail,
		captions: in.Caption != nil && in.Caption.Style != nil,
		seconds:  audioSeconds,
	}
	if in.Script != nil {
		next.seconds = estimate(next.script, in.speed())
	}
	next.price = price(in.engine(), look.kind, next.seconds)

	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	a := v.account
	a.settle(now)
	if len(a.running) >= maxJobs {
		first := slices.MinFunc(a.running, func(x, y *video) int { return x.ends.Compare(y.ends) })
		e := refuse(http.StatusTooManyRequests, "rate_limit_exceeded", "",
			"At most %d jobs can run at once. Retry after the duration specified in the Retry-After header.", maxJobs)
		e.retryAfter = max(1, int(math.Ceil(first.ends.Sub(now).Seconds())))
		return nil, e
	}
	if !a.affords(next) {
		return nil, refuse(http.StatusPaymentRequired, "insufficient_credit", "",
			"There are not enough credits left for this video.")
	}
	s.serial++
	next.serial = s.serial
	next.id = hexID(s.seed, "video", a.name, next.serial)
	next.schedule(now, s.speed)
	a.videos = append(a.videos, next)
	a.running = append(a.running, next)
	s.videos[next.id] = next
	// Webm is taken and answered as asked; the file itself stays an mp4.
	return map[string]any{"video_id": next.id, "status": "waiting", "output_format": in.format()}, nil
}

// getVideo answers GET /v3/videos/{video_id}.
func (s *Sandbox) getVideo(r *http.Request, v *visit) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, apiErr := s.ownVideo(v, chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	v.account.settle(s.clock.Now())
	return s.showVideo(r, one), nil
}

// ownVideo finds a video of the caller's; another's is as unknown as none.
func (s *Sandbox) ownVideo(v *visit, id string) (*video, *apiError) {
	one, ok := s.videos[id]
	if !ok || one.owner != v.account {
		return nil, notFound("video_not_found", "Video")
	}
	return one, nil
}

// listVideos answers GET /v3/videos, the newest first.
func (s *Sandbox) listVideos(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r, 10, 100)
	if apiErr != nil {
		return nil, apiErr
	}
	q := r.URL.Query()
	title := q.Get("title")
	if q.Has("title") && title == "" {
		return nil, invalid("title", "'title' must have at least 1 character.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v.account.settle(s.clock.Now())
	items := slices.DeleteFunc(slices.Clone(v.account.videos), func(one *video) bool {
		inFolder := q.Get("folder_id") == "" // every video lies in the workspace root
		return !inFolder || title != "" && !strings.Contains(strings.ToLower(one.title), strings.ToLower(title))
	})
	slices.Reverse(items)
	// By serial, not by index: videos made between two pages shift nothing.
	return paged(s, l, items,
		func(_ int, one *video) int64 { return one.serial },
		func(position, after int64) bool { return position < after },
		func(one *video) any { return s.showVideo(r, one) }), nil
}

// deleteVideo answers DELETE /v3/videos/{video_id}. A job that still runs ends
// with it, and costs nothing.
func (s *Sandbox) deleteVideo(r *http.Request, v *visit) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, apiErr := s.ownVideo(v, chi.URLParam(r, "video_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	a := v.account
	a.settle(s.clock.Now())
	same := func(other *video) bool { return other == one }
	a.videos = slices.DeleteFunc(a.videos, same)
	a.running = slices.DeleteFunc(a.running, same)
	delete(s.videos, one.id)
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
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	v.account.settle(now)
	items := []any{}
	for _, id := range ids {
		item := map[string]any{"video_id": id, "status": "not_found", "batch_id": nil, "item_index": nil, "error": nil}
		if one, apiErr := s.ownVideo(v, id); apiErr == nil {
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

// The one way to fail that v3's documents show in full.
const (
	failureCode    = "rendering_failed"
	failureMessage = "Avatar rendering timed out"
)

// showVideo is a video as GET shows it: links only once it is done.
func (s *Sandbox) showVideo(r *http.Request, v *video) any {
	status := v.status(s.clock.Now())
	out := map[string]any{
		"id":                  v.id,
		"title":               v.title,
		"status":              status,
		"created_at":          v.created.Unix(),
		"completed_at":        nil,
		"duration":            nil,
		"video_url":           nil,
		"captioned_video_url": nil,
		"subtitle_url":        nil,
		"thumbnail_url":       nil,
		"gif_url":             nil,
		"video_page_url":      nil,
		"folder_id":           nil,
	}
	switch status {
	case "failed":
		out["failure_code"], out["failure_message"] = failureCode, failureMessage
	case "completed":
		out["completed_at"] = v.ends.Unix()
		out["duration"] = v.seconds
		out["video_url"] = s.link(r, "videos/"+v.id+".mp4")
		out["thumbnail_url"] = s.link(r, "previews/640x360/"+v.id+".png")
		if v.captions {
			out["captioned_video_url"] = s.link(r, "videos/"+v.id+".captioned.mp4")
		}
		if v.script != "" {
			out["subtitle_url"] = s.link(r, "videos/"+v.id+".srt")
		}
	}
	return out
}
