package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	podcastOwn  = 120.0 // seconds that a podcast takes, besides as long as it lasts
	podcastAuto = 90.0  // where the generator is to choose, it always chooses this
	// podcastScript is how far a podcast is, in percent, when its script and so its title are there.
	podcastScript = 20
)

func (s *Sandbox) podcastRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/podcasts", s.createPodcast),
		engine.On("GET", "/v3/podcasts", s.listPodcasts),
		engine.On("GET", "/v3/podcasts/{podcast_id}", s.getPodcast),
		engine.On("DELETE", "/v3/podcasts/{podcast_id}", s.deletePodcast),
	}
}

func podcastJobs() engine.JobKind {
	return engine.JobKind{
		Name: "podcast", Missing: "not_found", Event: "podcast",
		Pending: "processing", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// podcast is what a job knows that makes one.
type podcast struct {
	portrait bool
	deleted  bool // it is made to its end, but nobody sees it any more
}

type podcastRequest struct {
	Topic       *string     `json:"topic"`
	SourceFiles []fileInput `json:"source_files"`
	HostAvatar  string      `json:"host_avatar_id"`
	GuestAvatar string      `json:"guest_avatar_id"`
	HostVoice   string      `json:"host_voice_id"`
	GuestVoice  string      `json:"guest_voice_id"`
	Layout      *string     `json:"layout"`
	Duration    *string     `json:"duration"`
	CallbackURL *string     `json:"callback_url"`
	CallbackID  *string     `json:"callback_id"`
}

// createPodcast answers POST /v3/podcasts. v3 publishes no price: it costs here what two avatars
// cost that speak in turn.
func (s *Sandbox) createPodcast(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in podcastRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	topic := strings.TrimSpace(value(in.Topic))
	if topic == "" && len(in.SourceFiles) == 0 {
		return nil, engine.Invalid(
			"topic",
			"At least one of 'topic' and 'source_files' must be provided.",
		)
	}
	for i := range in.SourceFiles {
		param := fmt.Sprintf("source_files[%d]", i)
		_, apiErr := s.open(r, v, &in.SourceFiles[i], param, "image/", "video/", "application/pdf")
		if apiErr != nil {
			return nil, apiErr
		}
	}
	length := podcastAuto
	lengths := map[string]float64{"1min": 1, "2min": 2, "3min": 3, "5min": 5}
	if minutes := lengths[value(in.Duration)]; minutes > 0 {
		length = minutes * 60
	}
	price := int64(0)
	for _, who := range []struct{ role, look, voice string }{
		{"host", in.HostAvatar, in.HostVoice}, {"guest", in.GuestAvatar, in.GuestVoice},
	} {
		one, apiErr := s.usableLook(v, who.role+"_avatar_id", who.look)
		if apiErr != nil {
			return nil, apiErr
		}
		if s.findVoice(v, who.voice) == nil {
			return nil, engine.NotFound("voice_not_found", "Voice").WithParam(who.role + "_voice_id")
		}
		price += videoPrice(engineIV, one.kind, false, length/2)
	}
	title := "A conversation about your files"
	if topic != "" {
		title = "A conversation: " + topic[:min(len(topic), strings.IndexAny(topic+".", ".\n"))]
	}
	j := &engine.Job{
		Kind: podcastJobs(), Title: title, Price: price, Media: &media.File{Seconds: length},
		CallbackURL: value(in.CallbackURL), CallbackID: value(in.CallbackID),
		Data: &podcast{portrait: value(in.Layout) == "portrait"}, Failure: "The script could not be written.",
	}
	if apiErr := s.Begin(v, j, podcastOwn+length); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"podcast_id": j.ID, "status": j.Status(s.Now())}, nil
}

// listPodcasts answers GET /v3/podcasts, the newest first.
func (s *Sandbox) listPodcasts(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	items := slices.DeleteFunc(
		s.OwnJobs(v, podcastJobs()),
		func(j *engine.Job) bool { return engine.DataOf[podcast](j).deleted },
	)
	return engine.BySerial(
		s.Engine,
		l,
		items,
		func(j *engine.Job) any { return s.showPodcast(r, j) },
	), nil
}

// getPodcast answers GET /v3/podcasts/{podcast_id}.
func (s *Sandbox) getPodcast(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, podcastJobs(), chi.URLParam(r, "podcast_id"))
	if apiErr == nil && engine.DataOf[podcast](j).deleted {
		apiErr = engine.NotFound(podcastJobs().Missing, "Podcast")
	}
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showPodcast(r, j), nil
}

// deletePodcast answers DELETE /v3/podcasts/{podcast_id}. It stops nothing, and succeeds again.
func (s *Sandbox) deletePodcast(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, podcastJobs(), chi.URLParam(r, "podcast_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	engine.DataOf[podcast](j).deleted = true
	return map[string]any{"podcast_id": j.ID}, nil
}

func (s *Sandbox) showPodcast(r *http.Request, j *engine.Job) any {
	now := s.Now()
	out := map[string]any{
		"podcast_id": j.ID, "status": j.Status(now), "title": nil, "video_url": nil, "thumbnail_url": nil,
		"duration":        nil,
		"failure_message": j.Reason(now), "created_at": j.Created.Unix(),
	}
	if j.Progress(now) >= podcastScript && !j.Fails {
		out["title"] = j.Title
	}
	if j.Succeeded(now) {
		width, height := 640, 360
		if engine.DataOf[podcast](j).portrait {
			width, height = height, width
		}
		out["video_url"], out["duration"] = s.Link(r, "podcasts/"+j.ID+".mp4"), j.Media.Seconds
		out["thumbnail_url"] = s.PictureLink(r, j.ID, width, height)
	}
	return out
}
