package tools

import (
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/links"
)

type createAvatarVideoInput struct {
	avatarVideo
	inFolder
	engine.Paid
	engine.Keyed
}

// avatarVideo is a video of an avatar, alone or in a batch.
type avatarVideo struct {
	AvatarID string `json:"avatar_id" required:"true" len:"1-" doc:"A look's id, from list_avatar_looks."`
	spoken
	Engine *avatarEngine `json:"engine" doc:"Default avatar_iv; must be among the look's supported_api_engines."`
	speaker
	videoOutput
}

// avatarEngine chooses the renderer.
type avatarEngine struct {
	Type            string  `json:"type" required:"true" enum:"avatar_iii,avatar_iv,avatar_v" doc:"avatar_iii alone renders 4k natively."`
	ReferenceLookID *string `json:"reference_look_id" doc:"avatar_v: a digital_twin look of the same group."`
}

// kind is the engine that renders; without a choice it is v3's default.
func (e *avatarEngine) kind() string {
	if e == nil {
		return "avatar_iv"
	}
	return e.Type
}

// speaker is how an avatar that speaks is seen.
type speaker struct {
	Fit              *string     `json:"fit" enum:"contain,cover" doc:"cover may crop; contain may show background."`
	Background       *background `json:"background" opaque:"true" doc:"{type: color, value: #RRGGBB} or {type: image, url | asset_id}; not with webm."`
	RemoveBackground *bool       `json:"remove_background" doc:"Video avatars need matting for it."`
	OutputFormat     *string     `json:"output_format" enum:"mp4,webm" default:"mp4" doc:"webm is transparent and needs matting."`
	acting
}

// acting is how an avatar moves.
type acting struct {
	Expressiveness *string `json:"expressiveness" enum:"low,medium,high" doc:"Photo avatars on avatar_iv only."`
	MotionPrompt   *string `json:"motion_prompt" doc:"Movement to make, e.g. wave. avatar_iv: of photo avatars; avatar_v: of video avatars and most photo avatars."`
}

// background is what stands behind the avatar.
type background struct {
	Type    string   `json:"type" required:"true" enum:"color,image" doc:"color or image."`
	Value   *color   `json:"value" pattern:"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$" doc:"Of a color: hex, e.g. #ff0000."`
	URL     *fileURL `json:"url" doc:"Of an image: its URL, or asset_id."`
	AssetID *string  `json:"asset_id" doc:"Of an image: an uploaded asset."`
}

// FromString reads the bare string that a background may also be: a color, or where an image is. A word
// without a digit is a color that nobody knows: no id is made so.
func (background) FromString(s string) map[string]any {
	if isColor(s) || strings.HasPrefix(s, "#") || links.Read(s).Kind == links.ID && !strings.ContainsAny(s, "0123456789") {
		return map[string]any{"type": "color", "value": s}
	}
	image := Media{}.FromString(s)
	image["type"] = "image"
	return image
}

// Complete says what a background is that does not say so itself.
func (background) Complete(object map[string]any) {
	linkFromID(object, "asset_id", "url")
	switch {
	case object["type"] != nil:
	case object["value"] != nil:
		object["type"] = "color"
	case object["url"] != nil || object["asset_id"] != nil:
		object["type"] = "image"
	}
}

// Check holds v3's rules between the fields that need no knowledge of the look.
func (v *avatarVideo) Check(path string) *faults.Fault {
	if r := v.spoken.Check(path); r != nil {
		return r
	}
	if r := v.speaker.Check(path); r != nil {
		return r
	}
	return v.checkOn(v.Engine, path)
}

// ifTheLookHas keeps an advice from leading to an engine that HeyGen refuses next.
const ifTheLookHas = ", if supported_api_engines of the look has it (get_avatar_look)."

// checkOn holds what an engine cannot do.
func (a *acting) checkOn(e *avatarEngine, path string) *faults.Fault {
	kind := e.kind()
	switch {
	case a.Expressiveness != nil && kind != "avatar_iv":
		return faults.Invalid(faults.Join(path, "expressiveness"), "expressiveness works with engine avatar_iv only.", "Leave it out, or choose avatar_iv"+ifTheLookHas)
	case a.MotionPrompt != nil && kind == "avatar_iii":
		return faults.Invalid(faults.Join(path, "motion_prompt"), "motion_prompt does not work with engine avatar_iii.", "Leave it out, or choose avatar_iv or avatar_v"+ifTheLookHas)
	case e != nil && e.ReferenceLookID != nil && kind != "avatar_v":
		return faults.Invalid(faults.Join(path, "engine.reference_look_id"), "reference_look_id works with engine avatar_v only.", "Leave it out, or choose avatar_v"+ifTheLookHas)
	}
	return nil
}

// Check holds the rule of transparent videos.
func (s *speaker) Check(path string) *faults.Fault {
	return transparent(s.OutputFormat, s.Background, path)
}

// transparent holds that nothing stands behind a video that is transparent.
func transparent(format *string, behind *background, path string) *faults.Fault {
	if format != nil && *format == "webm" && behind != nil {
		return faults.Invalid(faults.Join(path, "background"), "output_format webm is transparent and takes no background.", "Leave background out, or choose mp4.")
	}
	return nil
}

// Check holds the rules of a background.
func (b *background) Check(path string) *faults.Fault {
	switch {
	case b.Type == "color" && (b.Value == nil || b.URL != nil || b.AssetID != nil):
		return faults.Invalid(faults.Join(path, "value"), "A background of type color takes value and nothing else.", "Send {\"type\":\"color\",\"value\":\"#RRGGBB\"}.")
	case b.Type == "image" && ((b.URL == nil) == (b.AssetID == nil) || b.Value != nil):
		return faults.Invalid(path, "A background of type image takes exactly one of url and asset_id.", "Send one of the "+
			"two, and no value.")
	}
	return nil
}
