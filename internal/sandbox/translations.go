package sandbox

import (
	"encoding/json"
	"math"
	"net/http"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	dubSeconds   = 60.0 // a translation or a lip-sync takes so long, and as long again as the video lasts
	maxLanguages = 10

	dubPrice, precisionPrice = 0.0333, 0.0667 // USD a second
)

func (s *Sandbox) translationRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/video-translations", s.createTranslation),
		engine.On("GET", "/v3/video-translations", s.listTranslations),
		engine.On("POST", "/v3/video-translations/batches", s.createTranslationBatch),
		engine.On("GET", "/v3/video-translations/batches/{batch_id}", s.GetBatch(translationJobs())),
		engine.On("GET", "/v3/video-translations/languages", s.listLanguages),
		engine.On("GET", "/v3/video-translations/statuses", s.GetStatuses(translationJobs(), "video_translation_ids")),
		engine.On("GET", "/v3/video-translations/{video_translation_id}", s.getTranslation),
		engine.On("PATCH", "/v3/video-translations/{video_translation_id}", s.renameTranslation),
		engine.On("DELETE", "/v3/video-translations/{video_translation_id}", s.deleteTranslation),
	}
}

func translationJobs() engine.JobKind {
	return engine.JobKind{
		Name: "video translation", Missing: "not_found", Limited: true, Event: "video_translate",
		Pending: "pending", Running: "running", Completed: "completed", Failed: "failed",
	}
}

// translation is what a job knows that translates.
type translation struct {
	from, to  string
	audioOnly bool
	edited    bool // its subtitles come from a person's file, not from the text
}

// dubRequest is what translations and lip-syncs have in common.
type dubRequest struct {
	Video       fileInput  `json:"video"`
	Audio       *fileInput `json:"audio"`
	Title       *string    `json:"title"`
	Mode        string     `json:"mode"`
	StartTime   *float64   `json:"start_time"`
	EndTime     *float64   `json:"end_time"`
	Dynamic     *bool      `json:"enable_dynamic_duration"`
	FolderID    *string    `json:"folder_id"`
	CallbackURL *string    `json:"callback_url"`
	CallbackID  *string    `json:"callback_id"`
}

// plan checks the sources and makes a job of them that has not begun.
func (in *dubRequest) plan(
	s *Sandbox, r *http.Request, v *engine.Request, kind engine.JobKind,
) (*engine.Job, *engine.Error) {
	from, apiErr := s.open(r, v, &in.Video, "video", "video/")
	if apiErr != nil {
		return nil, apiErr
	}
	from = withSpeech(from)
	length := from.Seconds
	if in.EndTime != nil {
		length = min(length, *in.EndTime)
	}
	if in.StartTime != nil {
		length -= *in.StartTime
	}
	if length <= 0 {
		return nil, engine.Invalid("end_time", "'end_time' must be after 'start_time' and within the video.")
	}
	if in.Audio != nil {
		if from, apiErr = s.open(r, v, in.Audio, "audio", "audio/", "video/"); apiErr != nil {
			return nil, apiErr
		}
		if in.Dynamic == nil || *in.Dynamic { // a picture waits for an audio that is longer
			length = max(length, from.Seconds)
		}
		from = withSpeech(from)
	}
	perSecond := dubPrice
	if in.Mode == "precision" {
		perSecond = precisionPrice
	}
	length = math.Round(length*media.FrameRate) / media.FrameRate
	return &engine.Job{
		Kind: kind, Title: value(in.Title), Folder: value(in.FolderID),
		CallbackURL: value(in.CallbackURL), CallbackID: value(in.CallbackID),
		Price: int64(math.Round(length * perSecond * engine.MicroUSD)),
		Media: &media.File{Seconds: length, Text: from.Text},
	}, nil
}

type translationRequest struct {
	dubRequest
	OutputLanguages    []string   `json:"output_languages"`
	InputLanguage      *string    `json:"input_language"`
	TranslateAudioOnly bool       `json:"translate_audio_only"`
	FPSMode            *string    `json:"fps_mode"`
	SRT                *fileInput `json:"srt"`
	SRTRole            *string    `json:"srt_role"`
	BrandGlossaryID    *string    `json:"brand_glossary_id"`
	BrandVoiceID       *string    `json:"brand_voice_id"`
}

// planTranslations makes a job for each language, of which none has begun.
func (s *Sandbox) planTranslations(r *http.Request, v *engine.Request, raw []byte) ([]*engine.Job, *engine.Error) {
	var in translationRequest
	if apiErr := engine.Decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := checkLanguages(in.OutputLanguages); apiErr != nil {
		return nil, apiErr
	}
	switch {
	case in.FPSMode != nil && in.Audio == nil:
		return nil, engine.Invalid("fps_mode", "'fps_mode' can only be set together with 'audio'.")
	case (in.SRT == nil) != (in.SRTRole == nil):
		return nil, engine.Invalid("srt_role", "'srt' and 'srt_role' must be provided together.")
	}
	if apiErr := s.checkPlaces(v, in.FolderID, in.BrandGlossaryID, in.BrandVoiceID); apiErr != nil {
		return nil, apiErr
	}
	if in.SRT != nil {
		if _, apiErr := s.open(r, v, in.SRT, "srt", media.TypeSRT); apiErr != nil {
			return nil, apiErr
		}
	}
	var jobs []*engine.Job
	for _, language := range in.OutputLanguages {
		j, apiErr := in.plan(s, r, v, translationJobs())
		if apiErr != nil {
			return nil, apiErr
		}
		j.Media.Text = rendering(j.Media.Text, language)
		j.Data = &translation{from: inputLanguage(in.InputLanguage), to: language, audioOnly: in.TranslateAudioOnly}
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// createTranslation answers POST /v3/video-translations.
func (s *Sandbox) createTranslation(r *http.Request, v *engine.Request) (any, *engine.Error) {
	jobs, apiErr := s.planTranslations(r, v, v.Body)
	if apiErr != nil {
		return nil, apiErr
	}
	ids := []string{}
	for i, j := range jobs {
		if apiErr := s.Begin(v, j, dubSeconds+j.Media.Seconds); apiErr != nil {
			for _, begun := range jobs[:i] {
				s.DropJob(begun) // all languages or none
			}
			return nil, apiErr
		}
		ids = append(ids, j.ID)
	}
	return map[string]any{"video_translation_ids": ids}, nil
}

// createTranslationBatch answers POST /v3/video-translations/batches: an item for each language of
// each.
func (s *Sandbox) createTranslationBatch(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Title        *string           `json:"title"`
		CallbackURL  *string           `json:"callback_url"`
		Translations []json.RawMessage `json:"video_translations"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &engine.Batch{Kind: translationJobs(), Title: value(in.Title), CallbackURL: value(in.CallbackURL)}
	for _, raw := range in.Translations {
		jobs, refused := s.planTranslations(r, v, raw)
		if refused != nil {
			b.Items = append(b.Items, engine.BatchItem{Refused: refused})
			continue
		}
		for _, j := range jobs {
			b.Items = append(b.Items, engine.BatchItem{Job: j, Running: dubSeconds + j.Media.Seconds})
		}
	}
	s.BeginBatch(v, b)
	return engine.ShowCreatedBatch(b), nil
}

func (s *Sandbox) listTranslations(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.BySerial(s.Engine, l, s.OwnJobs(v, translationJobs()), func(j *engine.Job) any { return s.showTranslation(r, j) }), nil
}

func (s *Sandbox) getTranslation(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, translationJobs(), chi.URLParam(r, "video_translation_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showTranslation(r, j), nil
}

func (s *Sandbox) renameTranslation(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, translationJobs(), chi.URLParam(r, "video_translation_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := rename(r, j); apiErr != nil {
		return nil, apiErr
	}
	return s.showTranslation(r, j), nil
}

func (s *Sandbox) deleteTranslation(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, translationJobs(), chi.URLParam(r, "video_translation_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.DropJob(j)
	return map[string]any{"id": j.ID}, nil
}

// rename gives a job the title of a PATCH.
func rename(r *http.Request, j *engine.Job) *engine.Error {
	var in struct {
		Title string `json:"title"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return apiErr
	}
	j.Title = in.Title
	return nil
}

// showTranslation is a translation as GET shows it: links only once it is done.
func (s *Sandbox) showTranslation(r *http.Request, j *engine.Job) any {
	now := s.Now()
	data := engine.DataOf[translation](j)
	out := map[string]any{
		"id": j.ID, "title": engine.OrNull(j.Title), "status": j.Status(now), "created_at": j.Created.Unix(),
		"input_language": data.from, "output_language": data.to, "translate_audio_only": data.audioOnly,
		"failure_message": j.Reason(now), "callback_id": engine.OrNull(j.CallbackID),
		"duration": nil, "video_url": nil, "audio_url": nil, "srt_caption_url": nil, "vtt_caption_url": nil,
	}
	if !j.Succeeded(now) {
		return out
	}
	out["duration"] = j.Media.Seconds
	if data.audioOnly {
		out["audio_url"] = s.Link(r, "translations/"+j.ID+".wav")
	} else {
		out["video_url"] = s.Link(r, "translations/"+j.ID+".mp4")
	}
	captions := j.ID
	if data.edited {
		captions += "-srt"
	}
	out["srt_caption_url"] = s.Link(r, "translations/"+captions+".srt")
	out["vtt_caption_url"] = s.Link(r, "translations/"+j.ID+".vtt")
	return out
}
