package sandbox

import (
	"heygen-mcp/internal/sandbox/media"

	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	proofreadPrice   = 0.0083 // USD a second
	proofreadSeconds = 45.0
	// proofreadLifetime is how long subtitles can be worked on.
	proofreadLifetime = 24 * time.Hour
)

func (s *Sandbox) proofreadRoutes() []route {
	return []route{
		{"POST", "/v3/video-translations/proofreads", s.createProofread},
		{"GET", "/v3/video-translations/proofreads/{proofread_id}", s.getProofread},
		{"POST", "/v3/video-translations/proofreads/{proofread_id}/generate", s.generateFromProofread},
		{"GET", "/v3/video-translations/proofreads/{proofread_id}/srt", s.downloadProofread},
		{"PUT", "/v3/video-translations/proofreads/{proofread_id}/srt", s.uploadProofread},
	}
}

func proofreadJobs() jobKind {
	return jobKind{
		name: "proofread", missing: "resource_not_found", event: "proofread_creation",
		pending: "processing", running: "processing", completed: "completed", failed: "failed",
	}
}

// proofread is what a session of subtitles knows.
type proofread struct {
	from, to string
	mode     string
	edited   []byte // what a person put in the place of the translated subtitles
}

type proofreadRequest struct {
	dubRequest
	OutputLanguages []string   `json:"output_languages"`
	SRT             *fileInput `json:"srt"`
	BrandGlossaryID *string    `json:"brand_glossary_id"`
	BrandVoiceID    *string    `json:"brand_voice_id"`
}

// createProofread answers POST …/proofreads: a session for each language.
func (s *Sandbox) createProofread(r *http.Request, v *visit) (any, *apiError) {
	var in proofreadRequest
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := checkLanguages(in.OutputLanguages); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.checkPlaces(v, in.FolderID, in.BrandGlossaryID, in.BrandVoiceID); apiErr != nil {
		return nil, apiErr
	}
	ids := []string{}
	for _, language := range in.OutputLanguages {
		j, apiErr := in.plan(s, r, v, proofreadJobs())
		if apiErr != nil {
			return nil, apiErr
		}
		j.price = int64(j.media.Seconds * proofreadPrice * microUSD)
		j.data = &proofread{from: "English", to: language, mode: in.Mode}
		if apiErr := s.begin(v, j, proofreadSeconds); apiErr != nil {
			return nil, apiErr
		}
		s.media[j.id+"-srt"] = &media.File{Seconds: j.media.Seconds, Text: rendering(j.media.Text, language)}
		ids = append(ids, j.id)
	}
	return map[string]any{"proofread_ids": ids, "status": "processing"}, nil
}

// ownProofread finds a session that is still open.
func (s *Sandbox) ownProofread(r *http.Request, v *visit) (*job, *apiError) {
	j, apiErr := s.ownJob(v, proofreadJobs(), chi.URLParam(r, "proofread_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if s.clock.Now().After(j.ends.Add(proofreadLifetime)) {
		return nil, notFound("resource_not_found", "Proofread")
	}
	return j, nil
}

// readyProofread finds a session whose subtitles are there.
func (s *Sandbox) readyProofread(r *http.Request, v *visit) (*job, *apiError) {
	j, apiErr := s.ownProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	if !j.succeeded(s.clock.Now()) {
		return nil, refuse(http.StatusConflict, "resource_not_ready", "", "The proofread is not completed.")
	}
	return j, nil
}

func (s *Sandbox) getProofread(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.ownProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showProofread(j), nil
}

func (s *Sandbox) showProofread(j *job) any {
	now := s.clock.Now()
	data := dataOf[proofread](j)
	return map[string]any{
		"id": j.id, "title": orNull(j.title), "status": j.status(now), "created_at": j.created.Unix(),
		"input_language": data.from, "output_language": data.to,
		"failure_message": j.reason(now), "submitted_for_review": false,
	}
}

// downloadProofread answers GET …/srt.
func (s *Sandbox) downloadProofread(r *http.Request, v *visit) (any, *apiError) {
	j, apiErr := s.readyProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{
		"srt_url":          s.link(r, "proofreads/"+j.id+"-srt.srt"),
		"original_srt_url": s.link(r, "proofreads/"+j.id+".srt"),
	}, nil
}

// uploadProofread answers PUT …/srt. Only what is known here can be read: an asset, or a file of the sandbox's own.
func (s *Sandbox) uploadProofread(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		SRT fileInput `json:"srt"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, apiErr := s.readyProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	file, apiErr := s.open(r, v, &in.SRT, "srt", media.TypeSRT)
	if apiErr != nil {
		return nil, apiErr
	}
	edited := file.Raw
	if edited == nil && file.Type == media.TypeSRT { // one that was made here and not edited
		edited = []byte(media.SRT(file.Text, file.Seconds))
	}
	if edited == nil {
		return nil, refuse(http.StatusBadRequest, "download_failed", "srt", "The file at 'srt' could not be downloaded.")
	}
	dataOf[proofread](j).edited = edited
	s.media[j.id+"-srt"] = &media.File{Raw: edited, Type: media.TypeSRT}
	return s.showProofread(j), nil
}

// generateFromProofread answers POST …/generate.
func (s *Sandbox) generateFromProofread(r *http.Request, v *visit) (any, *apiError) {
	var in struct {
		TranslateAudioOnly bool    `json:"translate_audio_only"`
		CallbackURL        *string `json:"callback_url"`
		CallbackID         *string `json:"callback_id"`
	}
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	from, apiErr := s.readyProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	data := dataOf[proofread](from)
	perSecond := dubPrice
	if data.mode == "precision" {
		perSecond = precisionPrice
	}
	j := &job{
		kind: translationJobs(), title: from.title, folder: from.folder,
		callbackURL: value(in.CallbackURL), callbackID: value(in.CallbackID),
		price: int64(from.media.Seconds * perSecond * microUSD),
		media: &media.File{Seconds: from.media.Seconds, Text: rendering(from.media.Text, data.to)},
		data:  &translation{from: data.from, to: data.to, audioOnly: in.TranslateAudioOnly, edited: data.edited != nil},
	}
	if apiErr := s.begin(v, j, dubSeconds+j.media.Seconds); apiErr != nil {
		return nil, apiErr
	}
	if data.edited != nil {
		s.media[j.id+"-srt"] = &media.File{Raw: data.edited, Type: media.TypeSRT}
	}
	return map[string]any{"video_translation_id": j.id, "status": "processing"}, nil
}
