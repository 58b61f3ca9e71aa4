package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

type createSpeechInput struct {
	Text      string   `json:"text" spoken:"true" required:"true" len:"1-5000" doc:"What to say."`
	VoiceID   string   `json:"voice_id" required:"true" len:"1-" doc:"From list_voices with engine starfish, or a clone."`
	InputType *string  `json:"input_type" enum:"text,ssml" default:"text" doc:"Form of text."`
	Speed     *float64 `json:"speed" min:"0.5" max:"2" default:"1" doc:"Pace."`
	Language  *string  `json:"language" lang:"code,translation" doc:"e.g. pt. Omitted: detected."`
	Locale    *string  `json:"locale" lang:"locale,translation" doc:"BCP-47 tag, e.g. pt-BR; decides the language."`
	Detail    *string  `json:"detail" in:"-" enum:"concise,full" default:"concise" obvious:"true" meaningless:"true" doc:"full: with word_timestamps."`
	engine.Paid
}

// speech is what create_speech answers.
type speech struct {
	AudioURL  string  `json:"audio_url"`
	Duration  float64 `json:"duration"`
	Words     []any   `json:"word_timestamps"`
	RequestID string  `json:"request_id"`
	engine.Cost
}

func speechTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createSpeechInput, speech]{
			Name:  "create_speech",
			Title: "Generate speech",
			Asked: "mp3 read aloud narration voiceover paragraph audio file spoken announcement podcast intro audiobook " +
				"voicemail greeting ssml pronounce say narrate wav audio-only sound recording phone",
			Description: "Speaks a text with a starfish voice: the audio's link, its length and, with detail full, when each " +
				"word is said. Every call costs credits.",
			Effect:     engine.Creates,
			Op:         heygen.Op{Method: "POST", Path: "/v3/voices/speech"},
			Aliases:    []string{"text_to_speech"},
			VerifyWith: "get_current_user, whose balance shows a charge,",
			Estimate:   estimateBy((*createSpeechInput).bill),
			Augment: func(in *createSpeechInput, r *engine.Result[speech]) {
				if in.Detail == nil || *in.Detail != "full" {
					r.LeaveOut("word_timestamps") // which are longer than all the rest
				}
			},
		}.Bind(),
	}
}
