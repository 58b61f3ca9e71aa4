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
	CallbackURL      *string            `json:"callback_url"`
	CallbackID       *string            `json:"callback_id"`
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
