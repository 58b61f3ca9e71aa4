package tools

import (
	"strings"

	"heygen-mcp/tools/engine"
)

// videoOutput is what a video as a whole is given, whatever it is made from.
type videoOutput struct {
	Title           *string    `json:"title" doc:"Title in HeyGen's dashboard."`
	Resolution      *string    `json:"resolution" enum:"720p,1080p,4k" doc:"4k may be upscaled."`
	AspectRatio     *string    `json:"aspect_ratio" enum:"16:9,9:16,4:5,5:4,1:1,auto" sent:"auto" doc:"auto keeps the source's."`
	Caption         *caption   `json:"caption" opaque:"true" doc:"An SRT is always made; {style: default} burns captions in."`
	Watermark       *watermark `json:"watermark" opaque:"true" doc:"{image: {url} or {asset_id}, opacity 0 to 1, scale above 0 to 2, placement {position top_left…bottom_right, offset_x, offset_y}}; Enterprise only."`
	BrandGlossaryID *string    `json:"brand_glossary_id" len:"1-" doc:"Pronunciations for the script."`
	callback
}

// callback is where HeyGen says that a job has ended, and what it says there besides.
type callback struct {
	callbackURL
	CallbackID *string `json:"callback_id" doc:"Echoed to callback_url."`
}

// callback128 is callback where HeyGen bounds the id.
type callback128 struct {
	callbackURL
	CallbackID *string `json:"callback_id" len:"0-128" doc:"Echoed to callback_url."`
}

// callbackURL is where HeyGen says that a job has ended.
type callbackURL struct {
	CallbackURL *string `json:"callback_url" callback:"true" pattern:"^https?://" quiet:"true" doc:"Receives an unsigned POST when it is done."`
}

// caption is how captions are made.
type caption struct {
	FileFormat *string `json:"file_format" enum:"srt" default:"srt" doc:"Of the sidecar file."`
	Style      *string `json:"style" enum:"default" doc:"default burns captions in."`
}

// FromTrue burns the captions in, which is what the file beside the video does not do by itself.
func (caption) FromTrue() map[string]any { return map[string]any{"style": "default"} }

// FromString reads the word that captions may also be: their style, or the format of the file.
func (caption) FromString(s string) map[string]any {
	if strings.EqualFold(s, "srt") {
		return map[string]any{"file_format": "srt"}
	}
	return map[string]any{"style": s}
}

// watermark is an image laid over the video.
type watermark struct {
	Image     *InlineMedia `json:"image" required:"true" opaque:"true" doc:"PNG or JPEG: {url} or {asset_id}."`
	Opacity   *float64     `json:"opacity" min:"0" max:"1" default:"1" doc:"0 to 1."`
	Scale     *float64     `json:"scale" exclusiveMin:"0" max:"2" default:"1" doc:"Above 0, at most 2."`
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
	VideoID      string `json:"video_id"`
	Status       string `json:"status"`
	OutputFormat string `json:"output_format"`
	engine.Cost
	engine.JobHint
}

// JobIDs are of the one job.
func (o *started) JobIDs() []string { return []string{o.VideoID} }
