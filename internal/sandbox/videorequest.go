package sandbox

import "encoding/json"

// videoRequest is the body of POST /v3/videos for an avatar or an image. Pointers tell what was
// left out from what was sent as zero.
type videoRequest struct {
	AvatarID string     `json:"avatar_id"`
	Image    *fileInput `json:"image"`
	lineRequest
	actRequest
	outputRequest
	OutputFormat     *string            `json:"output_format"`
	RemoveBackground *bool              `json:"remove_background"`
	Background       *backgroundRequest `json:"background"`
}

// lineRequest is what is said in a video, in one of three ways.
type lineRequest struct {
	Script        *string        `json:"script"`
	AudioURL      *string        `json:"audio_url"`
	AudioAssetID  *string        `json:"audio_asset_id"`
	VoiceID       *string        `json:"voice_id"`
	VoiceSettings *voiceSettings `json:"voice_settings"`
}

// actRequest is how an avatar moves.
type actRequest struct {
	Engine         *engineRequest `json:"engine"`
	Expressiveness *string        `json:"expressiveness"`
	MotionPrompt   *string        `json:"motion_prompt"`
}

// outputRequest is what a video as a whole is given, whatever it is made from.
type outputRequest struct {
	Title           *string         `json:"title"`
	AspectRatio     *string         `json:"aspect_ratio"`
	Resolution      *string         `json:"resolution"`
	Caption         *captionRequest `json:"caption"`
	Watermark       *watermarkInput `json:"watermark"`
	FolderID        *string         `json:"folder_id"`
	CallbackURL     *string         `json:"callback_url"`
	CallbackID      *string         `json:"callback_id"`
	BrandGlossaryID *string         `json:"brand_glossary_id"`
}

type voiceSettings struct {
	Speed          *float64 `json:"speed"`
	EngineSettings *struct {
		EngineType string   `json:"engine_type"`
		Model      *string  `json:"model"`
		Stability  *float64 `json:"stability"`
	} `json:"engine_settings"`

	sent json.RawMessage // as the scenes of the video show it
}

// UnmarshalJSON keeps what was sent besides what is read of it.
func (vs *voiceSettings) UnmarshalJSON(raw []byte) error {
	type plain voiceSettings
	vs.sent = append(json.RawMessage(nil), raw...)
	return json.Unmarshal(raw, (*plain)(vs))
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

// file is the picture behind, which has either an address or an id.
func (b *backgroundRequest) file() *fileInput {
	if b.URL != nil {
		return &fileInput{Type: "url", URL: *b.URL}
	}
	return &fileInput{Type: "asset_id", AssetID: value(b.AssetID)}
}

type watermarkInput struct {
	Image fileInput `json:"image"`
}

type captionRequest struct {
	Style *string `json:"style"`
}

// spoken is how many of the three ways were chosen.
func (in *lineRequest) spoken() int {
	n := 0
	for _, source := range []*string{in.Script, in.AudioURL, in.AudioAssetID} {
		if source != nil {
			n++
		}
	}
	return n
}

func (in *lineRequest) speed() float64 {
	if in.VoiceSettings == nil || in.VoiceSettings.Speed == nil {
		return 1
	}
	return *in.VoiceSettings.Speed
}

func (in *actRequest) engine() string {
	if in.Engine == nil {
		return engineIV
	}
	return in.Engine.Type
}

// captions says whether captions are burned in.
func (in *outputRequest) captions() bool { return in.Caption != nil && in.Caption.Style != nil }

func (in *videoRequest) format() string {
	if in.OutputFormat == nil {
		return "mp4"
	}
	return *in.OutputFormat
}
