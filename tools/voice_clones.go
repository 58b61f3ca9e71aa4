package tools

import (
	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/jobs"
	"heygen-mcp/tools/vocabulary"
)

// voiceID is the input of a tool about one voice.
type voiceID struct {
	VoiceID string `json:"voice_id" in:"path" required:"true" len:"1-" doc:"A voice's id, or a clone's."`
}

// voice is v3's voice in detail.
type voice struct {
	VoiceID     string `json:"voice_id"`
	Name        string `json:"name"`
	Status      string `json:"status"`
	State       string `json:"state"`
	Failure     string `json:"failure_message"`
	Language    string `json:"language"`
	Gender      string `json:"gender"`
	Preview     string `json:"preview_audio_url"`
	Pause       bool   `json:"support_pause"`
	Interactive bool   `json:"support_interactive_avatar"`
	CreatedAt   string `json:"created_at"`
}

// deletedVoice is the answer to the deletion of a voice.
type deletedVoice struct {
	VoiceID string `json:"voice_id"`
}

type cloneVoiceInput struct {
	VoiceName   string      `json:"voice_name" required:"true" len:"1-100" doc:"Name of the new voice."`
	Audio       InlineMedia `json:"audio" required:"true" opaque:"true" doc:"Recording of one speaker: {url} or {asset_id}."`
	Language    *string     `json:"language" lang:"code,translation" doc:"Spoken in it, e.g. es. Omitted: detected."`
	RemoveNoise *bool       `json:"remove_background_noise" doc:"Default true."`
}

// startedClone is the answer to clone_voice.
type startedClone struct {
	VoiceID string `json:"voice_id"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *startedClone) JobIDs() []string { return []string{o.VoiceID} }

func voiceCloneTools() []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[voiceID, voice]{
			Name:        "get_voice",
			Title:       "Get a voice",
			Asked:       "sample preview one voice",
			Description: "One voice. Of a clone also how far it is: processing, complete (it can speak now) or failed.",
			Op:          heygen.Op{Method: "GET", Path: "/v3/voices/{voice_id}"},
		}.Bind(),
		engine.Tool[cloneVoiceInput, startedClone]{
			Name:  "clone_voice",
			Title: "Clone a voice",
			Asked: "sound like me my own voice sample copy record imitate mimic sounds exactly recording boss narrator " +
				"timbre talk exactly as I do computer talks",
			Description: "Makes a voice of a recording of someone who agrees to it. wait_for_jobs tells when it can speak, " +
				"with its voice_id.",
			Effect:     engine.Creates,
			Op:         heygen.Op{Method: "POST", Path: "/v3/voices/clone"},
			VerifyWith: "list_voices with type private",
			Job:        "voice_clone",
			Free:       "voice clones are counted against the plan",
		}.Bind(),
		engine.Tool[voiceID, deletedVoice]{
			Name:        "delete_voice",
			Title:       "Delete a cloned voice",
			Asked:       "cloned copy no longer forget",
			Description: "Deletes a voice clone of the account for good. A voice that a template uses stays.",
			Effect:      engine.Deletes,
			Op:          heygen.Op{Method: "DELETE", Path: "/v3/voices/{voice_id}"},
			VerifyWith:  "get_voice",
		}.Bind(),
	}
}

// voiceCloneJob is a voice that is being cloned.
func voiceCloneJob() jobs.Kind {
	return jobs.Kind{
		Name:     "voice_clone",
		Get:      heygen.Op{Method: "GET", Path: "/v3/voices/{voice_id}"},
		Ref:      func(id string) any { return &voiceID{VoiceID: id} },
		OtherIDs: []string{"voice_clone_id"}, // of the create
		Files:    []string{"preview_audio_url"},
		States: vocabulary.States{
			vocabulary.Running: {"processing"},
			vocabulary.Done:    {"complete", ""}, // a voice of the library has no status
			vocabulary.Failed:  {"failed"},
		},
		ListTool: "list_voices",
	}
}
