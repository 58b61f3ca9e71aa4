package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"heygen-mcp/internal/sandbox/seeded"

	"fmt"
	"math"
	"net/http"

	"github.com/go-chi/chi/v5"
)

const (
	clipPrice     = int64(0.15 * microUSD)
	clippingOwn   = 60.0 // seconds that a job takes, besides a part of what its video lasts
	clippingPart  = 0.1
	usualClip     = "60"
	leastVirality = 60
	viralityRange = 40
	eventClipping = "ai_clipping"
	usualAspect   = "portrait"
)

func (s *Sandbox) aiClippingRoutes() []route {
	return []route{
		{"POST", "/v3/ai-clipping", s.createClipping},
		{"GET", "/v3/ai-clipping", s.listClippings},
		{"GET", "/v3/ai-clipping/{job_id}", s.getClipping},
		{"DELETE", "/v3/ai-clipping/{job_id}", s.deleteClipping},
	}
}

func clippingJobs() jobKind {
	return jobKind{
		name: "clipping job", missing: "resource_not_found", event: eventClipping,
		pending: "pending", running: "running", completed: "completed", failed: "failed",
	}
}

// clipping is what a job knows that cuts clips out of a video.
type clipping struct {
	language string
	source   float64 // seconds
	aspect   string
	clips    []float64 // the seconds of each
}

// clipID is the id of a job's i-th clip.
func (s *Sandbox) clipID(j *job, i int) string { return seeded.HexID(s.seed, "clip", j.id, i) }

// createClipping answers POST /v3/ai-clipping. Each kind of duration asked for is a clip.
func (s *Sandbox) createClipping(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Video    fileInput `json:"video"`
		Title    *string   `json:"title"`
		Language *string   `json:"input_language"`
		Settings struct {
			Aspect    *string  `json:"aspect_ratio"`
			Durations []string `json:"duration_types"`
		} `json:"output_settings"`
		CallbackURL *string `json:"callback_url"`
		CallbackID  *string `json:"callback_id"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	video, apiErr := s.open(r, v, &in.Video, "video", "video/")
	if apiErr != nil {
		return nil, apiErr
	}
	of := &clipping{language: or(in.Language, "en"), source: video.Seconds, aspect: or(in.Settings.Aspect, usualAspect)}
	kinds := in.Settings.Durations
	if len(kinds) == 0 {
		kinds = []string{usualClip}
	}
	for _, kind := range kinds {
		length := map[string]float64{"30": 30, "60": 60, "180": 180, "long": 600}[kind]
		of.clips = append(of.clips, min(length, video.Seconds))
	}
	j := &job{
		kind: clippingJobs(), title: or(in.Title, "Source video"), callbackURL: value(in.CallbackURL), callbackID: value(in.CallbackID),
		price: int64(len(of.clips)) * clipPrice, data: of, failure: "No highlights were found in the video.",
	}
	if apiErr := s.begin(v, j, clippingOwn+clippingPart*video.Seconds); apiErr != nil {
		return nil, apiErr
	}
	for i, length := range of.clips {
		s.media[s.clipID(j, i)] = &media.File{Seconds: length}
	}
	return map[string]any{"id": j.id}, nil
}

// listClippings answers GET /v3/ai-clipping, the newest first. It does not look how far each job is.
func (s *Sandbox) listClippings(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return bySerial(s, l, s.ownJobs(v, clippingJobs()), func(j *job) any {
		out := s.showClipping(r, j)
		if out["progress"] != 100 {
			out["progress"] = 0
		}
		return out
	}), nil
}

// getClipping answers GET /v3/ai-clipping/{job_id}.
func (s *Sandbox) getClipping(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, clippingJobs(), chi.URLParam(r, "job_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showClipping(r, j), nil
}

// deleteClipping answers DELETE /v3/ai-clipping/{job_id}: the clips go with their job.
func (s *Sandbox) deleteClipping(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, clippingJobs(), chi.URLParam(r, "job_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	for i := range dataOf[clipping](j).clips {
		delete(s.media, s.clipID(j, i))
	}
	s.drop(j)
	return map[string]any{"id": j.id}, nil
}

func (s *Sandbox) showClipping(r *http.Request, j *job) map[string]any {
	now, of := s.clock.Now(), dataOf[clipping](j)
	return map[string]any{
		"id": j.id, "status": j.status(now), "title": j.title, "progress": j.progress(now), "callback_id": orNull(j.callbackID),
		"created_at": j.created.Unix(), "failure_message": j.reason(now), "input_language": of.language,
		"source_duration": of.source, "clips": s.showClips(r, j),
	}
}

// showClips are the clips of a job, one after the other as it moves on. There are none until the first is done.
func (s *Sandbox) showClips(r *http.Request, j *job) []any {
	now, of := s.clock.Now(), dataOf[clipping](j)
	done := int(math.Floor(float64(j.progress(now)*len(of.clips)) / 100))
	clips := []any{}
	if done == 0 || j.status(now) == j.kind.failed {
		return clips
	}
	for i, length := range of.clips {
		id := s.clipID(j, i)
		one := map[string]any{"id": id, "status": "pending", "title": fmt.Sprintf("Highlight %d", i+1), "failure_message": nil}
		if i < done {
			one["status"], one["aspect_ratio"], one["duration_seconds"] = "completed", of.aspect, length
			one["virality_score"] = leastVirality + seeded.Pick(viralityRange, 0, id)
			one["video_url"], one["thumbnail_url"] = s.link(r, "clips/"+id+".mp4"), s.picture(r, id, 360, 640)
		}
		clips = append(clips, one)
	}
	return clips
}
