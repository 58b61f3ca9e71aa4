package tools

import (
	"math"
	"unicode/utf8"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/prices"
)

type createModelVoiceInput struct {
	Mode     string        `json:"mode" required:"true" enum:"instant,professional" doc:"instant: ready soon; professional: trained for long."`
	Audio    []InlineMedia `json:"audio" required:"true" opaque:"true" doc:"{type: url, url} or {type: asset_id, asset_id}. instant: one; professional: 20 min and more in all."`
	Name     *string       `json:"name" doc:"Name of the voice."`
	Language *string       `json:"language" doc:"What is spoken, e.g. en."`
	VoiceID  *string       `json:"voice_id" doc:"professional: trains this voice again."`
	Age      *string       `json:"age" doc:"instant: young or old."`
	engine.Keyed
}

// modelVoiceID is the input of a tool about one voice of HeyGen Voice.
type modelVoiceID struct {
	VoiceID string `json:"voice_id" in:"path" required:"true" len:"1-" doc:"From list_model_audio_voices."`
}

type listModelVoicesInput struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"10" doc:"Items a page."`
	pageToken
}

// modelVoice is v3's voice of HeyGen Voice.
type modelVoice struct {
	VoiceID   string `json:"voice_id"`
	Mode      string `json:"mode"`
	Name      string `json:"name"`
	Language  string `json:"language"`
	Status    string `json:"status"`
	State     string `json:"state"`
	Reason    string `json:"failure_reason"`
	CreatedAt string `json:"created_at"`
}

// startedVoice is the answer to create_model_audio_voice.
type startedVoice struct {
	VoiceID string `json:"voice_id"`
	Status  string `json:"status"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedVoice) JobIDs() []string { return []string{o.VoiceID} }

// deletedModelVoice says no more than that it went well.
type deletedModelVoice struct {
	Status string `json:"status"`
}

type modelSpeechInput struct {
	VoiceID    string   `json:"voice_id" required:"true" len:"1-" doc:"From list_model_audio_voices, once ACTIVE."`
	Text       string   `json:"text" required:"true" len:"1-" doc:"Plain text; professional voices also take <break time=\"2s\"/>, at most 5 s each."`
	Language   *string  `json:"language" doc:"Omitted: detected."`
	Model      *string  `json:"model" default:"heygen-voice-1" doc:"Model."`
	Expressive *float64 `json:"expressiveness_boost" min:"0" max:"1" default:"1" doc:"0 to 1."`
	Seed       *int     `json:"seed" doc:"The same seed speaks alike."`
	Speed      *float64 `json:"speed" doc:"1 is the usual."`
	PitchShift *float64 `json:"pitch_shift" doc:"Higher or lower than the voice."`
	PitchRange *float64 `json:"pitch_variance" doc:"How much the pitch moves."`
}

// spokenText is what generate_model_speech answers.
type spokenText struct {
	AudioURL string  `json:"audio_url"`
	Duration float64 `json:"duration"`
	engine.Cost
}

func modelVoiceTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createModelVoiceInput, startedVoice]{
			Name:        "create_model_audio_voice",
			Title:       "Make a voice of HeyGen Voice",
			Description: "Makes a voice for generate_model_speech from recordings of someone who agrees to it, or trains one again. wait_for_jobs tells when it is ACTIVE.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/models/audio/voices", Key: true},
			Job:         "model_voice",
		}.Bind(),
		engine.Tool[listModelVoicesInput, page]{
			Name:        "list_model_audio_voices",
			Title:       "List voices of HeyGen Voice",
			Description: "The account's voices for generate_model_speech. list_voices has those for videos and create_speech.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/models/audio/voices"},
			ListFields:  []string{"voice_id", "name", "language", "mode", "status", "failure_reason"},
		}.Bind(),
		engine.Tool[modelVoiceID, modelVoice]{
			Name:        "get_model_audio_voice",
			Title:       "Get a voice of HeyGen Voice",
			Description: "One voice and how far it is: PENDING, ACTIVE (it can speak) or FAILED.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/models/audio/voices/{voice_id}"},
		}.Bind(),
		engine.Tool[modelVoiceID, deletedModelVoice]{
			Name:        "delete_model_audio_voice",
			Title:       "Delete a voice of HeyGen Voice",
			Description: "Deletes a voice for good. One that is PENDING cannot be deleted yet.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/models/audio/voices/{voice_id}"},
			VerifyWith:  "get_model_audio_voice",
		}.Bind(),
		engine.Tool[modelSpeechInput, spokenText]{
			Name:        "generate_model_speech",
			Title:       "Speak a text with HeyGen Voice",
			Description: "Speaks a text with a voice of list_model_audio_voices and answers with the link of a WAV. Costs credits at every call; 30 calls a minute.",
			Effect:      engine.Creates,
			Op:          heygen.Op{Method: "POST", Path: "/v3/models/audio/tts"},
			VerifyWith:  "get_current_user, whose balance shows a charge,",
			Augment: func(in *modelSpeechInput, r *engine.Result[spokenText]) {
				cost := float64(utf8.RuneCountInString(in.Text)) * prices.ModelSpeechMillion / 1_000_000
				r.Out.CostUSD = new(math.Round(cost*10_000) / 10_000)
			},
		}.Bind(),
	}
}

// Check holds what the two ways of making a voice take.
func (v *createModelVoiceInput) Check(path string) *args.Fault {
	switch {
	case len(v.Audio) == 0:
		return args.Invalid(args.Join(path, "audio"), "audio must name at least one recording.", "Send recordings of the voice.")
	case v.Mode == "instant" && len(v.Audio) > 1:
		return args.Invalid(args.Join(path, "audio"), "mode instant takes one recording.", "Send one, or choose professional.")
	case v.Mode == "instant" && v.VoiceID != nil && *v.VoiceID != "":
		return args.Invalid(args.Join(path, "voice_id"), "Only professional voices can be trained again.", "Leave voice_id out, or choose professional.")
	case v.Mode == "professional" && v.Age != nil:
		return args.Invalid(args.Join(path, "age"), "age is for mode instant.", "Leave it out, or choose instant.")
	}
	return nil
}

// modelVoiceJob is a voice of HeyGen Voice that is being made.
func modelVoiceJob() jobs.Kind {
	return jobs.Kind{
		Name: "model_voice",
		Get:  heygen.Op{Method: "GET", Path: "/v3/models/audio/voices/{voice_id}"},
		Ref:  func(id string) any { return &modelVoiceID{VoiceID: id} },
		States: engine.States{
			engine.Pending: {"PENDING"},
			engine.Done:    {"ACTIVE"},
			engine.Failed:  {"FAILED"},
		},
		ListTool: "list_model_audio_voices",
	}
}
