package tools

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/forms"
	"heygen-mcp/tools/args/spelling"
)

// Names by which other APIs, and other tools of HeyGen's, call members of arguments. They are read and told to
// nobody.

// Translate reads the names that other backgrounds of HeyGen's have for the same.
func (background) Translate(object map[string]any) {
	adoptName(object, "value", "color", "colour", "hex", "background_color", "backgroundColor")
	if rgb, ok := rgbOf(object); ok {
		object["value"] = rgb
	}
	adoptName(object, "asset_id", "image_asset_id")
	adoptName(object, "url", "image_url", "image", "src")
}

// adoptName puts the value of the first of other names under a name, where nothing stands under it.
func adoptName(object map[string]any, name string, others ...string) {
	for _, other := range others {
		if v, given := object[other]; given && v != nil && object[name] == nil {
			object[name] = v
			delete(object, other)
		}
	}
}

// Translate reads the name that other backgrounds have for the same.
func (sceneColor) Translate(object map[string]any) {
	adoptName(object, "color", "value", "colour", "hex")
	if rgb, ok := rgbOf(object); ok {
		object["color"] = rgb
	}
}

// rgbOf takes the color out of an object that has it in its three parts, {r: 255, g: 0, b: 0}.
func rgbOf(object map[string]any) (string, bool) {
	var parts []string
	for _, name := range []string{"r", "g", "b"} {
		n, ok := object[name].(json.Number)
		if !ok {
			return "", false
		}
		parts = append(parts, n.String())
	}
	for _, name := range []string{"r", "g", "b"} {
		delete(object, name)
	}
	return "rgb(" + strings.Join(parts, ", ") + ")", true
}

// Translate reads a scene whose avatar and speech lie beside its type, or that has no type, as an avatar's.
func (studioScene) Translate(object map[string]any) {
	for _, name := range faults.SortedKeys(object) {
		if snakeCase(name) == "avatar_id" && object["type"] == nil {
			object["type"] = "avatar_video"
		}
	}
}

// Translate reads a scene whose avatar and speech lie beside its type.
func (avatarScene) Translate(object map[string]any) { forms.Gather(object, "input", "type") }

// Translate reads a length that HeyGen is to choose.
func (cinematicVideo) Translate(object map[string]any) {
	if word, ok := object["duration"].(string); ok && object["auto_duration"] == nil && strings.HasPrefix(strings.ToLower(spelling.Trim(word)), "auto") {
		delete(object, "duration")
		object["auto_duration"] = true
	}
}

// otherMediaNames reads a file whose URL stands under the name that another tool has for it, {video_url} or {link},
// or in an object of its own, {file: {url}}, and one that is given by its id alone.
func otherMediaNames(object map[string]any) {
	for _, name := range faults.SortedKeys(object) {
		inner, ok := object[name].(map[string]any)
		if ok && len(object) == 1 && slices.Contains([]string{"file", "media", "source", "video", "audio", "image", "asset"}, name) {
			delete(object, name)
			maps.Copy(object, inner)
		}
	}
	for _, name := range faults.SortedKeys(object) {
		switch snakeCase(name) {
		case "link", "href", "src", "uri", "video_url", "audio_url", "image_url", "file_url", "media_url", "public_url", "source_url":
			adoptName(object, "url", name)
		}
	}
	if len(object) == 1 {
		adoptName(object, "asset_id", "id")
	}
}

// Translate reads a set that is its variables, without a member that says so.
func (templateSet) Translate(object map[string]any) {
	adoptName(object, "variables", "vars", "values")
	if object["variables"] != nil || len(object) == 0 {
		return
	}
	forms.Gather(object, "variables")
}

// Translate reads the arguments of the call to be estimated where they lie beside its name.
func (estimateCostInput) Translate(object map[string]any) {
	adoptName(object, "tool", "name", "tool_name")
	forms.Gather(object, "arguments", "tool")
}
