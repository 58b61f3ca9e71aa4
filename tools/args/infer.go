package args

import (
	"slices"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// infer adds to an object the members that follow from the others, so that nobody has to say twice
// what something is: {url} is of the type url.
func infer(p *inputs.Spec, object map[string]any) {
	if p.Reads.Complete != nil {
		p.Reads.Complete(object)
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		if !f.Required || f.Enum == nil || !isNothing(object[f.Name]) {
			continue
		}
		kind, ok := spelling.OnlyOne(f.Enum, func(choice string) bool {
			return len(f.Enum) == 1 || !isNothing(object[choice])
		})
		if ok {
			object[f.Name] = kind
		}
	}
}

// takeChoices puts a choice under the name of the member that it is for, where it came under one that others have
// for the kind of a thing: {name: avatar_iv} for {type: avatar_iv}.
func takeChoices(p *inputs.Spec, object map[string]any) {
	for i := range p.Fields {
		f := &p.Fields[i]
		if !f.Required || len(f.Enum) < 2 || gives(p, object, i) {
			continue
		}
		for _, name := range faults.SortedKeys(object) {
			word, isText := object[name].(string)
			if _, known := p.Resolve(name); !isText || known || !isKindName(name) {
				continue
			}
			if c := spelling.Choice(spelling.Trim(word), f.Enum); slices.Contains(f.Enum, c) {
				delete(object, name)
				object[f.Name] = c
				break
			}
		}
	}
}

// gives reports whether an object says something of a field, under whichever of its names.
func gives(p *inputs.Spec, object map[string]any, field int) bool {
	for name, v := range object {
		if at, known := p.Resolve(name); known && at == field && !isNothing(v) {
			return true
		}
	}
	return false
}

// isKindName reports whether a name is one that others have for the kind of a thing.
func isKindName(name string) bool {
	return slices.Contains([]string{"type", "kind", "name", "id", "value", "engine", "model", "version", "mode", "variant"}, spelling.Plain(name))
}

// isNothing reports whether a member was left out or sent empty.
func isNothing(v any) bool {
	s, ok := v.(string)
	return v == nil || ok && spelling.IsBlank(s)
}

// inferKind is the one variant of a union that takes all members of an object, and gets from it what
// it needs; "" where there is none or more than one.
func inferKind(p *inputs.Spec, object map[string]any) string {
	kind, ok := spelling.OnlyOne(p.Kinds, func(kind string) bool {
		v := p.Variants[kind]
		for name := range object {
			if _, known := v.Resolve(name); !known {
				return false
			}
		}
		for _, f := range v.Fields {
			if f.Required && object[f.Name] == nil && object[f.Camel] == nil {
				return false
			}
		}
		return len(object) > 0
	})
	if !ok {
		return ""
	}
	return kind
}
