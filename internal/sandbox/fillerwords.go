package sandbox

import (
	"math"
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	fillerPrice   = 0.30   // USD a minute of the source, one minute at least
	fillerLongest = 7200.0 // seconds
	fillerOwn     = 10.0   // seconds that a removal takes besides what the video lasts
	fillerEvery   = 8.0    // seconds between two fillers: shorter videos have none
	fillerCut     = 0.4    // seconds that each takes
)

func (s *Sandbox) fillerWordRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/filler-word-removals", s.createFillerRemoval),
		engine.On("GET", "/v3/filler-word-removals/{filler_word_removal_id}", s.getFillerRemoval),
	}
}

func fillerJobs() engine.JobKind {
	return engine.JobKind{
		Name: "filler word removal", Missing: "not_found", Event: "filler_word_removal",
		Pending: "pending", Running: "running", Completed: "completed", Failed: "failed",
	}
}

// fillers is what a job knows that cuts filler words.
type fillers struct {
	cuts   int
	source float64 // seconds
}

// createFillerRemoval answers POST /v3/filler-word-removals. v3 gives the money back where nothing
// was cut; here it is not taken.
func (s *Sandbox) createFillerRemoval(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Video       fileInput `json:"video"`
		Title       *string   `json:"title"`
		CallbackURL *string   `json:"callback_url"`
		CallbackID  *string   `json:"callback_id"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	video, apiErr := s.open(r, v, &in.Video, "video", "video/")
	if apiErr != nil {
		return nil, apiErr
	}
	if video.Seconds > fillerLongest {
		return nil, engine.Refuse(http.StatusBadRequest, "video_too_long", "video", "A video may last %.0f s at most.", fillerLongest)
	}
	of := &fillers{cuts: int(video.Seconds / fillerEvery), source: video.Seconds}
	price := int64(0)
	if of.cuts > 0 {
		price = int64(math.Round(max(1, video.Seconds/60) * fillerPrice * engine.MicroUSD))
	}
	j := &engine.Job{
		Kind: fillerJobs(), Title: or(in.Title, "Filler Removal"), CallbackURL: value(in.CallbackURL), CallbackID: value(in.CallbackID),
		Price: price, Data: of, Failure: "No speech was found in the video.",
		Media: &media.File{Seconds: math.Round((video.Seconds-fillerCut*float64(of.cuts))*media.FrameRate) / media.FrameRate},
	}
	if apiErr := s.Begin(v, j, fillerOwn+video.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"filler_word_removal_id": j.ID}, nil
}

// getFillerRemoval answers GET /v3/filler-word-removals/{filler_word_removal_id}. A video comes of
// it also where nothing was cut.
func (s *Sandbox) getFillerRemoval(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, fillerJobs(), chi.URLParam(r, "filler_word_removal_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	now, of := s.Now(), engine.DataOf[fillers](j)
	out := map[string]any{
		"id": j.ID, "status": j.Status(now), "title": j.Title, "progress": j.Progress(now), "callback_id": engine.OrNull(j.CallbackID),
		"created_at": j.Created.Unix(), "failure_message": j.Reason(now), "original_duration": of.source,
	}
	if j.Succeeded(now) {
		out["video_url"] = s.Link(r, "filler-word-removals/"+j.ID+".mp4")
		out["thumbnail_url"] = s.PictureLink(r, j.ID, 640, 360)
		out["num_cuts"], out["output_duration"] = of.cuts, j.Media.Seconds
		out["reduction_pct"] = math.Round((1-j.Media.Seconds/of.source)*1000) / 10
	}
	return out, nil
}
