package sandbox

import (
	"fmt"
	"math"
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
	"heygen-mcp/internal/sandbox/seeded"
)

const (
	clipPrice     = int64(0.15 * engine.MicroUSD)
	clippingOwn   = 60.0 // seconds that a job takes, besides a part of what its video lasts
	clippingPart  = 0.1
	usualClip     = "60"
	leastVirality = 60
	viralityRange = 40
	eventClipping = "ai_clipping"
	usualAspect   = "portrait"
)

func (s *Sandbox) aiClippingRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/ai-clipping", s.createClipping),
		engine.On("GET", "/v3/ai-clipping", s.listClippings),
		engine.On("GET", "/v3/ai-clipping/{job_id}", s.getClipping),
		engine.On("DELETE", "/v3/ai-clipping/{job_id}", s.deleteClipping),
	}
}

func clippingJobs() engine.JobKind {
	return engine.JobKind{
		Name: "clipping job", Missing: "not_found", Event: eventClipping,
		Pending: "pending", Running: "running", Completed: "completed", Failed: "failed",
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
func (s *Sandbox) clipID(j *engine.Job, i int) string { return s.NewID("clip", j.ID, i) }

// createClipping answers POST /v3/ai-clipping. Each kind of duration asked for is a clip.
func (s *Sandbox) createClipping(r *http.Request, v *engine.Request) (any, *engine.Error) {
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
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
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
	j := &engine.Job{
		Kind: clippingJobs(), Title: or(in.Title, "Source video"), CallbackURL: value(in.CallbackURL), CallbackID: value(in.CallbackID),
		Price: int64(len(of.clips)) * clipPrice, Data: of, Failure: "No highlights were found in the video.",
	}
	if apiErr := s.Begin(v, j, clippingOwn+clippingPart*video.Seconds); apiErr != nil {
		return nil, apiErr
	}
	for i, length := range of.clips {
		s.PutFile(s.clipID(j, i), &media.File{Seconds: length})
	}
	return map[string]any{"ai_clipping_id": j.ID}, nil
}

// listClippings answers GET /v3/ai-clipping, the newest first. It does not look how far each job
// is.
func (s *Sandbox) listClippings(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.BySerial(s.Engine, l, s.OwnJobs(v, clippingJobs()), func(j *engine.Job) any {
		out := s.showClipping(r, j)
		if out["progress"] != 100 {
			out["progress"] = 0
		}
		return out
	}), nil
}

// getClipping answers GET /v3/ai-clipping/{job_id}.
func (s *Sandbox) getClipping(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, clippingJobs(), chi.URLParam(r, "job_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showClipping(r, j), nil
}

// deleteClipping answers DELETE /v3/ai-clipping/{job_id}: the clips go with their job.
func (s *Sandbox) deleteClipping(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, clippingJobs(), chi.URLParam(r, "job_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	for i := range engine.DataOf[clipping](j).clips {
		s.DropFile(s.clipID(j, i))
	}
	s.DropJob(j)
	return map[string]any{"id": j.ID}, nil
}

func (s *Sandbox) showClipping(r *http.Request, j *engine.Job) map[string]any {
	now, of := s.Now(), engine.DataOf[clipping](j)
	return map[string]any{
		"id": j.ID, "status": j.Status(now), "title": j.Title, "progress": j.Progress(now), "callback_id": engine.OrNull(j.CallbackID),
		"created_at": j.Created.Unix(), "failure_message": j.Reason(now), "input_language": of.language,
		"source_duration": of.source, "clips": s.showClips(r, j),
	}
}

// showClips are the clips of a job, one after the other as it moves on. There are none until the
// first is done.
func (s *Sandbox) showClips(r *http.Request, j *engine.Job) []any {
	now, of := s.Now(), engine.DataOf[clipping](j)
	done := int(math.Floor(float64(j.Progress(now)*len(of.clips)) / 100))
	clips := []any{}
	if done == 0 || j.Status(now) == j.Kind.Failed {
		return clips
	}
	for i, length := range of.clips {
		id := s.clipID(j, i)
		one := map[string]any{"id": id, "status": "pending", "title": fmt.Sprintf("Highlight %d", i+1), "failure_message": nil}
		if i < done {
			one["status"], one["aspect_ratio"], one["duration_seconds"] = "completed", of.aspect, length
			one["virality_score"] = leastVirality + seeded.Pick(viralityRange, 0, id)
			one["video_url"], one["thumbnail_url"] = s.Link(r, "clips/"+id+".mp4"), s.PictureLink(r, id, 360, 640)
		}
		clips = append(clips, one)
	}
	return clips
}
