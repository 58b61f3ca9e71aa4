package tools

import "encoding/json"

// spoken is what an avatar or an image says: exactly one of a script and two kinds of audio.
type spoken struct {
	Script        *string        `json:"script" len:"1-5000" doc:"Text to speak, 1 to 5000 characters; excludes audio."`
	VoiceID       *string        `json:"voice_id" doc:"Voice of the script. Omitted: the look's default voice."`
	AudioURL      *string        `json:"audio_url" doc:"Public URL of audio to lip-sync, at most 600 s; excludes script."`
	AudioAssetID  *string        `json:"audio_asset_id" doc:"Uploaded audio to lip-sync; excludes script."`
	VoiceSettings *voiceSettings `json:"voice_settings" doc:"How the script is spoken; no effect on audio."`
}

// voiceSettings tunes a voice.
type voiceSettings struct {
	Speed          *float64                   `json:"speed,omitempty" min:"0.5" max:"1.5" default:"1" doc:"0.5 to 1.5."`
	Pitch          *float64                   `json:"pitch,omitempty" min:"-50" max:"50" default:"0" doc:"Semitones, -50 to 50."`
	Volume         *float64                   `json:"volume,omitempty" min:"0" max:"1" default:"1" doc:"0 (silent) to 1."`
	Locale         *string                    `json:"locale,omitempty" doc:"Accent as a BCP-47 tag."`
	EngineSettings map[string]json.RawMessage `json:"engine_settings,omitempty" doc:"{engine_type: elevenlabs, fish or starfish, …} with that engine's own settings."`
}

// check holds the rules between the sources of speech.
func (s *spoken) check() *Refusal {
	var given []string
	for name, v := range map[string]*string{"script": s.Script, "audio_url": s.AudioURL, "audio_asset_id": s.AudioAssetID} {
		if v != nil {
			given = append(given, name)
		}
	}
	if len(given) != 1 {
		return invalid("script", "Exactly one of script, audio_url and audio_asset_id is needed.", "Send one of the three and leave the others out.")
	}
	return nil
}
