package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	// maxClones is how many voices an account may have cloned, those in the making included; v3 has
	// such a limit and publishes no number.
	maxClones    = 10
	cloneSeconds = 40.0
)

func voiceCloneJobs() engine.JobKind {
	return engine.JobKind{
		Name: "voice clone", Missing: "voice_not_found",
		// v3 has one word for both of the first, and says complete where others say completed.
		Pending: "processing", Running: "processing", Completed: "complete", Failed: "failed",
	}
}

// voiceClone is what a job knows that clones a voice.
type voiceClone struct {
	name, language string
}

type cloneRequest struct {
	Name     string    `json:"voice_name"`
	Audio    fileInput `json:"audio"`
	Language *string   `json:"language"`
}

// cloneVoice answers POST /v3/voices/clone.
func (s *Sandbox) cloneVoice(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in cloneRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if strings.TrimSpace(in.Name) == "" {
		return nil, engine.Invalid("voice_name", "'voice_name' must not be empty.")
	}
	if _, apiErr := s.open(r, v, &in.Audio, "audio", "audio/"); apiErr != nil {
		return nil, apiErr
	}
	s.Settle(v.Account, s.Now())
	if !v.OnPlan("starter") {
		return nil, engine.Refuse(http.StatusForbidden, "plan_upgrade_required", "", "Voice cloning is not available "+
			"on the free tier.")
	}
	clones := len(holdingsOf(v.Account).private.voices) + v.Account.CountRunning(voiceCloneJobs())
	if clones >= maxClones {
		return nil, engine.Refuse(http.StatusBadRequest, "resource_limit_reached", "", "At most %d voices can be cloned on this plan.", maxClones)
	}
	j := &engine.Job{
		Kind: voiceCloneJobs(), Title: in.Name, Failure: "No clear voice was found in the audio.",
		Data: &voiceClone{name: in.Name, language: value(in.Language)},
	}
	if apiErr := s.Begin(v, j, cloneSeconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"voice_clone_id": j.ID}, nil
}

// keepClone makes a voice of a clone that is complete. It stands behind the voice that every
// account begins with.
func (s *Sandbox) keepClone(j *engine.Job) {
	made := engine.DataOf[voiceClone](j)
	if made == nil || j.Fails {
		return
	}
	c := holdingsOf(j.Owner).private
	one := c.addVoice(s.Seed, "clone/"+j.ID, 0, true)
	delete(c.voiceByID, one.id)
	one.id, one.name, one.created, one.place = j.ID, made.name, j.Created.Unix(), 1+j.Serial
	if made.language != "" {
		one.language, one.locales = languageName(made.language), []string{made.language}
	}
	c.voiceByID[one.id] = one
}

// languageName is the name of a language by its code, or what was given.
func languageName(code string) string {
	names := map[string]string{
		"en": "English", "es": "Spanish", "de": "German", "fr": "French", "pt": "Portuguese", "ja": "Japanese", "hi": "Hindi",
	}
	short, _, _ := strings.Cut(strings.ToLower(code), "-")
	if name, ok := names[short]; ok {
		return name
	}
	return code
}

// showClone is a clone that is no voice yet, or never will be: what a voice has is missing.
func (s *Sandbox) showClone(v *engine.Request, id string) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, voiceCloneJobs(), id)
	if apiErr != nil {
		return nil, engine.NotFound("voice_not_found", "Voice")
	}
	now := s.Now()
	return map[string]any{
		"voice_id": j.ID, "status": j.Status(now), "failure_message": j.Reason(now), "support_pause": false, "created_at": j.Created.Unix(),
	}, nil
}

// deleteVoice answers DELETE /v3/voices/{voice_id}. Only what the caller has cloned can be deleted.
func (s *Sandbox) deleteVoice(r *http.Request, v *engine.Request) (any, *engine.Error) {
	id := chi.URLParam(r, "voice_id")
	j, apiErr := s.OwnJob(v, voiceCloneJobs(), id)
	if apiErr == nil {
		s.DropJob(j)
	}
	c := holdingsOf(v.Account).private
	if c.voiceByID[id] == nil && apiErr != nil {
		return nil, engine.NotFound("voice_not_found", "Voice")
	}
	delete(c.voiceByID, id)
	c.voices = slices.DeleteFunc(c.voices, func(one *voice) bool { return one.id == id })
	return map[string]any{"voice_id": id}, nil
}
