package tools

import (
	"slices"
	"strings"
	"unicode"

	"heygen-mcp/internal/catalogue"
	"heygen-mcp/tools/finder"
)

// What a search tells of a row: what an agent chooses by. All members have the names that the lists
// have for them.

// foundLook is a look.
type foundLook struct {
	ID          string   `json:"look_id"`
	Name        string   `json:"name"`
	Person      string   `json:"avatar,omitempty"`
	Type        string   `json:"avatar_type,omitempty"`
	Gender      string   `json:"gender,omitempty"`
	Orientation string   `json:"preferred_orientation,omitempty"`
	Tags        string   `json:"tags,omitempty"`
	Engines     []string `json:"supported_api_engines,omitempty"`
	Voice       string   `json:"default_voice,omitempty"`
	State       string   `json:"state,omitempty"`
	Own         bool     `json:"own,omitempty"`
}

// foundGroup is an avatar.
type foundGroup struct {
	ID      string `json:"group_id"`
	Name    string `json:"name"`
	Gender  string `json:"gender,omitempty"`
	Looks   int    `json:"looks_count"`
	Voice   string `json:"default_voice,omitempty"`
	State   string `json:"state,omitempty"`
	Consent string `json:"consent_status,omitempty"`
	Own     bool   `json:"own,omitempty"`
}

// foundVoice is a voice.
type foundVoice struct {
	ID       string `json:"voice_id"`
	Name     string `json:"name"`
	Language string `json:"language,omitempty"`
	Gender   string `json:"gender,omitempty"`
	Accent   string `json:"accent,omitempty"`
	Starfish *bool  `json:"starfish,omitempty"` // nil while that is not known
	Locales  bool   `json:"support_locale,omitempty"`
	Own      bool   `json:"own,omitempty"`
	Sample   string `json:"preview_audio_url,omitempty"`
}

// maxTags is how many characters of a look's tags are told.
const maxTags = 70

// shortTags are the tags in one text, as many as have room, without those that a row says otherwise.
func shortTags(tags []string, said ...string) string {
	text, words := "", strings.FieldsFunc(strings.ToLower(strings.Join(said, " ")), isNoLetter)
	for _, tag := range tags {
		if slices.Contains(words, strings.ToLower(tag)) {
			continue
		}
		if len(text)+len(tag) > maxTags {
			break
		}
		if text != "" {
			text += ", "
		}
		text += tag
	}
	return text
}

// isNoLetter reports whether a character parts words.
func isNoLetter(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }

// lookRow tells a look; voice gives the name of its default voice.
func lookRow(r *catalogue.Row, voice string, full bool) any {
	out := foundLook{
		ID: r.ID, Name: r.Name, Type: r.Type, Gender: r.Gender, Orientation: r.Orientation, Tags: shortTags(r.Tags, r.Name, r.Gender),
		Engines: r.Engines, Voice: voice, State: r.State, Own: r.Own,
	}
	if !strings.Contains(r.Name, r.Person) {
		out.Person = r.Person
	}
	if !full {
		return out
	}
	return knownMembers(map[string]any{
		"look_id": r.ID, "group_id": r.Group, "name": r.Name, "avatar": r.Person, "avatar_type": r.Type, "gender": r.Gender,
		"tags": r.Tags, "default_voice_id": r.Voice, "default_voice": voice, "supported_api_engines": r.Engines,
		"preferred_orientation": r.Orientation, "image_width": r.Width, "image_height": r.Height, "preview_image_url": r.Image,
		"preview_video_url": r.Video, "state": r.State, "own": r.Own,
	})
}

// groupRow tells an avatar.
func groupRow(r *catalogue.Row, voice string, full bool) any {
	if full {
		return knownMembers(map[string]any{
			"group_id": r.ID, "name": r.Name, "gender": r.Gender, "looks_count": r.Looks, "default_voice_id": r.Voice,
			"default_voice": voice, "preview_image_url": r.Image, "preview_video_url": r.Video, "state": r.State,
			"consent_status": r.Consent, "own": r.Own,
		})
	}
	return foundGroup{
		ID: r.ID, Name: r.Name, Gender: r.Gender, Looks: r.Looks, Voice: voice, State: r.State, Consent: r.Consent, Own: r.Own,
	}
}

// voiceRow tells a voice; its sample where that is wanted. That a voice is not of starfish is known once
// all voices are.
func voiceRow(r *catalogue.Row, all, sample, full bool) any {
	out := foundVoice{
		ID: r.ID, Name: r.Name, Language: r.Language, Gender: r.Gender, Accent: accentIn(r.Name), Locales: r.Locales, Own: r.Own,
	}
	if is := slices.Contains(r.Engines, finder.Starfish); is || all {
		out.Starfish = &is
	}
	if sample || full {
		out.Sample = r.Audio
	}
	if !full {
		return out
	}
	whose := publicVoices
	if r.Own {
		whose = ownVoices
	}
	return knownMembers(map[string]any{
		"voice_id": r.ID, "name": r.Name, "language": r.Language, "gender": r.Gender, "accent": out.Accent, "starfish": slices.Contains(r.Engines, finder.Starfish),
		"type": whose, "preview_audio_url": r.Audio, "support_pause": r.Pause, "support_locale": r.Locales,
	})
}

// pictureRow tells a style or a template, of which id names the id.
func pictureRow(id string, r *catalogue.Row, full bool) any {
	out := map[string]any{id: r.ID, "name": r.Name, "tags": r.Tags, "aspect_ratio": r.Orientation}
	if full {
		out["thumbnail_url"], out["preview_video_url"] = r.Image, r.Video
	}
	return knownMembers(out)
}

// knownMembers leaves out what is not known.
func knownMembers(row map[string]any) map[string]any {
	for name, v := range row {
		switch v := v.(type) {
		case string:
			if v == "" {
				delete(row, name)
			}
		case []string:
			if len(v) == 0 {
				delete(row, name)
			}
		case int:
			if v == 0 {
				delete(row, name)
			}
		case bool:
			if name == "own" && !v {
				delete(row, name)
			}
		}
	}
	return row
}

// accentIn is the accent that the name of a voice tells in parentheses or before a dash, "" where it
// tells none.
func accentIn(name string) string {
	accents := map[string]string{
		"us": "US", "usa": "US", "american": "US", "uk": "UK", "british": "UK", "england": "UK", "australian": "Australian",
		"australia": "Australian", "indian": "Indian", "india": "Indian", "irish": "Irish", "scottish": "Scottish", "canadian": "Canadian",
		"brazil": "Brazilian", "brazilian": "Brazilian", "portugal": "European Portuguese", "mexican": "Mexican", "mexico": "Mexican",
		"spain": "Castilian", "castilian": "Castilian", "argentinian": "Argentinian", "austrian": "Austrian", "swiss": "Swiss",
		"belgian": "Belgian", "flemish": "Flemish", "taiwan": "Taiwan", "mandarin": "Mandarin", "cantonese": "Cantonese",
		"egyptian": "Egyptian", "saudi": "Saudi", "osaka": "Osaka",
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(name), func(c rune) bool { return c < 'a' || c > 'z' }) {
		if accent := accents[word]; accent != "" {
			return accent
		}
	}
	return ""
}
