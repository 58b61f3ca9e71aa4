package sandbox

import (
	"net/http"
	"strings"
	"unicode"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
)

const (
	textStream = "text_stream"
	// idleSeconds is how long a session waits for more text before it ends by itself.
	idleSeconds = 30.0
	// A batch of words lasts up to batchSeconds and has up to batchWords.
	batchSeconds = 1.0
	batchWords   = 10
)

func (s *Sandbox) realtimeRoutes() []engine.Route {
	return []engine.Route{
		engine.On("POST", "/v3/avatar-realtime", s.createStream),
		engine.On("GET", "/v3/avatar-realtime/{stream_id}", s.getStream),
		engine.On("POST", "/v3/avatar-realtime/{stream_id}/cancel", s.cancelStream),
		engine.On("POST", "/v3/avatar-realtime/{stream_id}/text", s.appendText),
		engine.On("GET", "/v3/avatar-realtime/{stream_id}/words", s.streamWords),
	}
}

func realtimeJobs() engine.JobKind {
	return engine.JobKind{
		Name: "streaming session", Missing: "not_found",
		Pending: "pending", Running: "streaming", Completed: "completed", Failed: "error",
	}
}

// realtime is what a job knows that is a session of an avatar that speaks at once.
type realtime struct {
	kind, text string
	final      bool // no more text comes
	stopped    bool // by a cancel
}

// createStream answers POST /v3/avatar-realtime. v3 publishes no price for it, so it costs nothing
// here.
func (s *Sandbox) createStream(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Type     string    `json:"type"`
		AvatarID string    `json:"avatar_id"`
		VoiceID  string    `json:"voice_id"`
		Text     string    `json:"text"`
		Audio    fileInput `json:"audio"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	one, apiErr := s.usableLook(v, "avatar_id", in.AvatarID)
	switch {
	case apiErr != nil:
		return nil, apiErr
	case one.kind == studioAvatar:
		return nil, engine.Invalid(
			"avatar_id",
			"'avatar_id' must be the look of a photo avatar or a motion avatar.",
		)
	case in.Type != "audio" && s.findVoice(v, in.VoiceID) == nil:
		return nil, engine.NotFound("voice_not_found", "Voice").WithParam("voice_id")
	case in.Type != "audio" && strings.TrimSpace(in.Text) == "":
		return nil, engine.Invalid("text", "'text' must not be empty.")
	}
	of := &realtime{kind: in.Type, text: in.Text}
	length := media.SpeechSeconds(in.Text, 1)
	if in.Type == "audio" {
		found, _, apiErr := s.openPart(r, v, &in.Audio, "audio", "audio")
		if apiErr != nil {
			return nil, apiErr
		}
		length, of.text = found.Seconds, found.Text
	}
	if in.Type == textStream {
		length += idleSeconds
	}
	j := &engine.Job{
		Kind:    realtimeJobs(),
		Media:   &media.File{Seconds: length},
		Data:    of,
		Failure: "The avatar could not be streamed.",
	}
	if apiErr := s.Begin(v, j, length); apiErr != nil {
		return nil, apiErr
	}
	return map[string]any{"stream_id": j.ID}, nil
}

func (s *Sandbox) ownStream(
	r *http.Request,
	v *engine.Request,
) (*engine.Job, *realtime, *engine.Error) {
	j, apiErr := s.OwnJob(v, realtimeJobs(), chi.URLParam(r, "stream_id"))
	if apiErr != nil {
		return nil, nil, apiErr
	}
	return j, engine.DataOf[realtime](j), nil
}

// endReason is why a session is over, in the words of its stream.
func (s *Sandbox) endReason(j *engine.Job) string {
	of := engine.DataOf[realtime](j)
	switch {
	case j.Fails:
		return "error"
	case of.kind == textStream && of.final:
		return "final_marker"
	case of.kind == textStream && !of.stopped:
		return "idle_timeout"
	}
	return "completed"
}

// getStream answers GET /v3/avatar-realtime/{stream_id}.
func (s *Sandbox) getStream(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, of, apiErr := s.ownStream(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	now := s.Now()
	out := map[string]any{
		"stream_id":     j.ID,
		"status":        j.Status(now),
		"hls_url":       nil,
		"error_message": j.Reason(now),
		"end_reason":    nil,
	}
	switch {
	case j.Status(now) == j.Kind.Running:
		out["hls_url"] = s.Link(r, "realtime/"+j.ID+".m3u8")
	case j.Succeeded(now) && of.kind == textStream && !of.stopped:
		out["end_reason"] = s.endReason(j)
	}
	return out, nil
}

// cancelStream answers POST /v3/avatar-realtime/{stream_id}/cancel.
func (s *Sandbox) cancelStream(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, of, apiErr := s.ownStream(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	running := !j.Done(s.Now())
	if running {
		of.stopped, j.Fails = true, false
		s.End(j)
	}
	return map[string]any{"stream_id": j.ID, "cancelled": running}, nil
}

// appendText answers POST /v3/avatar-realtime/{stream_id}/text.
func (s *Sandbox) appendText(r *http.Request, v *engine.Request) (any, *engine.Error) {
	var in struct {
		Delta string `json:"delta"`
		Final bool   `json:"final"`
	}
	if apiErr := engine.DecodeBody(r, &in); apiErr != nil {
		return nil, apiErr
	}
	j, of, apiErr := s.ownStream(r, v)
	now := s.Now()
	switch {
	case apiErr != nil:
		return nil, apiErr
	case of.kind != textStream:
		return nil, engine.Invalid("", "Text can be added to sessions of type text_stream only.")
	case of.final || j.Done(now):
		return nil, engine.Refuse(http.StatusGone, "gone", "", "The input of this session is closed.")
	case in.Delta == "" && !in.Final:
		return nil, engine.Invalid("delta", "'delta' must not be empty unless 'final' is true.")
	}
	of.text += in.Delta
	of.final = in.Final
	// What there is to say is said first; then the session waits for more, unless this was the last.
	ends := j.Started().Add(s.After(media.SpeechSeconds(of.text, 1)))
	if ends.Before(now) {
		ends = now
	}
	if !of.final {
		ends = ends.Add(s.After(idleSeconds))
	}
	j.Ends = ends
	return map[string]any{"ok": true, "buffered_bytes": len(of.text)}, nil
}

// streamWords answers GET /v3/avatar-realtime/{stream_id}/words: from the beginning, whenever it is
// asked, and until the session is over.
func (s *Sandbox) streamWords(r *http.Request, v *engine.Request) (any, *engine.Error) {
	j, of, apiErr := s.ownStream(r, v)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.Stream(func(n int) ([]engine.Event, bool) {
		now := s.Now()
		batches := wordBatches(of.text)
		over := j.Done(now)
		var events []engine.Event
		for i, batch := range batches {
			spoken := j.Started().
				Add(s.After(batch[len(batch)-1]["end"].(float64)))
				//nolint:forcetypeassert // as wordBatches made it
			// The last batch may get more words as long as text can come.
			if !over && (now.Before(spoken) || i == len(batches)-1 && of.kind == textStream && !of.final) ||
				of.stopped && j.Ends.Before(spoken) {
				break
			}
			events = append(events, engine.Event{Data: map[string]any{"words": batch}})
		}
		if over {
			events = append(
				events,
				engine.Event{Name: "end", Data: map[string]any{"reason": s.endReason(j)}},
			)
		}
		return events[min(n, len(events)):], over
	}), nil
}

// wordBatches are the words of a text with their times. Punctuation is a word of its own.
func wordBatches(text string) [][]map[string]any {
	var batches [][]map[string]any
	began := 0.0
	for _, one := range media.SpreadWords(text, media.SpeechSeconds(text, 1)) {
		bare := strings.TrimRightFunc(one.Text, unicode.IsPunct)
		parts := []map[string]any{{"word": bare, "start": round3(one.Start), "end": round3(one.End)}}
		if mark := one.Text[len(bare):]; mark != "" {
			parts = append(
				parts,
				map[string]any{"word": mark, "start": round3(one.End), "end": round3(one.End)},
			)
		}
		last := len(batches) - 1
		if last < 0 || one.End-began > batchSeconds || len(batches[last])+len(parts) > batchWords {
			batches, began = append(batches, nil), one.Start
			last++
		}
		batches[last] = append(batches[last], parts...)
	}
	return batches
}
