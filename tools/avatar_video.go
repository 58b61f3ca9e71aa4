package tools

// createAvatarVideo is the input of create_video_from_avatar.
type createAvatarVideo struct {
	avatarVideo
	inFolder
	keyed
}

// avatarVideo is a video of an avatar, alone or in a batch.
type avatarVideo struct {
	AvatarID string `json:"avatar_id" need:"yes" len:"1-" doc:"A look's id, from list_avatar_looks."`
	spoken
	Title            *string     `json:"title" doc:"Title in HeyGen's dashboard."`
	Engine           *engine     `json:"engine" doc:"Default avatar_iv; must be among the look's supported_api_engines."`
	Resolution       *string     `json:"resolution" enum:"720p,1080p,4k" doc:"4k is native with avatar_iii only."`
	AspectRatio      *string     `json:"aspect_ratio" enum:"16:9,9:16,4:5,5:4,1:1,auto" default:"16:9" doc:"auto keeps the source's."`
	Fit              *string     `json:"fit" enum:"contain,cover" doc:"cover may crop; contain may show background."`
	Background       *background `json:"background" doc:"Behind the avatar; not with webm."`
	RemoveBackground *bool       `json:"remove_background" doc:"Video avatars need matting for it."`
	OutputFormat     *string     `json:"output_format" enum:"mp4,webm" default:"mp4" doc:"webm is transparent and needs matting."`
	Expressiveness   *string     `json:"expressiveness" enum:"low,medium,high" doc:"Photo avatars on avatar_iv only."`
	MotionPrompt     *string     `json:"motion_prompt" doc:"Gestures in words: photo avatars on IV or V, video avatars on V."`
	Caption          *caption    `json:"caption" doc:"An SRT is always made; style default burns captions in."`
	Watermark        *watermark  `json:"watermark" show:"object" doc:"{image, opacity 0 to 1, scale above 0 to 2, placement {position top_left…bottom_right, offset_x, offset_y}}; Enterprise only."`
	BrandGlossaryID  *string     `json:"brand_glossary_id" doc:"Pronunciations for the script."`
	callback
}

// callback is where HeyGen says that a job has ended.
type callback struct {
	CallbackURL *string `json:"callback_url" doc:"Receives a POST when it is done."`
	CallbackID  *string `json:"callback_id" doc:"Echoed to callback_url."`
}

// engine chooses the renderer.
type engine struct {
	Type            string  `json:"type" need:"yes" enum:"avatar_iii,avatar_iv,avatar_v" doc:"The engine."`
	ReferenceLookID *string `json:"reference_look_id" doc:"avatar_v: a digital_twin look of the same group."`
}

// background is what stands behind the avatar.
type background struct {
	Type    string  `json:"type" need:"yes" enum:"color,image" doc:"color or image."`
	Value   *string `json:"value" pattern:"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" doc:"Of a color: hex, e.g. #ff0000."`
	URL     *string `json:"url" doc:"Of an image: its URL, or asset_id."`
	AssetID *string `json:"asset_id" doc:"Of an image: an uploaded asset."`
}

// caption is how captions are made.
type caption struct {
	FileFormat *string `json:"file_format" enum:"srt" default:"srt" doc:"Of the sidecar file."`
	Style      *string `json:"style" enum:"default" doc:"default burns captions in."`
}

// watermark is an image laid over the video.
type watermark struct {
	Image     *InlineMedia `json:"image" need:"yes" show:"object" doc:"PNG or JPEG: a URL, an asset id, or {type, …}."`
	Opacity   *float64     `json:"opacity" min:"0" max:"1" default:"1" doc:"0 to 1."`
	Scale     *float64     `json:"scale" above:"0" max:"2" default:"1" doc:"Above 0, at most 2."`
	Placement *placement   `json:"placement" doc:"Default bottom_right."`
}

// placement is where a watermark stands.
type placement struct {
	Position *string  `json:"position" enum:"top_left,top_right,bottom_left,bottom_right" default:"bottom_right" doc:"Corner."`
	OffsetX  *float64 `json:"offset_x" min:"-1" max:"1" doc:"Fraction of the width, -1 to 1."`
	OffsetY  *float64 `json:"offset_y" min:"-1" max:"1" doc:"Fraction of the height, -1 to 1."`
}

// started is the answer to a create whose job runs on.
type started struct {
	VideoID      string  `json:"video_id"`
	Status       string  `json:"status"`
	OutputFormat string  `json:"output_format"`
	Seconds      float64 `json:"estimated_duration_seconds"`
	Cost         float64 `json:"estimated_cost_usd"`
	PollAfter    int     `json:"poll_after_seconds"`
	CheckWith    string  `json:"check_with"`
	JobKind      string  `json:"job_kind"`
}

// engine is the engine that renders the video.
func (v *avatarVideo) engine() string {
	if v.Engine == nil {
		return "avatar_iv" // v3's default
	}
	return v.Engine.Type
}

// check holds v3's rules between the fields that need no knowledge of the look.
func (v *avatarVideo) check(path string) *Refusal {
	if r := v.spoken.check(path); r != nil {
		return r
	}
	kind := v.engine()
	webm := v.OutputFormat != nil && *v.OutputFormat == "webm"
	switch {
	case webm && v.Background != nil:
		return invalid(join(path, "background"), "output_format webm is transparent and takes no background.", "Leave background out, or choose mp4.")
	case v.Expressiveness != nil && kind != "avatar_iv":
		return invalid(join(path, "expressiveness"), "expressiveness works with engine avatar_iv only.", "Leave it out, or choose avatar_iv.")
	case v.MotionPrompt != nil && kind == "avatar_iii":
		return invalid(join(path, "motion_prompt"), "motion_prompt does not work with engine avatar_iii.", "Leave it out, or choose avatar_iv or avatar_v.")
	case v.Engine != nil && v.Engine.ReferenceLookID != nil && kind != "avatar_v":
		return invalid(join(path, "engine.reference_look_id"), "reference_look_id works with engine avatar_v only.", "Leave it out, or choose avatar_v.")
	}
	return nil
}

// check holds the rules of a background.
func (b *background) check(path string) *Refusal {
	switch {
	case b.Type == "color" && (b.Value == nil || b.URL != nil || b.AssetID != nil):
		return invalid(join(path, "value"), "A background of type color takes value and nothing else.", "Send {\"type\":\"color\",\"value\":\"#rrggbb\"}.")
	case b.Type == "image" && ((b.URL == nil) == (b.AssetID == nil) || b.Value != nil):
		return invalid(path, "A background of type image takes exactly one of url and asset_id.", "Send one of the two, and no value.")
	}
	return nil
}
