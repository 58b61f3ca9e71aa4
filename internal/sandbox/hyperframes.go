package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"archive/zip"
	"bytes"
	"io"
	"math"
	"net/http"
	"regexp"
	"strconv"

	"github.com/go-chi/chi/v5"
)

const (
	renderSeconds  = 15.0 // a render takes so long, and as long again as it lasts
	projectSeconds = 5.0  // of a composition that does not say how long it lasts
	maxEntry       = 1 << 20
)

func (s *Sandbox) hyperframesRoutes() []route {
	return []route{
		{"POST", "/v3/hyperframes/renders", s.createRender},
		{"GET", "/v3/hyperframes/renders", s.listRenders},
		{"GET", "/v3/hyperframes/renders/{render_id}", s.getRender},
		{"DELETE", "/v3/hyperframes/renders/{render_id}", s.deleteRender},
	}
}

func renderJobs() jobKind {
	return jobKind{
		name: "hyperframes render", prefix: "hfr_", missing: "hyperframes_render_not_found", event: "hyperframes_video",
		pending: "queued", running: "rendering", completed: "completed", failed: "failed",
	}
}

// render is the body of POST /v3/hyperframes/renders, and what a job knows that renders a project.
type render struct {
	Project     fileInput `json:"project"`
	FPS         *int      `json:"fps"`
	Quality     *string   `json:"quality"`
	Format      *string   `json:"format"`
	Resolution  *string   `json:"resolution"`
	Aspect      *string   `json:"aspect_ratio"`
	Composition *string   `json:"composition"`
	Title       *string   `json:"title"`
	CallbackURL *string   `json:"callback_url"`
	CallbackID  *string   `json:"callback_id"`
}

// createRender answers POST /v3/hyperframes/renders.
func (s *Sandbox) createRender(r *http.Request, v *visit) (any, *apiError) {
	var in render
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if value(in.Resolution) == "4k" && or(in.Format, "mp4") != "mp4" {
		return nil, invalid("resolution", "'resolution' 4k is for format mp4 only.")
	}
	project, apiErr := s.open(r, v, &in.Project, "project", media.TypeZip)
	if apiErr != nil {
		return nil, apiErr
	}
	length := projectSeconds
	if project.Raw != nil { // what lies elsewhere is not fetched, and taken to be good
		if length, apiErr = readProject(project.Raw, or(in.Composition, "index.html")); apiErr != nil {
			return nil, apiErr
		}
	}
	in.Project = fileInput{} // the job lives longer than the file needs to
	j := &job{
		kind: renderJobs(), title: value(in.Title), callbackURL: value(in.CallbackURL), callbackID: value(in.CallbackID),
		price: in.price(length), media: &media.File{Seconds: length}, data: &in, failure: "The composition could not be rendered.",
	}
	if apiErr := s.begin(v, j, renderSeconds+length); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"render_id": j.id}, nil
}

// price is v3's, in millionths of a dollar: by the minute, by quality, and half as much again for 4k.
func (in *render) price(length float64) int64 {
	perMinute := map[string]float64{"draft": 0.1, "standard": 0.2, "high": 0.3}[or(in.Quality, "standard")]
	if value(in.Resolution) == "4k" {
		perMinute *= 1.5
	}
	return int64(math.Round(length / 60 * perMinute * microUSD))
}

// readProject finds the entry of a zipped project, and how long it says that it lasts.
func readProject(raw []byte, entry string) (float64, *apiError) {
	bad := func(format string, args ...any) *apiError {
		return refuse(http.StatusBadRequest, "hyperframes_project_invalid", "project", format, args...)
	}
	project, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return 0, bad("The project is not a zip that can be read.")
	}
	file, err := project.Open(entry)
	if err != nil {
		return 0, bad("The project has no file '%s'.", entry)
	}
	html, err := io.ReadAll(io.LimitReader(file, maxEntry))
	_ = file.Close() // it was only read
	if err != nil {
		return 0, bad("The file '%s' could not be read.", entry)
	}
	said := regexp.MustCompile(`data-duration="([0-9.]+)"`).FindSubmatch(html)
	if said == nil {
		return projectSeconds, nil
	}
	length, err := strconv.ParseFloat(string(said[1]), 64)
	if err != nil || length <= 0 || length > media.MaxSeconds {
		return 0, bad("The composition's data-duration is not a number of seconds.")
	}
	return length, nil
}

// listRenders answers GET /v3/hyperframes/renders, the newest first.
func (s *Sandbox) listRenders(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return bySerial(s, l, s.ownJobs(v, renderJobs()), func(j *job) any { return s.showRender(r, j) }), nil
}

// getRender answers GET /v3/hyperframes/renders/{render_id}.
func (s *Sandbox) getRender(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, renderJobs(), chi.URLParam(r, "render_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showRender(r, j), nil
}

// deleteRender answers DELETE /v3/hyperframes/renders/{render_id}.
func (s *Sandbox) deleteRender(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, renderJobs(), chi.URLParam(r, "render_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.drop(j)
	return map[string]any{"render_id": j.id}, nil
}

func (s *Sandbox) showRender(r *http.Request, j *job) any {
	now, of := s.clock.Now(), dataOf[render](j)
	format := or(of.Format, "mp4")
	out := map[string]any{
		"render_id": j.id, "status": j.status(now), "title": orNull(j.title), "callback_id": orNull(j.callbackID),
		"fps": or(of.FPS, 30), "quality": or(of.Quality, "standard"), "format": format,
		"resolution": or(of.Resolution, "1080p"), "aspect_ratio": or(of.Aspect, "16:9"), "composition": of.Composition,
		"created_at": j.created.Unix(), "failure_message": j.reason(now),
		"video_url": nil, "thumbnail_url": nil, "duration": nil, "completed_at": nil,
	}
	if j.succeeded(now) {
		out["video_url"] = s.link(r, "hyperframes/"+j.id+"."+format)
		out["thumbnail_url"] = s.picture(r, j.id, 640, 360)
		out["duration"], out["completed_at"] = j.media.Seconds, j.ends.Unix()
	}
	return out
}
