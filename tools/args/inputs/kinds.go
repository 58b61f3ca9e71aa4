package inputs

import (
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/internal/fieldtags"
)

// Attached begins the name under which a client hands over a file of its conversation in the place of an
// argument that takes one.
const Attached = "attached_"

// TakesFile reports whether an argument is a file, or a list of files, in several forms.
func (f *Field) TakesFile() bool {
	return f.Nested != nil && f.Type.Kind() != reflect.Map && f.Nested.Reads.Translate != nil && f.Nested.Has("url") && f.Nested.Has("asset_id") && !f.Nested.Has("value")
}

// MayBeEmpty reports whether "" is a value of the field, and not the same as leaving it out: of a text
// that v3 lets be empty, and where the tag empty says so.
func (f *Field) MayBeEmpty() bool {
	return f.Empty || f.Type.Kind() == reflect.String && !f.Reference && f.MinLen == 0
}

// isReference reports whether a text names something, as ids, URLs, choices and languages do, and is
// not read by anybody: what is invisible around it is then no part of it.
func isReference(f *Field) bool {
	if f.Enum != nil || f.Means != nil || f.Lang != "" || f.Place == fieldtags.Path || f.Place == fieldtags.Query {
		return true
	}
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	switch last {
	case "id", "ids", "url", "uri", "urls", "language", "languages", "locale", "token", "type", "types",
		"color", "format", "mode", "code", "country", "gender", "email", "kind", "engine", "version",
		"sha256", "filename", "key", "event", "events", "ratio", "resolution", "orientation", "role", "preset":
		return true
	}
	return f.Pattern != nil && !f.Pattern.MatchString("")
}

// IsTime reports whether an argument is a time in seconds, by its name.
func (f *Field) IsTime() bool {
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	return slices.Contains([]string{"time", "seconds", "duration", "start", "end"}, last)
}

// IsURL reports whether an argument is a URL, by its name.
func (f *Field) IsURL() bool {
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	return last == "url" || last == "uri" || last == "urls"
}

// IsID reports whether a text is an id of HeyGen's, by its name or by where it travels. People copy one as the address
// of the page that shows what it names.
func (f *Field) IsID() bool {
	last := f.Name[strings.LastIndexByte(f.Name, '_')+1:]
	return last == "id" || last == "ids" || f.Place == fieldtags.Path
}
