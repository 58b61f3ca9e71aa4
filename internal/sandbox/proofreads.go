package sandbox

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	proofreadPrice   = 0.0083 // USD a second
	proofreadSeconds = 45.0
	// proofreadLifetime is how long subtitles can be worked on.
	proofreadLifetime = 24 * time.Hour
)

func (s *Sandbox) proofreadRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/video-translations/proofreads", s.createProofread),
		engine.On("GET", "/v3/video-translations/proofreads/{proofread_id}", s.getProofread),
		engine.On("POST", "/v3/video-translations/proofreads/{proofread_id}/generate", s.generateFromProofread),
		engine.On("GET", "/v3/video-translations/proofreads/{proofread_id}/srt", s.downloadProofread),
		engine.On("PUT", "/v3/video-translations/proofreads/{proofread_id}/srt", s.uploadProofread),
	}
}

func proofreadJobs() engine.JobKind {
	return engine.JobKind{
		Name: "proofread", Missing: "not_found", Event: "proofread_creation",
		Pending: "processing", Running: "processing", Completed: "completed", Failed: "failed",
	}
}

// proofread is what a session of subtitles knows. The translated subtitles themselves are the file
// under the session's id and -srt, which an upload replaces.
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
func (s *Sandbox) createProofread(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in proofreadRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := checkLanguages(in.OutputLanguages); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.checkPlaces(v, in.FolderID, in.BrandGlossaryID, in.BrandVoiceID); apiErr != nil {
		return nil, apiErr
	}
	given, apiErr := s.givenSubtitles(r, v, in.SRT)
	if apiErr != nil {
		return nil, apiErr
	}
	ids := []string{}
	for _, language := range in.OutputLanguages {
		j, apiErr := in.plan(s, r, v, proofreadJobs())
		if apiErr != nil {
			return nil, apiErr
		}
		j.Price = int64(j.Media.Seconds * proofreadPrice * engine.MicroUSD)
		j.Data = &proofread{from: "English", to: language, mode: in.Mode}
		if apiErr := s.Begin(v, j, proofreadSeconds); apiErr != nil {
			return nil, apiErr
		}
		translated := given
		if translated == nil {
			translated = []byte(media.SRT(rendering(j.Media.Text, language), j.Media.Seconds))
		}
		s.PutFile(j.ID+"-srt", &media.File{Raw: translated, Type: media.TypeSRT})
		ids = append(ids, j.ID)
	}
	return map[string]any{"proofread_ids": ids, "status": "processing"}, nil
}

// givenSubtitles are those that a session is to begin with, nil where none were given. Of a file
// elsewhere nothing is known, and subtitles are made as if there were none.
func (s *Sandbox) givenSubtitles(r *http.Request, v *engine.Request, in *fileInput) ([]byte, *engine.Error) {
	if in == nil {
		return nil, nil
	}
	file, apiErr := s.open(r, v, in, "srt")
	if apiErr == nil && file.Type != "" {
		apiErr = mustBe(file, "srt", []string{media.TypeSRT})
	}
	if apiErr != nil {
		return nil, apiErr
	}
	return subtitlesOf(file), nil
}

// subtitlesOf are the bytes of a file of subtitles, also of one that is made while it is sent; nil where
// nothing is known of it.
func subtitlesOf(file *media.File) []byte {
	if file.Raw == nil && file.Type == media.TypeSRT {
		return []byte(media.SRT(file.Text, file.Seconds))
	}
	return file.Raw
}

// ownProofread finds a session that is still open.
func (s *Sandbox) ownProofread(r *http.Request, v *engine.Request) (*engine.Job, *engine.Error) {
	j, apiErr := s.OwnJob(v, proofreadJobs(), chi.URLParam(r, "proofread_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	if s.Now().After(j.Ends.Add(proofreadLifetime)) {
		return nil, engine.NotFound("not_found", "Proofread")
	}
	return j, nil
}

// readyProofread finds a session whose subtitles are there.
func (s *Sandbox) readyProofread(r *http.Request, v *engine.Request) (*engine.Job, *engine.Error) {
	j, apiErr := s.ownProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	if !j.Succeeded(s.Now()) {
		return nil, engine.Refuse(http.StatusConflict, "resource_not_ready", "", "The proofread is not completed.")
	}
	return j, nil
}

func (s *Sandbox) getProofread(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.ownProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return s.showProofread(j), nil
}

func (s *Sandbox) showProofread(j *engine.Job) any {
	now := s.Now()
	data := engine.DataOf[proofread](j)
	return map[string]any{
		"id": j.ID, "title": engine.OrNull(j.Title), "status": j.Status(now), "created_at": j.Created.Unix(),
		"input_language": data.from, "output_language": data.to,
		"failure_message": j.Reason(now), "submitted_for_review": false,
	}
}

// downloadProofread answers GET …/srt.
func (s *Sandbox) downloadProofread(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.readyProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{
		"srt_url":          s.Link(r, "proofreads/"+j.ID+"-srt.srt"),
		"original_srt_url": s.Link(r, "proofreads/"+j.ID+".srt"),
	}, nil
}

// uploadProofread answers PUT …/srt. Only what is known here can be read: an asset, or a file of
// the sandbox's own.
func (s *Sandbox) uploadProofread(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		SRT fileInput `json:"srt"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
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
	edited := subtitlesOf(file)
	if edited == nil {
		return nil, engine.Refuse(http.StatusBadRequest, "download_failed", "srt", "The file at 'srt' could not be "+
			"downloaded.")
	}
	engine.DataOf[proofread](j).edited = edited
	s.PutFile(j.ID+"-srt", &media.File{Raw: edited, Type: media.TypeSRT})
	return s.showProofread(j), nil
}

// generateFromProofread answers POST …/generate.
func (s *Sandbox) generateFromProofread(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		TranslateAudioOnly bool    `json:"translate_audio_only"`
		CallbackURL        *string `json:"callback_url"`
		CallbackID         *string `json:"callback_id"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	from, apiErr := s.readyProofread(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	data := engine.DataOf[proofread](from)
	perSecond := dubPrice
	if data.mode == "precision" {
		perSecond = precisionPrice
	}
	j := &engine.Job{
		Kind: translationJobs(), Title: from.Title, Folder: from.Folder,
		CallbackURL: value(in.CallbackURL), CallbackID: value(in.CallbackID),
		Price: int64(from.Media.Seconds * perSecond * engine.MicroUSD),
		Media: &media.File{Seconds: from.Media.Seconds, Text: rendering(from.Media.Text, data.to)},
		Data:  &translation{from: data.from, to: data.to, audioOnly: in.TranslateAudioOnly, edited: data.edited != nil},
	}
	if apiErr := s.Begin(v, j, dubSeconds+j.Media.Seconds); apiErr != nil {
		return nil, apiErr
	}
	if data.edited != nil {
		s.PutFile(j.ID+"-srt", &media.File{Raw: data.edited, Type: media.TypeSRT})
	}
	return map[string]any{"video_translation_id": j.ID, "status": "processing"}, nil
}
