package args

import (
	"slices"
	"strings"
)

// named is the text of an object that says by its one member what is meant, {id: x} where an id is due, or by the
// plainest of several, {code: "es", name: "Spanish"}.
func (f *Field) named(v any) any {
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
			if _, isText := member.(string); isText && (slices.Contains(names, name) || f.isIDUnder(name)) {
				return member
			}
		}
		return v
	}
	if !f.reference {
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

// isIDUnder reports whether an id of the argument may be given under a name: {look_id: x} where a look is due as
// avatar_id, and any id where ids of all kinds are.
func (f *Field) isIDUnder(name string) bool {
	if !f.isID() || !strings.HasSuffix(name, "_id") {
		return false
	}
	return f.Name == "ids" || slices.ContainsFunc(otherNames(), func(group []string) bool {
		return group[0] == f.Name && slices.Contains(group, name)
	})
}

// prose is a text to be read or spoken that is sent in parts: as the list of its lines or sentences, or in an
// object of one member. What is neither stays as it came.
func (f *Field) prose(v any) any {
	list, ok := v.([]any)
	if !ok {
		return f.named(v)
	}
	parts := make([]string, len(list))
	for i, m := range list {
		if parts[i], ok = f.named(m).(string); !ok {
			return v
		}
	}
	const long = 1000 // characters; a longer text has lines, a title has none
	if f.Spoken || f.MaxLen >= long {
		return strings.Join(parts, "\n")
	}
	return strings.Join(parts, " ")
}
