package sandbox

import (
	"net/http"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"heygen-mcp/internal/sandbox/engine"
)

const (
	modelName = "heygen-voice-1"
	// modelSpeechPrice is in millionths of a dollar a character: v3 asks 15 dollars for a million.
	modelSpeechPrice = 15
	// speechesAMinute is v3's own limit of this operation.
	speechesAMinute = 30
	maxModelBreak   = 5 * time.Second
)

type modelSpeechRequest struct {
	VoiceID string   `json:"voice_id"`
	Text    string   `json:"text"`
	Model   *string  `json:"model"`
	Speed   *float64 `json:"speed"`
}

// generateModelSpeech answers POST /v3/models/audio/tts.
func (s *Sandbox) generateModelSpeech(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in modelSpeechRequest
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	now := s.Now()
	if apiErr := holdingsOf(v.Account).hurried(now); apiErr != nil {
		return nil, apiErr
	}
	speaker, apiErr := s.OwnJob(v, modelVoiceJobs(), in.VoiceID)
	switch {
	case apiErr != nil:
		return nil, apiErr.WithParam("voice_id")
	case !speaker.Done(now):
		return nil, engine.Refuse(http.StatusConflict, "resource_not_ready", "voice_id", "The voice is still PENDING.")
	case speaker.Fails:
		return nil, engine.Refuse(http.StatusBadRequest, "voice_unavailable", "voice_id", "The voice has FAILED.")
	case in.Model != nil && *in.Model != modelName:
		return nil, engine.Invalid("model", "'model' must be '%s'.", modelName)
	case in.Speed != nil && *in.Speed <= 0:
		return nil, engine.Invalid("speed", "'speed' must be above 0.")
	}
	speed := 1.0
	if in.Speed != nil {
		speed = *in.Speed
	}
	parts := []phrase{{text: in.Text}}
	if engine.DataOf[modelVoice](speaker).mode == professional {
		if parts, apiErr = readBreaks(in.Text); apiErr != nil {
			return nil, apiErr
		}
	}
	words, seconds := say(parts, speed)
	if len(words) == 0 {
		return nil, engine.Refuse(http.StatusBadRequest, "tts_text_invalid", "text", "The text holds nothing that can be spoken.")
	}
	if apiErr := s.Charge(v, int64(utf8.RuneCountInString(in.Text))*modelSpeechPrice, "speech of HeyGen Voice"); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"audio_url": s.Link(r, "speech/"+s.recording(v, seconds)+".wav"), "duration": seconds}, nil
}

// hurried refuses more calls in a minute than may be, and notes this one.
func (h *holdings) hurried(now time.Time) *engine.Error {
	for len(h.speeches) > 0 && now.Sub(h.speeches[0]) >= time.Minute {
		h.speeches = h.speeches[1:]
	}
	if len(h.speeches) >= speechesAMinute {
		e := engine.Refuse(http.StatusTooManyRequests, "rate_limit_exceeded", "",
			"Too many requests. Retry after the duration specified in the Retry-After header.")
		e.RetryAfter = max(1, int(h.speeches[0].Add(time.Minute).Sub(now).Seconds()))
		return e
	}
	h.speeches = append(h.speeches, now)
	return nil
}

// readBreaks reads a text whose only markup is breaks.
func readBreaks(text string) ([]phrase, *engine.Error) {
	mark := regexp.MustCompile(`<break\s+time="([^"]*)"\s*/>`)
	var parts []phrase
	at := 0
	for _, found := range mark.FindAllStringSubmatchIndex(text, -1) {
		pause, err := time.ParseDuration(strings.TrimSpace(text[found[2]:found[3]]))
		if err != nil || pause < 0 || pause > maxModelBreak {
			return nil, engine.Refuse(http.StatusBadRequest, "tts_text_invalid", "text", "A break lasts up to %v.", maxModelBreak)
		}
		parts = append(parts, phrase{text[at:found[0]], pause})
		at = found[1]
	}
	return append(parts, phrase{text: text[at:]}), nil
}
