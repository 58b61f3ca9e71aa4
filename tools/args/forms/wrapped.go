package forms

import (
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// inWrapper is the list in an object that has nothing else, {items: […]}, and the names in one that says of each
// whether it is meant, {es: true, fr: false}. What is neither stays as it came.
func inWrapper(f *inputs.Field, v any) any {
	object, ok := v.(map[string]any)
	if !ok || len(object) == 0 {
		return v
	}
	if len(object) == 1 {
		for name, inner := range object {
			list, isList := inner.([]any)
			if isList && isWrapperOf(f, name) {
				return list
			}
		}
	}
	if f.Nested != nil {
		return v
	}
	list := []any{}
	for _, name := range faults.SortedKeys(object) {
		meant, isBool := object[name].(bool)
		if !isBool {
			return v
		}
		if meant {
			list = append(list, name)
		}
	}
	return list
}

// isWrapperOf reports whether the member of an object that holds the list may be called by a name, and is none of
// the list's own.
func isWrapperOf(f *inputs.Field, name string) bool {
	if f.Nested != nil {
		for _, p := range append(f.Nested.InOrder(), f.Nested) {
			if _, known := p.Resolve(name); known {
				return false
			}
		}
	}
	plain := spelling.Plain(name)
	own := strings.TrimSuffix(spelling.Plain(f.Name[strings.LastIndexByte(f.Name, '_')+1:]), "s")
	return plain == spelling.Plain(f.Name) || strings.TrimSuffix(plain, "s") == own ||
		slices.Contains([]string{"items", "item", "values", "value", "list", "array", "data", "elements"}, plain)
}

// flat is a list of texts without the lists in it.
func flat(list []any) []any {
	if !slices.ContainsFunc(list, func(m any) bool { _, ok := m.([]any); return ok }) {
		return list
	}
	out := list[:0:0]
	for _, m := range list {
		if inner, ok := m.([]any); ok {
			out = append(out, inner...)
			continue
		}
		out = append(out, m)
	}
	return out
}

// partedLinks parts the members of a list of files that are several links in one text.
func partedLinks(list []any) []any {
	out := list[:0:0]
	for _, m := range list {
		text, _ := m.(string)
		parts := strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || spelling.IsInvisible(c) })
		isLink := func(part string) bool {
			return strings.HasPrefix(part, "https://") || strings.HasPrefix(part, "http://")
		}
		if len(parts) < 2 || slices.ContainsFunc(parts, func(part string) bool { return !isLink(part) }) {
			out = append(out, m)
			continue
		}
		for _, part := range parts {
			out = append(out, part)
		}
	}
	return out
}

// fromPairs are the members of a list of which each is a name and what it stands for, where these came as such:
// {"HeyGen": "hey-jen"}, in one object or each in its own, or as lists of the two.
func fromPairs(p *inputs.Spec, list []any) []any {
	if len(p.Fields) != 2 || !p.Fields[0].Required || !p.Fields[1].Required || p.By != "" {
		return list
	}
	out := list[:0:0]
	put := func(name, v any) {
		out = append(out, map[string]any{p.Fields[0].Name: name, p.Fields[1].Name: v})
	}
	for _, m := range list {
		switch t := m.(type) {
		case []any:
			if len(t) == 2 && spelling.IsScalar(t[0]) && spelling.IsScalar(t[1]) {
				put(t[0], t[1])
				continue
			}
		case map[string]any:
			if isPairs(p, t) {
				for _, name := range faults.SortedKeys(t) {
					put(name, t[name])
				}
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// isPairs reports whether no member of an object is one of p's, and none is more than a word or a number.
func isPairs(p *inputs.Spec, object map[string]any) bool {
	for name, v := range object {
		if _, known := p.Resolve(name); known || !spelling.IsScalar(v) {
			return false
		}
		if _, foreign := p.Foreign(name); foreign {
			return false
		}
	}
	return len(object) > 0
}
