package tools

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/text"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

type modelSpeechInput struct {
	VoiceID  string `json:"voice_id" required:"true" len:"1-" doc:"From list_model_audio_voices, once ACTIVE."`
	Text     string `json:"text" spoken:"true" required:"true" len:"1-5000" doc:"Plain text, without SSML."`
	Language string `json:"language" required:"true" len:"1-" lang:"code,translation" doc:"Code, e.g. en."`
	Seed     *int   `json:"seed" min:"0" max:"4294967295" doc:"The same seed speaks alike."`
	engine.Paid
}

// timedSpeechRequest is what is sent for a stream with timings.
type timedSpeechRequest struct {
	modelSpeechInput
	Timestamps bool `json:"with_timestamps"`
}

// spokenText is what generate_model_speech answers.
type spokenText struct {
	AudioURL string  `json:"audio_url"`
	Duration float64 `json:"duration"`
	engine.Cost
}

// timedSpeech is what generate_model_speech_with_timings answers.
type timedSpeech struct {
	Words []timedWord `json:"words"`
	// Duration is when the last word ends, in seconds.
	Duration float64 `json:"duration"`
	// AudioParts and AudioBytes are how much sound came, which is not answered itself.
	AudioParts int  `json:"audio_parts"`
	AudioBytes int  `json:"audio_bytes"`
	Finished   bool `json:"finished"`
	engine.Cost
}

// timedWord is a word and when it is heard, in seconds.
type timedWord struct {
	Text  string  `json:"text"`
	Start float64 `json:"start"`
	End   float64 `json:"end"`
}

// speechEvent is an event of the stream; its type says which of the others it has.
type speechEvent struct {
	Type   string `json:"type"`
	Detail string `json:"detail"`
	Audio  string `json:"audio"` // base64
	Words  []struct {
		Text  string  `json:"text"`
		Start float64 `json:"start_time"`
		End   float64 `json:"end_time"`
	} `json:"word_alignments"`
}

func modelSpeechTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[modelSpeechInput, spokenText]{
			Name:  "generate_model_speech",
			Title: "Generate speech with HeyGen Voice",
			Asked: "own model speech fast cheap",
			Description: "Speaks a text with a voice of list_model_audio_voices and answers with " +
				"the link of a WAV. Costs credits at every call; 30 calls a minute.",
			Effect:     engine.Creates,
			Op:         heygen.Op{Method: "POST", Path: "/v3/models/audio/tts"},
			VerifyWith: "get_current_user, whose balance shows a charge,",
			Estimate:   estimateBy((*modelSpeechInput).bill),
		}.Bind(),
		engine.Tool[modelSpeechInput, timedSpeech]{
			Name:  "generate_model_speech_with_timings",
			Title: "Generate speech with word timestamps",
			Asked: "when exactly each word said timestamps karaoke alignment highlight words sync seconds timing",
			Description: "Speaks a text as generate_model_speech does, at its price, and answers when " +
				"each word is heard, in seconds. The sound itself is not answered: " +
				"generate_model_speech with the same seed gives a link to it.",
			Effect:     engine.Creates,
			Op:         timedSpeechOp(),
			VerifyWith: "get_current_user, whose balance shows a charge,",
			Run:        speakTimed,
			Estimate:   estimateBy((*modelSpeechInput).bill),
		}.Bind(),
	}
}

func timedSpeechOp() heygen.Op {
	return heygen.Op{Method: "POST", Path: "/v3/models/audio/tts/stream", Stream: true}
}

// timedSpeechTime is how long a stream of speech is read: short of the 45 s that the least patient
// clients allow for a call.
const timedSpeechTime = 40 * time.Second

// speakTimed reads the stream and keeps what an agent can use of it: the words. The parts of the
// sound are counted and dropped; they are megabytes of base64.
func speakTimed(
	ctx context.Context, c *engine.Call, in *modelSpeechInput,
) (*engine.Result[timedSpeech], error) {
	sent := &timedSpeechRequest{modelSpeechInput: *in, Timestamps: true}
	out := timedSpeech{Words: []timedWord{}}
	failed, reason := false, ""
	bounds := heygen.StreamBounds{
		Time: timedSpeechTime,
		Last: func(e heygen.Event) bool { return string(e.Data) == "[DONE]" },
	}
	ended, err := engine.Listen(ctx, c, timedSpeechOp(), sent, bounds, func(_ string, e speechEvent) {
		switch e.Type {
		case "audio":
			out.AudioParts++
			unpadded := strings.TrimRight(e.Audio, "=")
			out.AudioBytes += base64.RawStdEncoding.DecodedLen(len(unpadded))
		case "alignment":
			for _, w := range e.Words {
				out.Words = append(out.Words, timedWord{Text: w.Text, Start: w.Start, End: w.End})
				out.Duration = max(out.Duration, w.End)
			}
		case "error":
			failed, reason = true, e.Detail
		}
	})
	if err != nil {
		return nil, err
	}
	if failed {
		return nil, out.failed(reason)
	}
	if !ended && out.AudioParts == 0 && len(out.Words) == 0 {
		return nil, &heygen.Error{Code: heygen.CodeConnectionFailed,
			MayHaveHappened: true, Unclear: true,
			Message: "The stream broke before anything was spoken."}
	}
	out.Finished = ended
	r := engine.Made(out)
	if !ended {
		r.NextStep = "The stream was cut before its end, so the last words are missing. Speak the text " +
			"in shorter parts, each in a call of its own."
	}
	return r, nil
}

// maxReason bounds HeyGen's text about a speech that failed, in bytes.
const maxReason = 2000

// failed is the refusal of a speech that HeyGen broke off. It tells how much came before, because
// that may have been charged; the words are the caller's own, and would be no use without the rest.
func (s *timedSpeech) failed(reason string) *refusals.Refusal {
	return &refusals.Refusal{
		IsError: true,
		Code:    refusals.CodeSpeechFailed,
		Message: fmt.Sprintf("HeyGen broke the speech off. Timed words before that: %d, up to "+
			"second %.1f; parts of sound: %d.", len(s.Words), s.Duration, s.AudioParts),
		HeyGenMessage: text.Clip(reason, maxReason),
		NextStep:      "Call get_current_user, whose balance shows a charge, before calling again.",
	}
}
