package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"encoding/json"
	"math"
	"net/http"

	"github.com/go-chi/chi/v5"
)

const (
	dubSeconds   = 60.0 // a translation or a lip-sync takes so long, and as long again as the video lasts
	maxLanguages = 10

	dubPrice, precisionPrice = 0.0333, 0.0667 // USD a second
)

func (s *Sandbox) translationRoutes() []route {
	return []route{
		{"POST", "/v3/video-translations", s.createTranslation},
		{"GET", "/v3/video-translations", s.listTranslations},
		{"POST", "/v3/video-translations/batches", s.createTranslationBatch},
		{"GET", "/v3/video-translations/batches/{batch_id}", s.getBatch(translationJobs())},
		{"GET", "/v3/video-translations/languages", s.listLanguages},
		{"GET", "/v3/video-translations/statuses", s.getStatuses(translationJobs(), "video_translation_ids")},
		{"GET", "/v3/video-translations/{video_translation_id}", s.getTranslation},
		{"PATCH", "/v3/video-translations/{video_translation_id}", s.renameTranslation},
		{"DELETE", "/v3/video-translations/{video_translation_id}", s.deleteTranslation},
	}
}

func translationJobs() jobKind {
	return jobKind{
		name: "video translation", missing: "resource_not_found", counted: true, event: "video_translate",
		pending: "pending", running: "running", completed: "completed", failed: "failed",
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
	FolderID    *string    `json:"folder_id"`
	CallbackURL *string    `json:"callback_url"`
	CallbackID  *string    `json:"callback_id"`
}

// plan checks the sources and makes a job of them that has not begun.
func (in *dubRequest) plan(s *Sandbox, r *http.Request, v *visit, kind jobKind) (*job, *apiError) {
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
		return nil, invalid("end_time", "'end_time' must be after 'start_time' and within the video.")
	}
	if in.Audio != nil {
		if from, apiErr = s.open(r, v, in.Audio, "audio", "audio/", "video/"); apiErr != nil {
			return nil, apiErr
		}
		from = withSpeech(from)
	}
	perSecond := dubPrice
	if in.Mode == "precision" {
		perSecond = precisionPrice
	}
	length = math.Round(length*media.FrameRate) / media.FrameRate
	return &job{
		kind: kind, title: value(in.Title), folder: value(in.FolderID),
		callbackURL: value(in.CallbackURL), callbackID: value(in.CallbackID),
		price: int64(math.Round(length * perSecond * microUSD)),
		media: &media.File{Seconds: length, Text: from.Text},
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
func (s *Sandbox) planTranslations(r *http.Request, v *visit, raw []byte) ([]*job, *apiError) {
	var in translationRequest
	if apiErr := decode(raw, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := checkLanguages(in.OutputLanguages); apiErr != nil {
		return nil, apiErr
	}
	switch {
	case in.FPSMode != nil && in.Audio == nil:
		return nil, invalid("fps_mode", "'fps_mode' can only be set together with 'audio'.")
	case (in.SRT == nil) != (in.SRTRole == nil):
		return nil, invalid("srt_role", "'srt' and 'srt_role' must be provided together.")
	}
	if apiErr := s.checkPlaces(v, in.FolderID, in.BrandGlossaryID, in.BrandVoiceID); apiErr != nil {
		return nil, apiErr
	}
	if in.SRT != nil {
		if _, apiErr := s.open(r, v, in.SRT, "srt", media.TypeSRT); apiErr != nil {
			return nil, apiErr
		}
	}
	var jobs []*job
	for _, language := range in.OutputLanguages {
		j, apiErr := in.plan(s, r, v, translationJobs())
		if apiErr != nil {
			return nil, apiErr
		}
		j.media.Text = rendering(j.media.Text, language)
		j.data = &translation{from: inputLanguage(in.InputLanguage), to: language, audioOnly: in.TranslateAudioOnly}
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// createTranslation answers POST /v3/video-translations.
func (s *Sandbox) createTranslation(r *http.Request, v *visit) (any, *apiError) {
	jobs, apiErr := s.planTranslations(r, v, v.body)
	if apiErr != nil {
		return nil, apiErr
	}
	ids := []string{}
	for i, j := range jobs {
		if apiErr := s.begin(v, j, dubSeconds+j.media.Seconds); apiErr != nil {
			for _, begun := range jobs[:i] {
				s.drop(begun) // all languages or none
			}
			return nil, apiErr
		}
		ids = append(ids, j.id)
	}
	return map[string]any{"video_translation_ids": ids}, nil
}

// createTranslationBatch answers POST /v3/video-translations/batches: an item for each language of each.
func (s *Sandbox) createTranslationBatch(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		Title        *string           `json:"title"`
		CallbackURL  *string           `json:"callback_url"`
		Translations []json.RawMessage `json:"video_translations"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	b := &batch{kind: translationJobs(), title: value(in.Title), callbackURL: value(in.CallbackURL)}
	for _, raw := range in.Translations {
		jobs, refused := s.planTranslations(r, v, raw)
		if refused != nil {
			b.items = append(b.items, batchItem{refused: refused})
			continue
		}
		for _, j := range jobs {
			b.items = append(b.items, batchItem{job: j, running: dubSeconds + j.media.Seconds})
		}
	}
	s.beginBatch(v, b)
	return s.showCreatedBatch(b), nil
}

func (s *Sandbox) listTranslations(r *http.Request, v *visit) (any, *apiError) {
	l, apiErr := s.readListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return bySerial(s, l, s.ownJobs(v, translationJobs()), func(j *job) any { return s.showTranslation(r, j) }), nil
}

func (s *Sandbox) getTranslation(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, translationJobs(), chi.URLParam(r, "video_translation_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showTranslation(r, j), nil
}

func (s *Sandbox) renameTranslation(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, translationJobs(), chi.URLParam(r, "video_translation_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if apiErr := rename(r, j); apiErr != nil {
		return nil, apiErr
	}
	return s.showTranslation(r, j), nil
}

func (s *Sandbox) deleteTranslation(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownJob(v, translationJobs(), chi.URLParam(r, "video_translation_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	s.drop(j)
	return map[string]any{"id": j.id}, nil
}

// rename gives a job the title of a PATCH.
func rename(r *http.Request, j *job) *apiError {
	var in struct {
		Title string `json:"title"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return apiErr
	}
	j.title = in.Title
	return nil
}

// showTranslation is a translation as GET shows it: links only once it is done.
func (s *Sandbox) showTranslation(r *http.Request, j *job) any {
	now := s.clock.Now()
	data := dataOf[translation](j)
	out := map[string]any{
		"id": j.id, "title": orNull(j.title), "status": j.status(now), "created_at": j.created.Unix(),
		"input_language": data.from, "output_language": data.to, "translate_audio_only": data.audioOnly,
		"failure_message": j.reason(now), "callback_id": orNull(j.callbackID),
		"duration": nil, "video_url": nil, "audio_url": nil, "srt_caption_url": nil, "vtt_caption_url": nil,
	}
	if !j.succeeded(now) {
		return out
	}
	out["duration"] = j.media.Seconds
	if data.audioOnly {
		out["audio_url"] = s.link(r, "translations/"+j.id+".wav")
	} else {
		out["video_url"] = s.link(r, "translations/"+j.id+".mp4")
	}
	captions := j.id
	if data.edited {
		captions += "-srt"
	}
	out["srt_caption_url"] = s.link(r, "translations/"+captions+".srt")
	out["vtt_caption_url"] = s.link(r, "translations/"+j.id+".vtt")
	return out
}
