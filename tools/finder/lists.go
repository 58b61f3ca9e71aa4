package finder

import (
	"context"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/engine"
)

// listKey names a list: what everybody sees of a kind, or what an account has.
type listKey struct {
	owner string
	kind  catalogue.Kind
}

// lifetime is how long a list is taken as HeyGen has it.
func (l listKey) lifetime() time.Duration {
	if l.owner == catalogue.Public {
		return publicLifetime
	}
	return ownLifetime
}

// listInput is what HeyGen's lists take; each list takes some of it.
type listInput struct {
	Ownership *string `json:"ownership" in:"query"`
	Type      *string `json:"type" in:"query"`
	Engine    *string `json:"engine" in:"query"`
	Limit     *int    `json:"limit" in:"query"`
	Token     *string `json:"token" in:"query"`
}

// Starfish is the engine that create_speech needs. HeyGen's rows do not name theirs; its filter does.
const Starfish = "starfish"

// Ops are the operations by which lists are read.
func Ops() []heygen.Op {
	return []heygen.Op{opOf(catalogue.Looks), opOf(catalogue.Groups), opOf(catalogue.Voices), opOf(catalogue.Styles), opOf(catalogue.Templates)}
}

// opOf is the operation that lists a kind.
func opOf(kind catalogue.Kind) heygen.Op {
	path := map[catalogue.Kind]string{
		catalogue.Looks: "/v3/avatars/looks", catalogue.Groups: "/v3/avatars", catalogue.Voices: "/v3/voices",
		catalogue.Styles: "/v3/video-agents/styles", catalogue.Templates: "/v3/templates",
	}[kind]
	return heygen.Op{Method: "GET", Path: path}
}

// passes are the ways in which a list is read, one after the other: voices once more by their engine.
func (l listKey) passes() []listInput {
	whose := "private"
	if l.owner == catalogue.Public {
		whose = "public"
	}
	switch l.kind {
	case catalogue.Voices:
		return []listInput{{Type: &whose, Limit: new(100)}, {Type: &whose, Limit: new(100), Engine: new(Starfish)}}
	case catalogue.Styles, catalogue.Templates:
		return []listInput{{Limit: new(100)}}
	}
	return []listInput{{Ownership: &whose, Limit: new(50)}}
}

// listsOf are the lists that a search looks through.
func (f *Finder) listsOf(
	ctx context.Context, e *engine.Engine, kind catalogue.Kind, whose catalogue.Ownership,
) []listKey {
	own, public := listKey{ownerOf(ctx, e), kind}, listKey{catalogue.Public, kind}
	switch {
	case kind == catalogue.Styles:
		return []listKey{public}
	case kind == catalogue.Templates, whose == catalogue.OwnOnly: // HeyGen lists templates as an account has them
		return []listKey{own}
	case whose == catalogue.PublicOnly:
		return []listKey{public}
	}
	return []listKey{public, own}
}

// beside are the kinds that are read after one, since its rows are told with what they have.
func beside(kind catalogue.Kind) []catalogue.Kind {
	if kind == catalogue.Looks {
		return []catalogue.Kind{catalogue.Groups, catalogue.Voices}
	}
	return nil
}

// item is a row of any of the lists, by the names that they have once HeyGen's answer was read.
type item struct {
	LookID      string   `json:"look_id"`
	GroupID     string   `json:"group_id"`
	VoiceID     string   `json:"voice_id"`
	StyleID     string   `json:"style_id"`
	TemplateID  string   `json:"template_id"`
	Name        string   `json:"name"`
	Type        string   `json:"avatar_type"`
	Gender      string   `json:"gender"`
	Language    string   `json:"language"`
	Orientation string   `json:"preferred_orientation"`
	Aspect      string   `json:"aspect_ratio"`
	Tags        []string `json:"tags"`
	Engines     []string `json:"supported_api_engines"`
	Voice       string   `json:"default_voice_id"`
	Image       string   `json:"preview_image_url"`
	Thumbnail   string   `json:"thumbnail_url"`
	Video       string   `json:"preview_video_url"`
	Audio       string   `json:"preview_audio_url"`
	Width       int      `json:"image_width"`
	Height      int      `json:"image_height"`
	Looks       int      `json:"looks_count"`
	State       string   `json:"state"`
	Consent     string   `json:"consent_status"`
	Pause       bool     `json:"support_pause"`
	Locales     bool     `json:"support_locale"`
}

// rowOf is an item as the index has it.
func rowOf(kind catalogue.Kind, object map[string]any, by listInput) catalogue.Row {
	it := engine.View[item](object)
	r := catalogue.Row{
		Name: it.Name, Type: it.Type, Gender: it.Gender, Orientation: it.Orientation, Language: it.Language,
		Tags: it.Tags, Engines: it.Engines, Voice: it.Voice, Image: it.Image, Video: it.Video, Audio: it.Audio,
		Width: it.Width, Height: it.Height, Looks: it.Looks, State: it.State, Consent: it.Consent,
		Pause: it.Pause, Locales: it.Locales,
	}
	switch kind {
	case catalogue.Looks:
		r.ID, r.Group = it.LookID, it.GroupID
	case catalogue.Groups:
		r.ID = it.GroupID
	case catalogue.Voices:
		r.ID = it.VoiceID
		if by.Engine != nil {
			r.Engines = []string{*by.Engine}
		}
	case catalogue.Styles:
		r.ID, r.Image, r.Orientation = it.StyleID, it.Thumbnail, it.Aspect
	case catalogue.Templates:
		r.ID, r.Image, r.Orientation = it.TemplateID, it.Thumbnail, it.Aspect
	}
	return r
}
