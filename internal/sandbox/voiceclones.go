package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"
)

const (
	// maxClones is how many voices an account may have cloned, those in the making included; v3 has such a limit and
	// publishes no number.
	maxClones    = 10
	cloneSeconds = 40.0
)

func voiceCloneJobs() jobKind {
	return jobKind{
		name: "voice clone", missing: "voice_not_found",
		// v3 has one word for both of the first, and says complete where others say completed.
		pending: "processing", running: "processing", completed: "complete", failed: "failed",
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
func (s *Sandbox) cloneVoice(r *http.Request, v *visit) (any, *apiError) {
	var in cloneRequest
	if apiErr := decodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if strings.TrimSpace(in.Name) == "" {
		return nil, invalid("voice_name", "'voice_name' must not be empty.")
	}
	if _, apiErr := s.open(r, v, &in.Audio, "audio", "audio/"); apiErr != nil {
		return nil, apiErr
	}
	s.settle(v.account, s.clock.Now())
	clones := len(v.account.private.voices)
	for _, j := range v.account.running {
		if j.kind.name == voiceCloneJobs().name {
			clones++
		}
	}
	if clones >= maxClones {
		return nil, refuse(http.StatusBadRequest, "resource_limit_reached", "", "At most %d voices can be cloned on this plan.", maxClones)
	}
	j := &job{
		kind: voiceCloneJobs(), title: in.Name, failure: "No clear voice was found in the audio.",
		data: &voiceClone{name: in.Name, language: value(in.Language)},
	}
	if apiErr := s.begin(v, j, cloneSeconds); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"voice_clone_id": j.id}, nil
}

// keepClone makes a voice of a clone that is complete. It stands behind the voice that every account begins with.
func (s *Sandbox) keepClone(j *job) {
	made := dataOf[voiceClone](j)
	if made == nil || j.fails {
		return
	}
	c := j.owner.private
	one := c.addVoice(s.seed, "clone/"+j.id, 0, true)
	delete(c.voiceByID, one.id)
	one.id, one.name, one.created, one.place = j.id, made.name, j.created.Unix(), 1+j.serial
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
func (s *Sandbox) showClone(v *visit, id string) (any, *apiError) {
	j, apiErr := s.ownJob(v, voiceCloneJobs(), id)
	if apiErr != nil {
		return nil, notFound("voice_not_found", "Voice")
	}
	now := s.clock.Now()
	return map[string]any{
		"voice_id": j.id, "status": j.status(now), "failure_message": j.reason(now), "support_pause": false, "created_at": j.created.Unix(),
	}, nil
}

// deleteVoice answers DELETE /v3/voices/{voice_id}. Only what the caller has cloned can be deleted.
func (s *Sandbox) deleteVoice(r *http.Request, v *visit) (any, *apiError) {
	id := chi.URLParam(r, "voice_id")
	j, apiErr := s.ownJob(v, voiceCloneJobs(), id)
	if apiErr == nil {
		s.drop(j)
	}
	c := v.account.private
	if c.voiceByID[id] == nil && apiErr != nil {
		return nil, notFound("voice_not_found", "Voice")
	}
	delete(c.voiceByID, id)
	c.voices = slices.DeleteFunc(c.voices, func(one *voice) bool { return one.id == id })
	return map[string]any{"voice_id": id}, nil
}
