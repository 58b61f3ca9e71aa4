package argstest

import (
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// File is a struct with a discriminator that follows from the other members.
type File struct {
	Type    string  `json:"type" required:"true" enum:"url,asset_id" doc:"Kind."`
	URL     *string `json:"url" doc:"URL."`
	AssetID *string `json:"asset_id" doc:"Asset."`
}

// Motor has one obvious member.
type Motor struct {
	Type string  `json:"type" required:"true" enum:"avatar_iii,avatar_iv,avatar_v" doc:"Engine."`
	Look *string `json:"look_id" doc:"Look."`
}

// Labels may be given as true.
type Labels struct {
	Style *string `json:"style" enum:"default" doc:"Style."`
}

// FromTrue is the one style.
func (Labels) FromTrue() map[string]any { return map[string]any{"style": "default"} }

// Order has a field of each kind.
type Order struct {
	Title    *string        `json:"title" doc:"Title."`
	Script   *string        `json:"script" len:"1-100" doc:"Script."`
	VoiceID  *string        `json:"voice_id" doc:"Voice."`
	FolderID *string        `json:"folder_id" empty:"true" doc:"Folder."`
	Ratio    *string        `json:"aspect_ratio" enum:"16:9,9:16,1:1,auto" default:"auto" doc:"Ratio."`
	Height   *string        `json:"resolution" enum:"720p,1080p,4k" doc:"Height."`
	Format   *string        `json:"output_format" enum:"mp4,webm" doc:"Format."`
	Gender   *string        `json:"gender" enum:"male,female" doc:"Gender."`
	Fast     *bool          `json:"fast" doc:"Fast."`
	Speed    *float64       `json:"speed" min:"0.5" max:"2" doc:"Speed."`
	Count    *int           `json:"count" min:"0" doc:"Count."`
	IDs      []string       `json:"ids" doc:"Ids."`
	Terms    []string       `json:"terms" empty:"true" doc:"Terms."`
	Video    *File          `json:"video" doc:"Video."`
	Files    []File         `json:"files" doc:"Files."`
	Engine   *Motor         `json:"engine" doc:"Engine."`
	Caption  *Labels        `json:"caption" doc:"Caption."`
	Free     map[string]any `json:"variables" doc:"Variables."`
	Pairs    []spokenAs     `json:"pairs" doc:"Pairs."`
}

// spokenAs is a name and what it stands for.
type spokenAs struct {
	Word   string `json:"word" required:"true" doc:"Word."`
	Spoken string `json:"spoken" required:"true" doc:"Spoken."`
}

// OneJob is asked for by its id.
type OneJob struct {
	ID   string  `json:"job_id" in:"path" required:"true" doc:"A job's id."`
	Note *string `json:"note" doc:"x"`
}

// Shape is a union as tools have them.
type Shape struct {
	inputs.Union `by:"kind_of"`
	Circle       *Circle `variant:"circle"`
	Empty        *Empty  `variant:"empty"`
}

// Circle has a rule of its own.
type Circle struct {
	Radius *float64 `json:"the_radius" min:"0" doc:"x"`
	Image  *Picture `json:"image" doc:"x"`
}

// Check demands a radius.
func (c *Circle) Check(path string) *faults.Fault {
	if c.Radius == nil {
		return faults.Invalid(faults.Join(path, "the_radius"), "a circle has a radius", "send it")
	}
	return nil
}

// Picture is given as an object or as a bare string.
type Picture struct {
	Type string  `json:"type" required:"true" enum:"url,id" doc:"x"`
	URL  *string `json:"url" doc:"x"`
}

// FromString is the picture at a URL.
func (Picture) FromString(s string) map[string]any { return map[string]any{"type": "url", "url": s} }

// Check demands the URL of what has one.
func (p *Picture) Check(path string) *faults.Fault {
	if p.Type == "url" && p.URL == nil {
		return faults.Invalid(path, "a picture of type url has a url", "send it")
	}
	return nil
}

// Empty takes nothing.
type Empty struct{}

// Drawing has a list of a union.
type Drawing struct {
	Shapes []Shape `json:"shapes" opaque:"true" doc:"x"`
}
