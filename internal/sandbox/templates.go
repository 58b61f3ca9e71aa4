package sandbox

import (
	"maps"
	"math"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"heygen-mcp/internal/sandbox/engine"
	"heygen-mcp/internal/sandbox/media"
	"heygen-mcp/internal/sandbox/seeded"
)

// draft is a template: a video with gaps, drawn in the web editor. The catalog has them for
// everybody, and they never change.
type draft struct {
	id, name, ratio string
	width, height   int // as the editor draws it, which is what the ratio comes from
	created         int64
	scenes          []templateScene
	variables       []templateVariable // in the order of the editor
}

// templateScene is spoken by the template's presenter. Its gaps are {{name}} in the script, and
// whatever else it shows.
type templateScene struct {
	id, script string
	uses       []string
}

// templateVariable is a gap, with what it holds as long as nobody fills it.
type templateVariable struct {
	name, kind, held string // text, look or voice; of a file the name is enough
}

// The kinds of variables.
const (
	varText      = "text"
	varImage     = "image"
	varVideo     = "video"
	varAudio     = "audio"
	varCharacter = "character"
	varVoice     = "voice"
)

// templateClipSeconds is how long the clips last that templates hold.
const templateClipSeconds = 6.0

func (s *Sandbox) templateRoutes() []engine.Route {
	return []engine.Route{
		engine.On("GET", "/v3/templates", s.listTemplates),
		engine.On("GET", "/v3/templates/{template_id}", s.getTemplate),
		engine.On("POST", "/v3/templates/{template_id}", s.generateFromTemplate),
	}
}

// publicTemplates are drafts of version 4, the only ones that v3 lists; among them they have every
// kind of variable.
func publicTemplates(seed uint64, from *catalog) []*draft {
	presenter := from.looks[0]
	look := templateVariable{"presenter", varCharacter, presenter.id}
	speaker := templateVariable{"presenter_voice", varVoice, presenter.voiceID}
	list := []*draft{
		{
			name: "Product launch", ratio: "16:9", width: 1920, height: 1080,
			scenes: []templateScene{
				{script: "Meet {{product}}, made for {{audience}}.", uses: []string{"product", "audience", "product_image", look.name, speaker.name}},
				{script: "See how {{product}} works, step by step.", uses: []string{"product", "demo", look.name, speaker.name}},
				{script: "Try it today.", uses: []string{"music", look.name, speaker.name}},
			},
			variables: []templateVariable{
				{"product", varText, "the new thing"}, {"audience", varText, "everybody"}, {"product_image", varImage, ""},
				{"demo", varVideo, ""}, {"music", varAudio, ""}, look, speaker,
			},
		},
		{
			name: "Personal greeting", ratio: "9:16", width: 1080, height: 1920,
			scenes: []templateScene{
				{script: "Hello {{name}}, it is good to see you.", uses: []string{"name", look.name}},
				{script: "Come and visit us soon.", uses: []string{look.name}},
			},
			variables: []templateVariable{{"name", varText, "there"}, look},
		},
		{
			name: "Weekly update", ratio: "16:9", width: 1280, height: 720,
			scenes: []templateScene{
				{script: "{{headline}}. {{body}}", uses: []string{"headline", "body", "chart", speaker.name}},
			},
			variables: []templateVariable{{"headline", varText, "This week"}, {"body", varText, "Nothing new"}, {"chart", varImage, ""}, speaker},
		},
		{
			name: "First day", ratio: "1:1", width: 1080, height: 1080,
			scenes: []templateScene{
				{script: "Welcome to {{company}}, {{first_name}}.", uses: []string{"company", "first_name", "welcome_clip", "jingle"}},
			},
			variables: []templateVariable{
				{"company", varText, "the company"}, {"first_name", varText, "colleague"}, {"welcome_clip", varVideo, ""}, {"jingle", varAudio, ""},
			},
		},
	}
	for i, t := range list {
		t.id, t.created = seeded.HexID(seed, "template", i), firstCreated+int64(i)*day
		for n := range t.scenes {
			t.scenes[n].id = seeded.HexID(seed, t.id, "scene", n)
		}
	}
	return list
}

// presenter is the look that speaks in a template in which nobody else is chosen.
func (s *Sandbox) presenter() *look { return s.public.looks[0] }

// keepClips puts the clips that templates hold among the files.
func (s *Sandbox) keepClips() {
	for _, t := range s.templates {
		s.PutFile(t.id, &media.File{Seconds: templateClipSeconds})
	}
}

// listTemplates answers GET /v3/templates.
func (s *Sandbox) listTemplates(r *http.Request, _ *engine.Request) (any, *engine.Error) {
	l, apiErr := s.ReadListing(r)
	if apiErr != nil {
		return nil, apiErr
	}
	return engine.ByIndex(s.Engine, l, s.templates, func(t *draft) any { return s.summarize(r, t) }), nil
}

func (s *Sandbox) summarize(r *http.Request, t *draft) map[string]any {
	return map[string]any{
		"id": t.id, "name": t.name, "aspect_ratio": t.ratio, "created_at": t.created, "updated_at": t.created,
		"thumbnail_url": s.PictureLink(r, t.id, t.width/3, t.height/3),
	}
}

// getTemplate answers GET /v3/templates/{template_id}. Its variables have the form in which they
// are filled, so that an answer can be changed and sent back.
func (s *Sandbox) getTemplate(r *http.Request, _ *engine.Request) (any, *engine.Error) {
	t, apiErr := s.findTemplate(r)
	if apiErr != nil {
		return nil, apiErr
	}
	scenes, ids := []any{}, []string{}
	for _, one := range t.scenes {
		uses := []any{}
		for _, name := range one.uses {
			uses = append(uses, map[string]any{"name": name, "variable_type": t.variable(name).kind})
		}
		scenes = append(scenes, map[string]any{"scene_id": one.id, "script": one.script, "variables": uses})
		ids = append(ids, one.id)
	}
	variables := map[string]any{}
	for _, one := range t.variables {
		variables[one.name] = s.holding(r, t, &one)
	}
	out := map[string]any{"scenes": scenes, "scene_ids": ids, "variables": variables}
	maps.Copy(out, s.summarize(r, t))
	return out, nil
}

// holding is a variable with what it holds in the template.
func (s *Sandbox) holding(r *http.Request, t *draft, one *templateVariable) map[string]any {
	switch one.kind {
	case varText:
		return map[string]any{"type": varText, "content": one.held}
	case varImage:
		return map[string]any{"type": varImage, "asset": urlAsset(s.PictureLink(r, t.id, 320, 180)), "fit": "contain"}
	case varVideo:
		clip := urlAsset(s.Link(r, "templates/"+t.id+".mp4"))
		return map[string]any{"type": varVideo, "asset": clip, "fit": "contain", "play_style": "fit_to_scene", "volume": 1.0}
	case varAudio:
		return map[string]any{"type": varAudio, "asset": urlAsset(s.SampleLink(r, t.id))}
	case varCharacter:
		kind := "avatar"
		if s.public.lookByID[one.held].kind == photoAvatar {
			kind = "talking_photo"
		}
		return map[string]any{"type": varCharacter, "character_id": one.held, "character_type": kind}
	}
	return map[string]any{"type": varVoice, "voice_id": one.held, "locale": nil}
}

func urlAsset(url string) map[string]any { return map[string]any{"type": "url", "url": url} }

func (s *Sandbox) findTemplate(r *http.Request) (*draft, *engine.Error) {
	id := chi.URLParam(r, "template_id")
	i := slices.IndexFunc(s.templates, func(t *draft) bool { return t.id == id })
	if i < 0 {
		return nil, engine.NotFound("template_not_found", "Template")
	}
	return s.templates[i], nil
}

// variable finds a variable by its name, or gives nil.
func (t *draft) variable(name string) *templateVariable {
	i := slices.IndexFunc(t.variables, func(one templateVariable) bool { return one.name == name })
	if i < 0 {
		return nil
	}
	return &t.variables[i]
}

// fits refuses a size of another shape than the template's. Even sizes cannot meet every ratio
// exactly, so a pixel or two are let through.
func (t *draft) fits(width, height int) *engine.Error {
	if math.Abs(float64(width*t.height)/float64(t.width)-float64(height)) <= 2 {
		return nil
	}
	return engine.Invalid("dimension", "'dimension' must match the template's aspect ratio, %s.", t.ratio)
}
