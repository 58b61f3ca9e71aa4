package sandbox

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"net/http"
	"regexp"
	"strconv"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	renderSeconds  = 15.0 // a render takes so long, and as long again as it lasts
	projectSeconds = 5.0  // of a composition that does not say how long it lasts
	maxEntry       = 1 << 20
)

func (s *Sandbox) hyperframesRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/hyperframes/renders", s.createRender),
		engine.On("GET", "/v3/hyperframes/renders", s.listRenders),
		engine.On("GET", "/v3/hyperframes/renders/{render_id}", s.getRender),
		engine.On("DELETE", "/v3/hyperframes/renders/{render_id}", s.deleteRender),
	}
}

func renderJobs() engine.JobKind {
	return engine.JobKind{
		Name: "hyperframes render", Prefix: "hfr_", Missing: "not_found", Event: "hyperframes_video",
		Pending: "queued", Running: "rendering", Completed: "completed", Failed: "failed",
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
func (s *Sandbox) createRender(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in render
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if value(in.Resolution) == "4k" && or(in.Format, "mp4") != "mp4" {
		return nil, engine.Invalid("resolution", "'resolution' 4k is for format mp4 only.")
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
	j := &engine.Job{
		Kind: renderJobs(), Title: value(in.Title), CallbackURL: value(in.CallbackURL), CallbackID: value(in.CallbackID),
		Price: in.price(length), Media: &media.File{Seconds: length}, Data: &in, Failure: "The composition could not be " +
			"rendered.",
	}
	if apiErr := s.Begin(v, j, renderSeconds+length); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"render_id": j.ID}, nil
}

// price is v3's, in millionths of a dollar: by the minute, by quality, and half as much again for
// 4k.
func (in *render) price(length float64) int64 {
	perMinute := map[string]float64{"draft": 0.1, "standard": 0.2, "high": 0.3}[or(in.Quality, "standard")]
	if value(in.Resolution) == "4k" {
		perMinute *= 1.5
	}
	return int64(math.Round(length / 60 * perMinute * engine.MicroUSD))
}

// readProject finds the entry of a zipped project, and how long it says that it lasts.
func readProject(raw []byte, entry string) (float64, *engine.Error) {
	bad := func(format string, args ...any) *engine.Error {
		return engine.Refuse(http.StatusBadRequest, "hyperframes_project_invalid", "project", format, args...)
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
func (s *Sandbox) listRenders(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.BySerial(s.Engine, l, s.OwnJobs(v, renderJobs()), func(j *engine.Job) any { return s.showRender(r, j) }), nil
}

// getRender answers GET /v3/hyperframes/renders/{render_id}.
func (s *Sandbox) getRender(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, renderJobs(), chi.URLParam(r, "render_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showRender(r, j), nil
}

// deleteRender answers DELETE /v3/hyperframes/renders/{render_id}.
func (s *Sandbox) deleteRender(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, renderJobs(), chi.URLParam(r, "render_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.DropJob(j)
	return map[string]any{"render_id": j.ID}, nil
}

func (s *Sandbox) showRender(r *http.Request, j *engine.Job) any {
	now, of := s.Now(), engine.DataOf[render](j)
	format := or(of.Format, "mp4")
	out := map[string]any{
		"render_id": j.ID, "status": j.Status(now), "title": engine.OrNull(j.Title), "callback_id": engine.OrNull(j.CallbackID),
		"fps": or(of.FPS, 30), "quality": or(of.Quality, "standard"), "format": format,
		"resolution": or(of.Resolution, "1080p"), "aspect_ratio": or(of.Aspect, "16:9"), "composition": of.Composition,
		"created_at": j.Created.Unix(), "failure_message": j.Reason(now),
		"video_url": nil, "thumbnail_url": nil, "duration": nil, "completed_at": nil,
	}
	if j.Succeeded(now) {
		out["video_url"] = s.Link(r, "hyperframes/"+j.ID+"."+format)
		out["thumbnail_url"] = s.PictureLink(r, j.ID, 640, 360)
		out["duration"], out["completed_at"] = j.Media.Seconds, j.Ends.Unix()
	}
	return out
}
