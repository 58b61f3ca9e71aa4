package forms

import (
	"slices"
	"strings"

	"heygen-mcp/tools/args/inputs"
)

// named is the text of an object that says by its one member what is meant, {id: x} where an id is due, or by the
// plainest of several, {code: "es", name: "Spanish"}.
func named(f *inputs.Field, v any) any {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 {
		return v
	}
	names := []string{"id", "value", f.Name, f.Name[strings.LastIndexByte(f.Name, '_')+1:], "name", "text", "content"}
	if f.Lang != "" {
		names = []string{"locale", "tag", "code", "value", "id", f.Name, "language", "name", "label", "title"}
	}
	if len(object) == 1 {
		for name, member := range object {
			if _, isText := member.(string); isText && (slices.Contains(names, name) || f.IsIDUnder(name)) {
				return member
			}
		}
		return v
	}
	if !f.Reference {
		return v
	}
	for name, member := range object {
		if _, isText := member.(string); !isText || !slices.Contains(append(names, "label", "title"), name) {
			return v
		}
	}
	for _, name := range names {
		if member, there := object[name]; there {
			return member
		}
	}
	return v
}

// prose is a text to be read or spoken that is sent in parts: as the list of its lines or sentences, or in an
// object of one member. What is neither stays as it came.
func prose(f *inputs.Field, v any) any {
	list, ok := v.([]any)
	if !ok {
		return named(f, v)
	}
	parts := make([]string, len(list))
	for i, m := range list {
		if parts[i], ok = named(f, m).(string); !ok {
			return v
		}
	}
	const long = 1000 // characters; a longer text has lines, a title has none
	if f.Spoken || f.MaxLen >= long {
		return strings.Join(parts, "\n")
	}
	return strings.Join(parts, " ")
}
