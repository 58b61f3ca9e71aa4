package forms

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// normalizeObject reads an object that is sent as text: that of its JSON, or a bare word that stands
// for its one obvious member.
func normalizeObject(f *inputs.Field, v any) any {
	p := f.Nested
	v = spelling.ObjectFromText(spelling.OnlyMember(v))
	switch t := v.(type) {
	case json.Number:
		if truth, ok := spelling.Bool(t).(bool); ok && p.Reads.FromTrue != nil {
			return normalizeObject(f, truth)
		}
		if p.Reads.FromString != nil {
			return p.Reads.FromString(t.String()) // the number of a row or a price, which is a text there
		}
		if object := (map[string]any{}); chosenBy(p, object, t.String()) {
			return object
		}
	case bool:
		if p.Reads.FromTrue == nil {
			return v
		}
		if !t {
			return nil
		}
		return p.Reads.FromTrue()
	case string:
		if word, isWord := spelling.Bool(t).(bool); isWord && p.Reads.FromTrue != nil {
			return normalizeObject(f, word)
		}
		if object := fromWord(p, spelling.Trim(t)); object != nil {
			return object
		}
	case map[string]any:
		return switched(f, t)
	}
	return v
}

// switched is an object that says whether it is wanted at all, {enabled: true}, without that: what there is besides, or
// what true stands for. nil is for one that is not wanted.
func switched(f *inputs.Field, object map[string]any) any {
	p := f.Nested
	if p.Reads.FromTrue == nil {
		return object
	}
	for name, v := range object {
		if !slices.Contains([]string{"enabled", "enable", "on", "active", "show"}, spelling.Plain(name)) {
			continue
		}
		if _, known := p.Resolve(name); known {
			continue
		}
		wanted, isBool := spelling.Bool(v).(bool)
		switch {
		case !isBool:
			return object
		case !wanted:
			return nil
		case len(object) == 1:
			return p.Reads.FromTrue()
		}
		rest := maps.Clone(object)
		delete(rest, name)
		return rest
	}
	return object
}

// fromWord is the object that a bare word stands for, nil where that is not plain: what the type
// itself says, the kind of a union, or the one text that must be given.
func fromWord(p *inputs.Spec, word string) map[string]any {
	if p.Reads.FromString != nil {
		return p.Reads.FromString(word)
	}
	if p.By != "" {
		if kind := spelling.Choice(word, p.Kinds); slices.Contains(p.Kinds, kind) {
			return map[string]any{p.By: kind}
		}
		return nil
	}
	obvious := ""
	for i := range p.Fields {
		switch f := &p.Fields[i]; {
		case !f.Required || len(f.Enum) == 1:
		case obvious != "" || f.Type.Kind() != reflect.String && !takesWord(f):
			return nil
		default:
			obvious = f.Name
		}
	}
	if obvious == "" {
		return nil
	}
	return map[string]any{obvious: word}
}

// takesWord reports whether an object may also be given as a bare string.
func takesWord(f *inputs.Field) bool {
	return f.Type.Kind() == reflect.Struct && f.Nested != nil && f.Nested.Reads.FromString != nil
}

// chosenBy puts a word into an object for the member that is one of several choices, and reports whether it is one.
func chosenBy(p *inputs.Spec, object map[string]any, word string) bool {
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Required && f.Enum != nil && slices.Contains(f.Enum, spelling.Choice(word, f.Enum)) {
			object[f.Name] = spelling.Choice(word, f.Enum)
			return true
		}
	}
	return false
}
