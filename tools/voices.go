package tools

import (
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
)

type listVoicesInput struct {
	worded
	Type     *string `json:"type" in:"query" enum:"public,private" doc:"public: HeyGen's; private: own clones. Omitted: both."`
	Engine   *string `json:"engine" in:"query" doc:"Only voices of this engine, e.g. starfish."`
	Language *string `json:"language" in:"query" lang:"english" doc:"E.g. Spanish."`
	Gender   *string `json:"gender" in:"query" means:"female,male" doc:"male or female."`
	Limit    *int    `json:"limit" in:"query" min:"1" max:"100" default:"20" obvious:"true" doc:"Items a page."`
	pageToken
}

type designVoiceInput struct {
	Prompt string  `json:"prompt" required:"true" len:"1-1000" doc:"The voice in words."`
	Gender *string `json:"gender" means:"female,male" doc:"male or female."`
	Locale *string `json:"locale" lang:"locale,translation" doc:"BCP-47 tag, e.g. pt-BR."`
	Seed   *int    `json:"seed" min:"0" default:"0" doc:"Which batch of matches; add one for others."`
}

// voices is what design_voice answers.
type voices struct {
	Seed   int   `json:"seed"`
	Voices []any `json:"voices"`
}

func voiceTools(f *finder.Finder) []engine.BoundTool {
	return slices.Concat(libraryTools(f), voiceCloneTools(), speechTools(), modelVoiceTools(), modelSpeechTools(), soundTools())
}

func libraryTools(f *finder.Finder) []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[listVoicesInput, found]{
			Name:  "list_voices",
			Title: "List voices",
			Asked: "accent male female narrator sample narrators speakers sounds like accents British Australian Indian " +
				"child tones speaking available",
			Description: "Voices to speak a script, own ones first.",
			Aliases:     []string{"get_voices", "list_audio_voices"},
			Op:          listVoicesOp(),
			Run:         listVoices(f),
			ListFields:  []string{"voice_id", "name", "language", "gender", "type"},
		}.Bind(),
		engine.Tool[designVoiceInput, voices]{
			Name:  "design_voice",
			Title: "Find voices by a description",
			Asked: "deep calm warm old young cheerful accent sounding grumpy pirate husky raspy whisper similar match " +
				"sounds like elderly robot imagine describe grandfather witch childlike",
			Description: "Up to 3 voices that fit a description, best first. Makes none: the same prompt and seed find " +
				"the same voices.",
			// By v3's own words a search, although it is a POST.
			Effect: engine.Reads,
			Op:     heygen.Op{Method: "POST", Path: "/v3/voices"},
			Augment: func(in *designVoiceInput, r *engine.Result[voices]) {
				if in.Locale != nil && len(r.Out.Voices) == 0 {
					r.Note = "None has the locale " + faults.Clip(*in.Locale) + ". Without it there are voices of others."
				}
			},
		}.Bind(),
	}
}
