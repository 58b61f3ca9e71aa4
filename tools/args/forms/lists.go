package forms

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// normalizeList reads a list that is sent as text, as its one member, or inside of something else.
func normalizeList(f *inputs.Field, v any) any {
	if s, ok := v.(string); ok {
		v = listFromText(f, s)
	}
	v = inWrapper(f, numbered(v))
	if list, ok := v.([]any); ok && f.Lang != "" {
		v = spelling.Languages(flat(list))
	}
	switch t := v.(type) {
	case nil:
		return nil
	case []any:
		switch {
		case f.Nested == nil:
			v = withoutBlanks(f, flat(t))
		case f.TakesFile():
			v = partedLinks(t)
		default:
			v = fromPairs(f.Nested, t)
		}
	case map[string]any:
		switch {
		case len(t) == 0:
			return []any{}
		case f.Nested != nil:
			v = fromPairs(f.Nested, []any{t})
		default:
			if one, ok := named(f, t).(string); ok {
				v = []any{one}
			}
		}
	case json.Number, bool:
		v = []any{t}
	}
	return v
}

// listFromText reads the text of a JSON list or object, and else the parts of a text: by commas, ids also by blanks.
func listFromText(f *inputs.Field, s string) any {
	text := spelling.Trim(s)
	if strings.HasPrefix(text, "[") || strings.HasPrefix(text, "{") {
		parsed, err := jsonread.Decode([]byte(text))
		if object, is := parsed.(map[string]any); is && f.Nested == nil {
			parsed = inWrapper(f, object)
			if _, is = parsed.([]any); !is {
				parsed = nil // a text like any other
			}
		}
		if err == nil && parsed != nil {
			return parsed
		}
	}
	switch {
	case text == "":
		return []any{}
	case f.Nested != nil:
		return []any{s} // one member, which may be a bare word
	}
	list := []any{}
	for _, part := range commaParts(text) {
		if words := idsIn(part); f.IsID() && len(words) > 0 {
			list = append(list, words...)
			continue
		}
		list = append(list, part)
	}
	return list
}

// idsIn are the ids that a text has which are parted by blanks, none where not all of its words are like ids.
func idsIn(text string) []any {
	const least = 8 // characters; HeyGen's ids have more
	var ids []any
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return c == ';' || c == '|' || spelling.IsInvisible(c) }) {
		if len(word) < least || !strings.ContainsAny(word, "0123456789") || strings.ContainsAny(word, "(){}[]:/") {
			return nil
		}
		ids = append(ids, word)
	}
	return ids
}

// commaParts parts a comma string. A comma in parentheses belongs to a name: "Chinese (Cantonese,
// Traditional)".
func commaParts(s string) []string {
	depth := 0
	parts := strings.FieldsFunc(s, func(c rune) bool {
		switch c {
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		}
		return c == ',' && depth == 0
	})
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// withoutBlanks takes the members out of a list of texts that say nothing.
func withoutBlanks(f *inputs.Field, list []any) []any {
	blank := func(m any) bool {
		s, ok := m.(string)
		return m == nil || ok && (spelling.IsBlank(s) || saysNothing(f, s))
	}
	if !slices.ContainsFunc(list, blank) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), blank)
}

// numbered is the list that an object of members 0, 1, 2 … stands for, as forms send it.
func numbered(v any) any {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 {
		return v
	}
	list := make([]any, len(object))
	for i := range list {
		if list[i], ok = object[strconv.Itoa(i)]; !ok {
			return v
		}
	}
	return list
}

// byName is the free map that a list of objects stands for of which each says its name: [{name, value}].
func byName(f *inputs.Field, v any) any {
	list, ok := v.([]any)
	if !ok || f.Nested == nil || len(list) == 0 {
		return v
	}
	object := map[string]any{}
	for _, m := range list {
		one, ok := m.(map[string]any)
		if !ok {
			return v
		}
		one = maps.Clone(one)
		name := ""
		for _, at := range []string{"name", "key", "variable", "variable_name"} {
			if text, isText := one[at].(string); isText && name == "" {
				name = text
				delete(one, at)
			}
		}
		if _, twice := object[name]; name == "" || twice || len(one) == 0 {
			return v
		}
		object[name] = one
		if value, alone := one["value"]; alone && len(one) == 1 {
			object[name] = value
		}
	}
	return object
}
