package sandbox

// videoRequest is the body of POST /v3/videos for an avatar. Pointers tell
// what was left out from what was sent as zero.
type videoRequest struct {
	AvatarID         string             `json:"avatar_id"`
	Script           *string            `json:"script"`
	AudioURL         *string            `json:"audio_url"`
	AudioAssetID     *string            `json:"audio_asset_id"`
	VoiceID          *string            `json:"voice_id"`
	VoiceSettings    *voiceSettings     `json:"voice_settings"`
	Title            *string            `json:"title"`
	OutputFormat     *string            `json:"output_format"`
	Engine           *engineRequest     `json:"engine"`
	Expressiveness   *string            `json:"expressiveness"`
	MotionPrompt     *string            `json:"motion_prompt"`
	RemoveBackground *bool              `json:"remove_background"`
	Background       *backgroundRequest `json:"background"`
	Caption          *captionRequest    `json:"caption"`
	Watermark        *struct{}          `json:"watermark"`
	FolderID         *string            `json:"folder_id"`
	BrandGlossaryID  *string            `json:"brand_glossary_id"`
}

type voiceSettings struct {
	Speed          *float64 `json:"speed"`
	EngineSettings *struct {
		EngineType string   `json:"engine_type"`
		Model      *string  `json:"model"`
		Stability  *float64 `json:"stability"`
	} `json:"engine_settings"`
}

type engineRequest struct {
	Type            string  `json:"type"`
	ReferenceLookID *string `json:"reference_look_id"`
}

type backgroundRequest struct {
	Type    string  `json:"type"`
	Value   *string `json:"value"`
	URL     *string `json:"url"`
	AssetID *string `json:"asset_id"`
}

type captionRequest struct {
	Style *string `json:"style"`
}

func (in *videoRequest) speed() float64 {
	if in.VoiceSettings == nil || in.VoiceSettings.Speed == nil {
		return 1
	}
	return *in.VoiceSettings.Speed
}

func (in *videoRequest) engine() string {
	if in.Engine == nil {
		return engineIV
	}
	return in.Engine.Type
}

func (in *videoRequest) format() string {
	if in.OutputFormat == nil {
		return "mp4"
	}
	return *in.OutputFormat
}

// videoFields is what v3 declares for the body, before the rules that look at
// several fields together.
func videoFields() []field {
	text := func(name string) field { return field{name: name, kind: "string", null: true} }
	choice := func(name string, enum ...string) field {
		return field{name: name, kind: "string", null: true, enum: enum}
	}
	between := func(name string, least, most float64) field {
		return field{name: name, kind: "number", min: &least, max: &most}
	}
	return []field{
		{name: "type", kind: "string", required: true, enum: []string{"avatar"}},
		{name: "avatar_id", kind: "string", required: true},
		{name: "script", kind: "string", null: true, minLen: 1, maxLen: 5000},
		text("audio_url"), text("audio_asset_id"), text("voice_id"), text("title"),
		text("callback_id"), text("callback_url"), text("motion_prompt"),
		text("folder_id"), text("brand_glossary_id"),
		choice("aspect_ratio", "16:9", "9:16", "4:5", "5:4", "1:1", "auto"),
		choice("expressiveness", "high", "medium", "low"),
		choice("fit", "contain", "cover"),
		choice("resolution", "4k", "1080p", "720p"),
		{name: "output_format", kind: "string", enum: []string{"mp4", "webm"}},
		{name: "remove_background", kind: "boolean", null: true},
		{name: "background", kind: "object", null: true, fields: []field{
			{name: "type", kind: "string", required: true, enum: []string{"color", "image"}},
			text("value"), text("url"), text("asset_id"),
		}},
		{name: "caption", kind: "object", null: true, fields: []field{
			{name: "file_format", kind: "string", enum: []string{"srt"}},
			choice("style", "default"),
		}},
		{name: "engine", kind: "object", null: true, by: "type", variants: map[string][]field{
			engineIII: {},
			engineIV:  {},
			engineV:   {text("reference_look_id")},
		}},
		{name: "voice_settings", kind: "object", null: true, fields: []field{
			between("speed", 0.5, 1.5), between("pitch", -50, 50), between("volume", 0, 1),
			text("locale"), voiceEngineField(),
		}},
		{name: "watermark", kind: "object", null: true, fields: []field{
			{name: "image", kind: "object", required: true, by: "type", variants: map[string][]field{
				"url":      {{name: "url", kind: "string", required: true}},
				"asset_id": {{name: "asset_id", kind: "string", required: true}},
				"base64": {
					{name: "media_type", kind: "string", required: true},
					{name: "data", kind: "string", required: true},
				},
			}},
			between("opacity", 0, 1),
			{name: "scale", kind: "number", min: new(0.0), max: new(2.0), above: true},
			{name: "placement", kind: "object", null: true, fields: []field{
				{name: "position", kind: "string", enum: []string{"top_left", "top_right", "bottom_left", "bottom_right"}},
				{name: "offset_x", kind: "number", null: true, min: new(-1.0), max: new(1.0)},
				{name: "offset_y", kind: "number", null: true, min: new(-1.0), max: new(1.0)},
			}},
		}},
	}
}

func voiceEngineField() field {
	share := func(name string) field {
		return field{name: name, kind: "number", null: true, min: new(0.0), max: new(1.0)}
	}
	return field{name: "engine_settings", kind: "object", null: true, by: "engine_type", variants: map[string][]field{
		"elevenlabs": {
			{name: "model", kind: "string", null: true, enum: []string{
				"eleven_multilingual_v2", "eleven_turbo_v2_5", "eleven_flash_v2_5", "eleven_v3",
			}},
			share("similarity_boost"), share("stability"), share("style"),
			{name: "use_speaker_boost", kind: "boolean", null: true},
		},
		"fish": {
			{name: "model", kind: "string", null: true, enum: []string{"s1", "s2-pro"}},
			share("similarity"), share("stability"),
		},
		"starfish": {},
	}}
}
