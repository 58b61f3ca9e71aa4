package args

import (
	"maps"
	"strconv"
	"strings"

	"heygen-mcp/tools/languages"
)

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

// partedLanguages parts the members of a list that name several languages: "German and Spanish". What stands in
// parentheses is one name.
func partedLanguages(list []any) []any {
	out := make([]any, 0, len(list))
	for _, m := range list {
		text, ok := m.(string)
		if !ok {
			out = append(out, m)
			continue
		}
		parts := languageParts(text)
		if len(parts) == 0 {
			out = append(out, m)
		}
		for _, part := range parts {
			out = append(out, part)
		}
	}
	return out
}

// languageParts are the names in a text.
func languageParts(text string) []string {
	depth := 0
	var b strings.Builder
	words := strings.Fields(strings.NewReplacer(";", " ; ", "\n", " ; ", "/", " / ", "|", " | ", "(", " ( ", ")", " ) ", ",", " , ").Replace(text))
	if len(words) < 2 {
		return nil
	}
	for _, w := range words {
		switch w {
		case "(":
			depth++
		case ")":
			depth--
		case ";", "&", "+", "/", "|", "and", "und", "et", "y", ",":
			if depth == 0 {
				b.WriteString("\n")
				continue
			}
		}
		b.WriteString(w + " ")
	}
	plain := strings.NewReplacer("( ", "(", " )", ")", " ,", ",")
	var parts []string
	for part := range strings.SplitSeq(b.String(), "\n") {
		if part = strings.TrimSpace(plain.Replace(part)); part != "" {
			parts = append(parts, part)
		}
	}
	if len(parts) < 2 {
		return nil // as it came
	}
	return withRegions(parts)
}

// withRegions puts the name of a region to the language before it: "Spanish/Mexico" is one, and two would be paid for.
func withRegions(parts []string) []string {
	out := parts[:1]
	for _, part := range parts[1:] {
		if last := out[len(out)-1]; languages.IsRegion(part) && !languages.IsRegion(last) && !strings.HasSuffix(last, ")") {
			out[len(out)-1] = last + " (" + part + ")"
			continue
		}
		out = append(out, part)
	}
	return out
}

// byName is the free map that a list of objects stands for of which each says its name: [{name, value}].
func byName(f *Field, v any) any {
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
