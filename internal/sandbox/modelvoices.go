package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	professional = "professional"

	instantSeconds  = 20.0
	trainingSeconds = 900.0
	leastTraining   = 20 * 60.0 // seconds of audio
	// mostTrainings is how often one voice may be trained in trainingMonth; failed ones do not
	// count.
	mostTrainings = 5
	trainingMonth = 30 * 24 * time.Hour
)

func (s *Sandbox) modelVoiceRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/models/audio/tts", s.generateModelSpeech),
		engine.On("GET", "/v3/models/audio/voices", s.listModelVoices),
		engine.On("POST", "/v3/models/audio/voices", s.createModelVoice),
		engine.On("GET", "/v3/models/audio/voices/{voice_id}", s.getModelVoice),
		engine.On("DELETE", "/v3/models/audio/voices/{voice_id}", s.deleteModelVoice),
	}
}

func modelVoiceJobs() engine.JobKind {
	return engine.JobKind{
		Name: "audio voice", Missing: "voice_not_found",
		Pending: "PENDING", Running: "PENDING", Completed: "ACTIVE", Failed: "FAILED",
	}
}

// modelVoice is what a job knows that makes a voice of HeyGen Voice. Each training is a job of its
// own under the voice's id.
type modelVoice struct {
	mode, name, language string
	created              time.Time
	trainings            []time.Time
}

type modelVoiceRequest struct {
	Mode     string      `json:"mode"`
	Audio    []fileInput `json:"audio"`
	Name     *string     `json:"name"`
	Language *string     `json:"language"`
	VoiceID  *string     `json:"voice_id"`
	Age      *string     `json:"age"`
}

// createModelVoice answers POST /v3/models/audio/voices.
func (s *Sandbox) createModelVoice(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in modelVoiceRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := in.check(); apiErr != nil {
		return nil, apiErr
	}
	short, apiErr := s.tooShort(r, v, &in)
	if apiErr != nil {
		return nil, apiErr
	}
	now := s.Now()
	made := &modelVoice{mode: in.Mode, name: "Untitled", language: "en", created: now}
	j := &engine.Job{Kind: modelVoiceJobs(), Failure: "INVALID_AUDIO", Data: made}
	seconds := instantSeconds
	switch {
	case short:
		j.Fails, j.Failure = true, "INSUFFICIENT_AUDIO"
	case in.Mode == professional:
		j.Failure, seconds = "TRAINING_FAILED", trainingSeconds
	}
	if in.VoiceID != nil {
		old, apiErr := s.retrained(v, *in.VoiceID, now)
		if apiErr != nil {
			return nil, apiErr
		}
		j.ID = old.ID
		*made = *engine.DataOf[modelVoice](old)
		if old.Fails {
			made.trainings = made.trainings[:len(made.trainings)-1]
		}
		s.DropJob(old)
	}
	made.trainings = append(slices.Clone(made.trainings), now)
	if in.Name != nil {
		made.name = *in.Name
	}
	if in.Language != nil {
		made.language = *in.Language
	}
	if apiErr := s.Begin(v, j, seconds); apiErr != nil {
		return nil, apiErr
	}
	return showModelVoice(j, now), nil
}

// check holds what the two ways of making a voice take.
func (in *modelVoiceRequest) check() *engine.Error {
	age := value(in.Age)
	switch {
	case len(in.Audio) == 0:
		return engine.Invalid("audio", "'audio' must have at least one item.")
	case in.Mode != professional && len(in.Audio) > 1:
		return engine.Invalid("audio", "An instant voice is made of one recording.")
	case in.Mode != professional && in.VoiceID != nil:
		return engine.Invalid("voice_id", "Only professional voices can be trained again.")
	case in.Age != nil && (in.Mode == professional || age != "young" && age != "old"):
		return engine.Invalid("age", "'age' must be 'young' or 'old', of an instant voice.")
	}
	return nil
}

// tooShort says whether recordings are known not to be enough to train on; how long one lasts that
// lies elsewhere is not known.
func (s *Sandbox) tooShort(r *http.Request, v *engine.Request, in *modelVoiceRequest) (bool, *engine.Error) {
	total, known := 0.0, true
	for i := range in.Audio {
		file, apiErr := s.open(r, v, &in.Audio[i], fmt.Sprintf("audio[%d]", i), "audio/")
		if apiErr != nil {
			return false, apiErr
		}
		total += file.Seconds
		known = known && file.Type != ""
	}
	return in.Mode == professional && known && total < leastTraining, nil
}

// retrained finds the voice to be trained again, if it may be.
func (s *Sandbox) retrained(v *engine.Request, id string, now time.Time) (*engine.Job, *engine.Error) {
	j, apiErr := s.OwnJob(v, modelVoiceJobs(), id)
	if apiErr != nil {
		return nil, apiErr.WithParam("voice_id")
	}
	made, counted := engine.DataOf[modelVoice](j), 0
	for i, at := range made.trainings {
		if now.Sub(at) < trainingMonth && (i < len(made.trainings)-1 || !j.Fails) {
			counted++
		}
	}
	switch {
	case made.mode != professional:
		return nil, engine.Invalid("voice_id", "Only professional voices can be trained again.")
	case !j.Done(now):
		return nil, engine.Refuse(http.StatusConflict, "resource_not_ready", "voice_id", "The voice is still PENDING.")
	case counted >= mostTrainings:
		return nil, engine.Refuse(http.StatusBadRequest, "resource_limit_exceeded", "voice_id", "A voice can be trained %d times a month.", mostTrainings)
	}
	return j, nil
}

// listModelVoices answers GET /v3/models/audio/voices.
func (s *Sandbox) listModelVoices(r *http.Request, v *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	now := s.Now()
	return engine.BySerial(s.Engine, l, s.OwnJobs(v, modelVoiceJobs()), func(j *engine.Job) any { return showModelVoice(j, now) }), nil
}

// getModelVoice answers GET /v3/models/audio/voices/{voice_id}.
func (s *Sandbox) getModelVoice(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, apiErr := s.OwnJob(v, modelVoiceJobs(), chi.URLParam(r, "voice_id"))
	if apiErr != nil {
		return nil, apiErr
	}
	return showModelVoice(j, s.Now()), nil
}

// deleteModelVoice answers DELETE /v3/models/audio/voices/{voice_id}. To delete again what is
// deleted succeeds again.
func (s *Sandbox) deleteModelVoice(r *http.Request, v *engine.Request) (any, *engine.Error) {
	id := chi.URLParam(r, "voice_id")
	j, apiErr := s.OwnJob(v, modelVoiceJobs(), id)
	switch {
	case apiErr != nil && holdingsOf(v.Account).goneVoices[id]:
	case apiErr != nil:
		return nil, apiErr
	case !j.Done(s.Now()):
		return nil, engine.Refuse(http.StatusConflict, "resource_not_ready", "voice_id", "A voice cannot be deleted while it is PENDING.")
	default:
		s.DropJob(j)
		holdingsOf(v.Account).goneVoices[id] = true
	}
	return map[string]any{"status": "ok"}, nil
}

func showModelVoice(j *engine.Job, now time.Time) any {
	made := engine.DataOf[modelVoice](j)
	return map[string]any{
		"voice_id":       j.ID,
		"mode":           made.mode,
		"name":           made.name,
		"language":       made.language,
		"status":         j.Status(now),
		"failure_reason": j.Reason(now),
		"created_at":     made.created.Unix(),
	}
}
