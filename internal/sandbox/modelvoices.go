package sandbox

import (
	"fmt"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	professional = "professional"

	trainingSeconds = 900.0
	leastTraining   = 20 * 60.0 // seconds of audio
	// voiceSlots is how many voices an account may have. Each slot gives slotTrainings in
	// trainingMonth, which are pooled; failed ones do not count.
	voiceSlots    = 4
	slotTrainings = 5
	trainingMonth = 30 * 24 * time.Hour
)

func (s *Sandbox) modelVoiceRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/models/audio/tts", s.generateModelSpeech),
		engine.On("POST", "/v3/models/audio/tts/stream", s.streamModelSpeech),
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
// own under the voice's id, and the voice is what they share.
type modelVoice struct {
	name, language string
	created        time.Time
}

type modelVoiceRequest struct {
	Audio    []fileInput `json:"audio"`
	Name     *string     `json:"name"`
	Language *string     `json:"language"`
	VoiceID  *string     `json:"voice_id"`
}

// createModelVoice answers POST /v3/models/audio/voices.
func (s *Sandbox) createModelVoice(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in modelVoiceRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	if apiErr := s.checkRecordings(r, v, in.Audio); apiErr != nil {
		return nil, apiErr
	}
	now := s.Now()
	s.Settle(v.Account, now)
	j := &engine.Job{Kind: modelVoiceJobs(), Failure: "TRAINING_FAILED"}
	if in.VoiceID != nil {
		old, apiErr := s.retrained(v, *in.VoiceID, now)
		if apiErr != nil {
			return nil, apiErr
		}
		j.ID, j.Data = old.ID, old.Data // its name, its language and its mode stay
		s.DropJob(old)
	} else {
		if len(s.OwnJobs(v, modelVoiceJobs())) >= voiceSlots {
			return nil, engine.Refuse(http.StatusBadRequest, "resource_limit_reached", "",
				"No professional voice slot is free.")
		}
		j.Data = &modelVoice{name: or(in.Name, "Untitled"), language: or(in.Language, "en"), created: now}
	}
	if apiErr := s.Begin(v, j, trainingSeconds); apiErr != nil {
		return nil, apiErr
	}
	holdingsOf(v.Account).trainings = append(holdingsOf(v.Account).trainings, j)
	return map[string]any{"voice_id": j.ID}, nil
}

// checkRecordings refuses recordings that are known not to be enough to train on; how long one
// lasts that lies elsewhere is not known.
func (s *Sandbox) checkRecordings(
	r *http.Request,
	v *engine.Request,
	audio []fileInput,
) *engine.Error {
	total, known := 0.0, true
	for i := range audio {
		file, apiErr := s.open(r, v, &audio[i], fmt.Sprintf("audio[%d]", i), "audio/")
		if apiErr != nil {
			return apiErr
		}
		total += file.Seconds
		known = known && file.Type != ""
	}
	if known && total < leastTraining {
		return engine.Invalid(
			"audio",
			"The recordings must contain at least 20 minutes of audio in total.",
		)
	}
	return s.trainingsLeft(v)
}

// trainingsLeft refuses a training once those of the month are used up.
func (s *Sandbox) trainingsLeft(v *engine.Request) *engine.Error {
	now, counted := s.Now(), 0
	for _, j := range holdingsOf(v.Account).trainings {
		if now.Sub(j.Created) < trainingMonth && (!j.Fails || !j.Done(now)) {
			counted++
		}
	}
	if counted >= voiceSlots*slotTrainings {
		return engine.Refuse(
			http.StatusBadRequest,
			"resource_limit_reached",
			"",
			"The trainings of this month are used up.",
		)
	}
	return nil
}

// retrained finds the voice to be trained again, if it may be.
func (s *Sandbox) retrained(
	v *engine.Request,
	id string,
	now time.Time,
) (*engine.Job, *engine.Error) {
	j, apiErr := s.OwnJob(v, modelVoiceJobs(), id)
	switch {
	case apiErr != nil:
		return nil, apiErr.WithParam("voice_id")
	case !j.Succeeded(now):
		return nil, engine.Refuse(
			http.StatusConflict,
			"resource_not_ready",
			"voice_id",
			"The voice must be ACTIVE to be trained again.",
		)
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
	return engine.BySerial(
		s.Engine,
		l,
		s.OwnJobs(v, modelVoiceJobs()),
		func(j *engine.Job) any { return showModelVoice(j, now) },
	), nil
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
		return nil, engine.Refuse(
			http.StatusConflict,
			"resource_not_ready",
			"voice_id",
			"A voice cannot be deleted while it is PENDING.",
		)
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
		"mode":           professional,
		"name":           made.name,
		"language":       made.language,
		"status":         j.Status(now),
		"failure_reason": j.Reason(now),
		"created_at":     made.created.Unix(),
	}
}
