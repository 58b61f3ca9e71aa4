package tools

import (
	"strings"
	"unicode"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// templateVariable is what a variable of a template is given. Its type is the variable's own.
type templateVariable struct {
	inputs.Union `by:"type"`
	Text         *textVariable      `variant:"text"`
	Image        *imageVariable     `variant:"image"`
	Video        *videoVariable     `variant:"video"`
	Audio        *audioVariable     `variant:"audio"`
	Character    *characterVariable `variant:"character"`
	Voice        *voiceVariable     `variant:"voice"`
	Untyped      *untypedVariable   `variant:"untyped" quiet:"true"`
}

// FromString reads the bare string that a variable may also be.
func (templateVariable) FromString(s string) map[string]any {
	return map[string]any{"type": untyped, "content": s}
}

// Translate reads a variable as HeyGen's v2 API takes it, one whose file lies beside its type, and one without
// a type.
func (templateVariable) Translate(object map[string]any) { translateVariable(object) }

// Check holds that a text says something: HeyGen renders no empty one.
func (v *templateVariable) Check(path string) *faults.Fault {
	shown := func(c rune) bool { return !unicode.IsSpace(c) }
	if v.Text == nil || strings.ContainsFunc(v.Text.Content, shown) {
		return nil
	}
	path = faults.Join(path, "content")
	return faults.Invalid(path, path+" is empty.",
		"Send the text. To keep the variable's own, send what get_template shows.")
}

// textVariable is a text, on the screen or in a script.
type textVariable struct {
	Content string `json:"content" required:"true" len:"0-10000" doc:"{type: text, content: the text}."`
}

// imageVariable is a picture.
type imageVariable struct {
	Asset InlineMedia `json:"asset" required:"true" doc:"{type: image, asset: {url}}, or with {asset_id}."`
	Fit   *string     `json:"fit" enum:"cover,contain,crop,none" default:"contain" doc:"How it fills its place."`
}

// videoVariable is a video.
type videoVariable struct {
	Asset  InlineMedia `json:"asset" required:"true" doc:"{type: video, asset: {url}}, or with {asset_id}."`
	Fit    *string     `json:"fit" enum:"cover,contain,crop,none" default:"contain" doc:"How it fills its place."`
	Style  *string     `json:"play_style" enum:"fit_to_scene,freeze,loop,once,full_video" default:"loop" doc:"Where it is shorter than the scene."`
	Volume *float64    `json:"volume" min:"0" max:"1" default:"1" doc:"0 is muted."`
}

// audioVariable is a sound.
type audioVariable struct {
	Asset InlineMedia `json:"asset" required:"true" doc:"{type: audio, asset: {url}}, or with {asset_id}."`
}

// characterVariable is who is seen.
type characterVariable struct {
	ID   string  `json:"character_id" required:"true" len:"1-" doc:"{type: character, character_id: a look's id}."`
	Type *string `json:"character_type" enum:"avatar,talking_photo" default:"avatar" doc:"What it is."`
}

// voiceVariable is who is heard.
type voiceVariable struct {
	ID     string  `json:"voice_id" required:"true" len:"1-" doc:"{type: voice, voice_id: from list_voices}."`
	Locale *string `json:"locale" lang:"locale,translation" doc:"E.g. en-US."`
}

// untypedVariable is a variable whose type only the template tells. It is none that HeyGen takes:
// settleVariables puts one of the others in its place.
type untypedVariable struct {
	Content *string      `json:"content" len:"0-10000" doc:"A text, a URL or an id."`
	Asset   *InlineMedia `json:"asset" doc:"A file."`
	Fit     *string      `json:"fit" enum:"cover,contain,crop,none" doc:"As of the type."`
	Style   *string      `json:"play_style" enum:"fit_to_scene,freeze,loop,once,full_video" doc:"As of the type."`
	Volume  *float64     `json:"volume" min:"0" max:"1" doc:"As of the type."`
}
