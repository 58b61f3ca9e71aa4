package tools

import (
	"context"
	"slices"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/finder"
)

type listTemplatesInput struct {
	worded
	Limit *int `json:"limit" in:"query" min:"1" max:"100" default:"10" obvious:"true" doc:"Items a page."`
	pageToken
}

// templateID is the input of a tool about one template.
type templateID struct {
	TemplateID string `json:"template_id" in:"path" required:"true" doc:"From list_templates."`
}

type fillTemplateInput struct {
	templateID
	Variables templateVariables `json:"variables" required:"true" opaque:"true" doc:"By name, as get_template shows: {type: text, content}, {type: image|video|audio, asset: {url} or {asset_id}}, {type: character, character_id}, {type: voice, voice_id}. A text left out is spoken as {{name}}; others stay."`
	templateOptions
	engine.Paid
	engine.Keyed
}

// templateVariables are what the gaps of a template are given, by their names.
type templateVariables = map[string]*templateVariable

// templateOptions are what a video from a template takes besides its variables.
type templateOptions struct {
	SceneIDs  []string      `json:"scene_ids" doc:"Scenes in order; may repeat. Omitted: all."`
	Title     *string       `json:"title" doc:"Of the video."`
	Caption   *bool         `json:"caption" doc:"Burns captions in."`
	Subtitles *captionStyle `json:"subtitles" opaque:"true" doc:"Style of burned-in captions: {preset_name, font_size, alignment, disable_highlight, position: {x, y}}."`
	Dimension *dimension    `json:"dimension" opaque:"true" doc:"{width, height}: even, 128 to 4096, of the template's ratio."`
	FPS       *float64      `json:"fps" min:"25" max:"60" default:"25" doc:"25, 30 or 60."`
	Gif       *bool         `json:"include_gif" doc:"GIF to callback_url."`
	Sharing   *bool         `json:"enable_sharing" doc:"Public page."`
	Music     *bool         `json:"reorder_music" doc:"false: music stays when scenes move."`
	Centered  *bool         `json:"keep_text_vertically_centered" doc:"Of replaced texts."`
	Glossary  *string       `json:"brand_glossary_id" doc:"Pronunciations."`
	OldName   *string       `json:"brand_voice_id" doc:"Older name of brand_glossary_id."`
	inFolder
	callback
}

// captionStyle is how burned-in captions look.
type captionStyle struct {
	Preset    string    `json:"preset_name" required:"true" len:"1-" doc:"Such as classic, bold or bright."`
	FontSize  *int      `json:"font_size" doc:"Instead of the preset's."`
	Alignment *int      `json:"alignment" doc:"Default 2."`
	Plain     *bool     `json:"disable_highlight" doc:"Spoken words are not highlighted."`
	Position  *position `json:"position" doc:"Where."`
}

// position is a place on the picture.
type position struct {
	X *float64 `json:"x" doc:"From the left."`
	Y *float64 `json:"y" doc:"From the top."`
}

// dimension is the size of a video.
type dimension struct {
	Width  int `json:"width" required:"true" min:"128" max:"4096" doc:"Pixels, even."`
	Height int `json:"height" required:"true" min:"128" max:"4096" doc:"Pixels, even."`
}

// template is v3's template.
type template struct {
	ID          string         `json:"template_id"`
	Name        string         `json:"name"`
	AspectRatio string         `json:"aspect_ratio"`
	Thumbnail   string         `json:"thumbnail_url"`
	CreatedAt   string         `json:"created_at"`
	UpdatedAt   string         `json:"updated_at"`
	SceneIDs    []string       `json:"scene_ids"`
	Scenes      []any          `json:"scenes"`
	Variables   map[string]any `json:"variables"`
}

// filledTemplate is the answer to a video from a template: v3's video, of which nothing is made yet.
type filledTemplate struct {
	VideoID   string `json:"video_id"`
	Title     string `json:"title"`
	Status    string `json:"status"`
	FolderID  string `json:"folder_id"`
	CreatedAt string `json:"created_at"`
	// LeftOut are the texts of the template that were not given.
	LeftOut []string `json:"texts_left_out,omitempty"`
	engine.JobHint
}

// JobIDs are of the one job.
func (o *filledTemplate) JobIDs() []string { return []string{o.VideoID} }

// Check holds the frame rates that v3 renders at.
func (t *templateOptions) Check(path string) *faults.Fault {
	if t.FPS != nil && !slices.Contains([]float64{25, 30, 60}, *t.FPS) {
		return faults.Invalid(faults.Join(path, "fps"), "fps must be 25, 30 or 60.",
			"Send one of the three.")
	}
	return nil
}

// Check holds that sizes are even.
func (d *dimension) Check(path string) *faults.Fault {
	for name, pixels := range map[string]int{"width": d.Width, "height": d.Height} {
		if pixels%2 != 0 {
			path := faults.Join(path, name)
			return faults.Invalid(path, path+" must be even.",
				"Send the next even number, in the template's aspect ratio.")
		}
	}
	return nil
}

// fillTemplateOp makes a video from a template, getTemplateOp reads the template.
func fillTemplateOp() heygen.Op {
	return heygen.Op{Method: "POST", Path: "/v3/templates/{template_id}", Key: true}
}

func getTemplateOp() heygen.Op {
	return heygen.Op{Method: "GET", Path: "/v3/templates/{template_id}"}
}

func listTemplatesOp() heygen.Op { return heygen.Op{Method: "GET", Path: "/v3/templates"} }

func templateTools(f *finder.Finder) []engine.BoundTool {
	return []engine.BoundTool{
		engine.Tool[listTemplatesInput, found]{
			Name:  "list_templates",
			Title: "List templates",
			Asked: "layouts designs designer ready-made reusable formats",
			Description: "Templates with variables to fill. They are drawn in HeyGen's web editor. A query that finds one " +
				"tells its variables too.",
			Op:    listTemplatesOp(),
			Also:  []heygen.Op{getTemplateOp()},
			Reads: templateReads(),
			Run: func(ctx context.Context, c *engine.Call, in *listTemplatesInput) (*engine.Result[found], error) {
				if in.words() != "" {
					return findTemplates(ctx, c, f, in)
				}
				return listByHeyGen(ctx, c, f, listTemplatesOp(), in, in.Previews)
			},
			ListFields: []string{"name", "aspect_ratio"},
		}.Bind(),
		engine.Tool[templateID, template]{
			Name:  "get_template",
			Title: "Get a template",
			Asked: "blanks placeholders fields variables slots what can be changed inside",
			Description: "A template's variables as generate_from_template takes them, and its scenes. " +
				"Both with what they hold and say.",
			Op: getTemplateOp(),
		}.Bind(),
		engine.Tool[fillTemplateInput, filledTemplate]{
			Name:        "generate_from_template",
			Title:       "Create a video from a template",
			Asked:       "fill in same layout once one person swap the name",
			Description: "Renders a template, variables filled. Costs credits once done.",
			Effect:      engine.Creates,
			Op:          fillTemplateOp(),
			Also:        []heygen.Op{getTemplateOp()},
			Reads:       templateReads(),
			LookUp: func(ctx context.Context, c *engine.Call, in *fillTemplateInput, canonical map[string]any) (bool, error) {
				return in.settle(ctx, c, canonical)
			},
			Job:      "video",
			Estimate: estimateBy((*fillTemplateInput).bill),
			Run:      fillTemplate,
		}.Bind(),
		templateBatchTool(),
	}
}
