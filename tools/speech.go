package tools

import (
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// spoken is what an avatar says, in a voice of its own unless one is named.
type spoken struct {
	saying
	VoiceID *string `json:"voice_id" doc:"Voice of the script. Omitted: the look's default voice."`
}

// Check holds the rules between the sources of speech. It is spoken's own, so that a struct which embeds this and other
// rules must have a check too.
func (s *spoken) Check(path string) *faults.Fault { return s.saying.Check(path) }

// narrated is what is said where there is no avatar whose voice a script could take.
type narrated struct {
	saying
	VoiceID *string `json:"voice_id" doc:"Voice of the script, which needs one; from list_voices."`
}

// saying is exactly one of a script and two kinds of audio.
type saying struct {
	Script        *string        `json:"script" spoken:"true" len:"1-5000" doc:"Text to speak, 1 to 5000 characters; excludes audio."`
	AudioURL      *fileURL       `json:"audio_url" doc:"Public URL of audio to lip-sync, at most 600 s; excludes script."`
	AudioAssetID  *string        `json:"audio_asset_id" doc:"Uploaded audio to lip-sync; excludes script."`
	VoiceSettings *voiceSettings `json:"voice_settings" opaque:"true" doc:"Of the script: {speed 0.5 to 1.5, pitch -50 to 50, volume 0 to 1, locale (a BCP-47 tag), engine_settings}. engine_settings: {engine_type: elevenlabs, model, stability, similarity_boost, style, use_speaker_boost}, {engine_type: fish, model, similarity, stability} or {engine_type: starfish}."`
}

// Complete reads audio that is given as other tools take it, and a link in the place of an asset's id.
func (saying) Complete(object map[string]any) {
	for _, name := range []string{"audio_url", "audio_asset_id"} {
		file, ok := object[name].(map[string]any)
		if !ok {
			continue
		}
		if link, ok := linkOf(file); ok {
			object[name] = link
		}
	}
	linkFromID(object, "audio_asset_id", "audio_url")
}

// voiceSettings tunes a voice.
type voiceSettings struct {
	Speed          *float64     `json:"speed" min:"0.5" max:"1.5" default:"1" doc:"0.5 to 1.5."`
	Pitch          *float64     `json:"pitch" min:"-50" max:"50" default:"0" doc:"Semitones, -50 to 50."`
	Volume         *float64     `json:"volume" min:"0" max:"1" default:"1" doc:"0 (silent) to 1."`
	Locale         *string      `json:"locale" lang:"locale,translation" doc:"Accent as a BCP-47 tag."`
	EngineSettings *voiceEngine `json:"engine_settings" opaque:"true" doc:"{engine_type: elevenlabs, fish or starfish} with that engine's own settings."`
}

// sources counts those of the three that were given.
func (s *saying) sources() (n int) {
	for _, given := range []bool{s.Script != nil, s.AudioURL != nil, s.AudioAssetID != nil} {
		if given {
			n++
		}
	}
	return n
}

// Check holds the rules between the sources, and that a script has a voice.
func (s *narrated) Check(path string) *faults.Fault {
	if r := s.saying.Check(path); r != nil {
		return r
	}
	if s.Script != nil && s.VoiceID == nil {
		return faults.Invalid(faults.Join(path, "voice_id"), "A script needs a voice_id here: there is no avatar whose voice it could take.", "Choose one from list_voices.")
	}
	return nil
}

// silent holds that where nothing is said there is no voice to say it.
func (s *narrated) silent(path string) *faults.Fault {
	switch {
	case s.VoiceID != nil:
		return faults.Invalid(faults.Join(path, "voice_id"), "There is no script for the voice to speak.", "Send a script "+
			"too, or leave voice_id out.")
	case s.VoiceSettings != nil:
		return faults.Invalid(faults.Join(path, "voice_settings"), "There is no script that voice_settings could tune.", "Send a script and a voice_id too, or leave voice_settings out.")
	}
	return nil
}

// Check holds the rules between the sources of speech.
func (s *saying) Check(path string) *faults.Fault {
	if s.sources() != 1 {
		return faults.Invalid(faults.Join(path, "script"), "Exactly one of script, audio_url and audio_asset_id is needed.", "Send one of the three and leave the others out.")
	}
	return nil
}

// voiceEngine is the settings of the engine behind a voice.
type voiceEngine struct {
	inputs.Union `by:"engine_type"`
	ElevenLabs   *elevenLabs   `variant:"elevenlabs"`
	Fish         *fishSettings `variant:"fish"`
	Starfish     *starfish     `variant:"starfish"`
}

// elevenLabs is what the elevenlabs engine takes.
type elevenLabs struct {
	Model      *string  `json:"model" enum:"eleven_multilingual_v2,eleven_turbo_v2_5,eleven_flash_v2_5,eleven_v3" doc:"Model."`
	Similarity *float64 `json:"similarity_boost" min:"0" max:"1" doc:"0 to 1."`
	Stability  *float64 `json:"stability" min:"0" max:"1" doc:"0 to 1; with eleven_v3 0, 0.5 or 1."`
	Style      *float64 `json:"style" min:"0" max:"1" doc:"0 to 1."`
	Boost      *bool    `json:"use_speaker_boost" doc:"Closer to the speaker."`
}

// Check holds the rule of the newest model.
func (e *elevenLabs) Check(path string) *faults.Fault {
	if e.Model != nil && *e.Model == "eleven_v3" && e.Stability != nil && *e.Stability != 0 && *e.Stability != 0.5 && *e.Stability != 1 {
		return faults.Invalid(faults.Join(path, "stability"), "With model eleven_v3 stability is 0, 0.5 or 1.", "Send one of the three.")
	}
	return nil
}

// fishSettings is what the fish engine takes.
type fishSettings struct {
	Model      *string  `json:"model" enum:"s1,s2-pro" doc:"Model."`
	Similarity *float64 `json:"similarity" min:"0" max:"1" doc:"0 to 1."`
	Stability  *float64 `json:"stability" min:"0" max:"1" doc:"0 to 1."`
}

// starfish takes no settings.
type starfish struct{}
