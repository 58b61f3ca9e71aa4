package tools

import (
	"maps"
	"slices"

	"heygen-mcp/tools/args"
)

// Names by which other APIs, and other tools of HeyGen's, call members of arguments. They are read and told to
// nobody.

// Translate reads the names that other backgrounds of HeyGen's have for the same.
func (background) Translate(object map[string]any) {
	rename(object, "value", "color", "colour", "hex")
	rename(object, "asset_id", "image_asset_id")
	rename(object, "url", "image_url", "image", "src")
}

// rename puts the value of the first of other names under a name, where nothing stands under it.
func rename(object map[string]any, name string, others ...string) {
	for _, other := range others {
		if v, given := object[other]; given && v != nil && object[name] == nil {
			object[name] = v
			delete(object, other)
		}
	}
}

// Translate reads the name that other backgrounds have for the same.
func (sceneColor) Translate(object map[string]any) { rename(object, "color", "value", "colour", "hex") }

// otherMediaNames reads a file whose URL stands under the name that another tool has for it, {video_url} or {link},
// or in an object of its own, {file: {url}}, and one that is given by its id alone.
func otherMediaNames(object map[string]any) {
	for _, name := range args.SortedKeys(object) {
		inner, ok := object[name].(map[string]any)
		if ok && len(object) == 1 && slices.Contains([]string{"file", "media", "source", "video", "audio", "image", "asset"}, name) {
			delete(object, name)
			maps.Copy(object, inner)
		}
	}
	for _, name := range args.SortedKeys(object) {
		switch snake(name) {
		case "link", "href", "src", "uri", "video_url", "audio_url", "image_url", "file_url", "media_url", "public_url", "source_url":
			rename(object, "url", name)
		}
	}
	if len(object) == 1 {
		rename(object, "asset_id", "id")
	}
}

// Translate reads a set that is its variables, without a member that says so.
func (templateSet) Translate(object map[string]any) {
	rename(object, "variables", "vars", "values")
	if object["variables"] != nil || len(object) == 0 {
		return
	}
	args.Gather(object, "variables")
}

// Translate reads the arguments of the call to be estimated where they lie beside its name.
func (estimateCostInput) Translate(object map[string]any) {
	rename(object, "tool", "name", "tool_name")
	args.Gather(object, "arguments", "tool")
}
