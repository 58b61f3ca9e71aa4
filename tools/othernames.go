package tools

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
