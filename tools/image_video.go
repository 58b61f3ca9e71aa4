package tools

import (
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

type createImageVideoInput struct {
	imageVideo
	inFolder
	engine.Paid
	engine.Keyed
}

// imageVideo is a video of an image that speaks, alone or in a batch.
type imageVideo struct {
	Image *InlineMedia `json:"image" required:"true" opaque:"true" doc:"{url}, {asset_id} or {media_type, data: base64 of up to 10,000 characters; larger: create_asset_upload}."`
	narrated
	Fit              *string     `json:"fit" enum:"contain,cover" doc:"cover may crop; contain may show background."`
	Background       *background `json:"background" opaque:"true" doc:"{type: color, value: #RRGGBB} or {type: image, url | asset_id}; not with webm."`
	RemoveBackground *bool       `json:"remove_background" doc:"Cut the person out."`
	OutputFormat     *string     `json:"output_format" enum:"mp4,webm" default:"mp4" doc:"webm is transparent."`
	Expressiveness   *string     `json:"expressiveness" enum:"low,medium,high" doc:"How lively; default low."`
	MotionPrompt     *string     `json:"motion_prompt" doc:"Movement to make, e.g. wave."`
	videoOutput
}

// Check holds v3's rules between the fields.
func (v *imageVideo) Check(path string) *faults.Fault {
	if r := v.narrated.Check(path); r != nil {
		return r
	}
	return transparent(v.OutputFormat, v.Background, path)
}
