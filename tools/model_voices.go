package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

type createModelVoiceInput struct {
	Mode     *string       `json:"mode" enum:"professional" doc:"The one there is."`
	Audio    []InlineMedia `json:"audio" required:"true" opaque:"true" len:"1-10" doc:"Recordings of one speaker, 20 minutes and more in all: {url} or {asset_id}."`
	Name     *string       `json:"name" len:"1-256" doc:"Name of the voice."`
	Language *string       `json:"language" len:"1-32" lang:"code,translation" doc:"What is spoken, e.g. en."`
	VoiceID  *string       `json:"voice_id" len:"1-64" pattern:"^\\S+$" doc:"Trains this voice again, which keeps name and language."`
	engine.Keyed
}

// modelVoiceID is the input of a tool about one voice of HeyGen Voice.
type modelVoiceID struct {
	VoiceID string `json:"voice_id" in:"path" required:"true" len:"1-" doc:"From list_model_audio_voices."`
}

type listModelVoicesInput struct {
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"10" obvious:"true" doc:"Items a page."`
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
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedVoice) JobIDs() []string { return []string{o.VoiceID} }

// deletedModelVoice says no more than that it went well.
type deletedModelVoice struct {
	Status string `json:"status"`
}

func modelVoiceTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[createModelVoiceInput, startedVoice]{
			Name:  "create_model_audio_voice",
			Title: "Make a voice of HeyGen Voice",
			Asked: "starfish model voice from recording",
			Description: "Makes a professional voice for generate_model_speech from recordings of " +
				"someone who agrees to it, or trains one again; each slot has five trainings a " +
				"month. wait_for_jobs tells when it is ACTIVE.",
			Effect: engine.Creates,
			Op:     heygen.Op{Method: "POST", Path: "/v3/models/audio/voices", Key: true},
			Job:    "model_voice",
			Free:   "trainings are counted against the slots",
		}.Bind(),
		engine.Tool[listModelVoicesInput, page]{
			Name:  "list_model_audio_voices",
			Title: "List voices of HeyGen Voice",
			Description: "The account's voices for generate_model_speech. list_voices has those for " +
				"videos and create_speech.",
			Op:         heygen.Op{Method: "GET", Path: "/v3/models/audio/voices"},
			ListFields: []string{"voice_id", "name", "language", "mode", "status", "failure_reason"},
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
	}
}

// Check holds what training a voice again takes.
func (v *createModelVoiceInput) Check(path string) *faults.Fault {
	if v.VoiceID != nil && (v.Name != nil || v.Language != nil) {
		return faults.Invalid(faults.Join(path, "voice_id"),
			"A voice that is trained again keeps its name and language.",
			"Leave name and language out, or voice_id to make a new voice.")
	}
	return nil
}

// modelVoiceJob is a voice of HeyGen Voice that is being made.
func modelVoiceJob() jobs.Kind {
	return jobs.Kind{
		Name: "model_voice",
		Get:  heygen.Op{Method: "GET", Path: "/v3/models/audio/voices/{voice_id}"},
		Ref:  func(id string) any { return &modelVoiceID{VoiceID: id} },
		States: vocabulary.States{
			vocabulary.Pending: {"PENDING"},
			vocabulary.Done:    {"ACTIVE"},
			vocabulary.Failed:  {"FAILED"},
		},
		ListTool: "list_model_audio_voices",
	}
}
