package sandbox

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	// modelSpeechPrice is in millionths of a dollar a character: v3 asks 15 dollars for a million.
	modelSpeechPrice = 15
	// speechesAMinute is v3's own limit of these operations together.
	speechesAMinute = 30
	// partSeconds is how long the parts of a stream are at most.
	partSeconds = 4.0
	// wordConfidence is how sure the alignment of a tone is.
	wordConfidence = 0.98
)

// modelSpeechRequest is the body of both operations; only the stream has timestamps.
type modelSpeechRequest struct {
	VoiceID    string `json:"voice_id"`
	Text       string `json:"text"`
	Language   string `json:"language"`
	Timestamps bool   `json:"with_timestamps"`
}

// generateModelSpeech answers POST /v3/models/audio/tts.
func (s *Sandbox) generateModelSpeech(r *http.Request, v *engine.Request) (any, *engine.Error) {
	_, _, seconds, apiErr := s.speakModel(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{
		"audio_url": s.Link(r, "speech/"+s.recording(v, seconds)+".wav"),
		"duration":  seconds,
	}, nil
}

// streamModelSpeech answers POST /v3/models/audio/tts/stream: parts of the recording and, where
// they are asked for, the words in each.
func (s *Sandbox) streamModelSpeech(r *http.Request, v *engine.Request) (any, *engine.Error) {
	in, words, seconds, apiErr := s.speakModel(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	var events []engine.Event
	for index := 0; float64(index)*partSeconds < seconds; index++ {
		from := float64(index) * partSeconds
		until := min(from+partSeconds, seconds)
		var wav bytes.Buffer
		if err := media.WriteWAV(&wav, in.VoiceID, until-from); err != nil {
			return nil, engine.Refuse(
				http.StatusInternalServerError,
				"internal_error",
				"",
				"The speech could not be made.",
			)
		}
		events = append(events, engine.Event{Data: map[string]any{
			"type": "audio", "part_index": index, "audio": base64.StdEncoding.EncodeToString(wav.Bytes()),
		}})
		if v.Fails() {
			failed := engine.Event{
				Data: map[string]any{"type": "error", "detail": "The speech could not be made to its end."},
			}
			return engine.Sent(append(events, failed)), nil
		}
		if aligned := alignWords(words, from, until); in.Timestamps && len(aligned) > 0 {
			events = append(
				events,
				engine.Event{Data: map[string]any{"type": "alignment", "word_alignments": aligned}},
			)
		}
	}
	return engine.Sent(append(events, engine.Event{Text: "[DONE]"})), nil
}

// alignWords are the words that begin in a part.
func alignWords(words []media.Word, from, until float64) []any {
	var out []any
	for _, one := range words {
		if one.Start >= from && one.Start < until {
			out = append(out, map[string]any{
				"text": one.Text, "start_time": round3(one.Start), "end_time": round3(one.End),
				"confidence": wordConfidence,
			})
		}
	}
	return out
}

// speakModel checks a request of either operation, charges it, and says when which word is spoken.
func (s *Sandbox) speakModel(
	r *http.Request,
	v *engine.Request,
) (*modelSpeechRequest, []media.Word, float64, *engine.Error) {
	in := &modelSpeechRequest{}
	if apiErr := engine.DecodeBody(r, in); apiErr != nil {
		return nil, nil, 0, apiErr
	}
	now := s.Now()
	if apiErr := holdingsOf(v.Account).hurried(now); apiErr != nil {
		return nil, nil, 0, apiErr
	}
	speaker, apiErr := s.OwnJob(v, modelVoiceJobs(), in.VoiceID)
	if apiErr == nil {
		apiErr = checkSpeaker(speaker, in, now)
	}
	if apiErr != nil {
		return nil, nil, 0, apiErr
	}
	words, seconds := say([]phrase{{text: in.Text}}, 1)
	if len(words) == 0 {
		return nil, nil, 0, engine.Invalid("text", "The text holds nothing that can be spoken.")
	}
	price := int64(utf8.RuneCountInString(in.Text)) * modelSpeechPrice
	return in, words, seconds, s.Charge(v, price, "speech of HeyGen Voice")
}

func checkSpeaker(speaker *engine.Job, in *modelSpeechRequest, now time.Time) *engine.Error {
	short, _, _ := strings.Cut(strings.ToLower(in.Language), "-")
	switch {
	case !speaker.Done(now):
		return engine.Refuse(http.StatusConflict, "voice_not_ready", "", "The voice is still PENDING.")
	case speaker.Fails:
		return engine.Refuse(
			http.StatusConflict,
			"voice_training_failed",
			"",
			"The voice has FAILED its training.",
		)
	case languageName(short) == short:
		return engine.Invalid("language", "'%s' is not a supported language.", in.Language)
	}
	return nil
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
