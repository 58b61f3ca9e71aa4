package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"math"
	"net/http"

	"github.com/go-chi/chi/v5"
)

const (
	fillerPrice = 0.30 // USD a minute of the source, one minute at least
	fillerOwn   = 10.0 // seconds that a removal takes besides what the video lasts
	fillerEvery = 8.0  // seconds between two fillers: shorter videos have none
	fillerCut   = 0.4  // seconds that each takes
)

func (s *Sandbox) fillerWordRoutes() []route {
	return []route{
		{"POST", "/v3/filler-word-removals", s.createFillerRemoval},
		{"GET", "/v3/filler-word-removals/{filler_word_removal_id}", s.getFillerRemoval},
	}
}

func fillerJobs() jobKind {
	return jobKind{
		name: "filler word removal", missing: "resource_not_found", event: "filler_word_removal",
		pending: "pending", running: "running", completed: "completed", failed: "failed",
	}
}

// fillers is what a job knows that cuts filler words.
type fillers struct {
	cuts   int
	source float64 // seconds
}

// createFillerRemoval answers POST /v3/filler-word-removals. v3 gives the money back where nothing was cut; here it is
// not taken.
func (s *Sandbox) createFillerRemoval(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Video       fileInput `json:"video"`
		Title       *string   `json:"title"`
		CallbackURL *string   `json:"callback_url"`
		CallbackID  *string   `json:"callback_id"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	video, apiErr := s.open(r, v, &in.Video, "video", "video/")
	if apiErr != nil {
		return nil, apiErr
	}
	of := &fillers{cuts: int(video.Seconds / fillerEvery), source: video.Seconds}
	price := int64(0)
	if of.cuts > 0 {
		price = int64(math.Round(max(1, video.Seconds/60) * fillerPrice * microUSD))
	}
	j := &job{
		kind: fillerJobs(), title: or(in.Title, "Filler Removal"), callbackURL: value(in.CallbackURL), callbackID: value(in.CallbackID),
		price: price, data: of, failure: "No speech was found in the video.",
		media: &media.File{Seconds: math.Round((video.Seconds-fillerCut*float64(of.cuts))*media.FrameRate) / media.FrameRate},
	}
	if apiErr := s.begin(v, j, fillerOwn+video.Seconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"id": j.id}, nil
}

// getFillerRemoval answers GET /v3/filler-word-removals/{filler_word_removal_id}. A video comes of it also where nothing
// was cut.
func (s *Sandbox) getFillerRemoval(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, fillerJobs(), chi.URLParam(r, "filler_word_removal_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	now, of := s.clock.Now(), dataOf[fillers](j)
	out := map[string]any{
		"id": j.id, "status": j.status(now), "title": j.title, "progress": j.progress(now), "callback_id": orNull(j.callbackID),
		"created_at": j.created.Unix(), "failure_message": j.reason(now), "original_duration": of.source,
	}
	if j.succeeded(now) {
		out["video_url"] = s.link(r, "filler-word-removals/"+j.id+".mp4")
		out["thumbnail_url"] = s.picture(r, j.id, 640, 360)
		out["num_cuts"], out["output_duration"] = of.cuts, j.media.Seconds
		out["reduction_pct"] = math.Round((1-j.media.Seconds/of.source)*1000) / 10
	}
	return out, nil
}
