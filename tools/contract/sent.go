package contract

import (
	"maps"
	"reflect"
	"slices"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/engine"
)

// sent is what a tool may send with its own operation, as schemas: what a call that the tool takes
// can have, and what it always has.
type sent struct {
	places map[openapi.Part]openapi.Node // objects
	body   bool                          // there is a body in JSON
}

// sentBy reads the arguments of a tool.
func sentBy(t *engine.BoundTool) sent {
	s := sent{places: map[openapi.Part]openapi.Node{}}
	for part, place := range map[openapi.Part]string{
		openapi.Query: fieldtags.Query, openapi.InPath: fieldtags.Path, openapi.Body: fieldtags.Body,
	} {
		raw := objectOf(t.Input(), func(f inputs.Field) bool { return f.Place == place })
		if part == openapi.Body {
			s.body = t.Op.Object || t.Op.Variant != "" || len(raw["properties"].(map[string]any)) > 0
			if t.Op.Variant != "" && !addsMembers(t) {
				raw = unionOf("type", map[string]map[string]any{t.Op.Variant: raw})
			}
		}
		s.places[part] = openapi.NodeOf(raw)
	}
	return s
}

// objectOf is the schema of those arguments that take says.
func objectOf(p *inputs.Spec, take func(inputs.Field) bool) map[string]any {
	if p.By != "" {
		variants := map[string]map[string]any{}
		for _, kind := range p.Kinds { // the others are never sent
			of := p.Variants[kind]
			variants[kind] = objectOf(of, take)
		}
		return unionOf(p.By, variants)
	}
	properties, required := map[string]any{}, []any{}
	for _, f := range p.Fields {
		if !take(f) {
			continue
		}
		properties[f.Name] = fieldOf(f)
		if f.Required {
			required = append(required, f.Name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required}
}

// unionOf is the schema of a union.
func unionOf(by string, variants map[string]map[string]any) map[string]any {
	var choices []any
	for _, kind := range slices.Sorted(maps.Keys(variants)) {
		one := variants[kind]
		one["properties"].(map[string]any)[by] = map[string]any{"type": "string", "enum": []any{kind}}
		one["required"] = append(one["required"].([]any), by)
		choices = append(choices, one)
	}
	return map[string]any{"oneOf": choices, "discriminator": map[string]any{"propertyName": by}}
}

// everything takes what is sent at all.
func everything(f inputs.Field) bool { return f.Place != fieldtags.Nowhere }

// fieldOf is the schema of one argument.
func fieldOf(f inputs.Field) map[string]any {
	if f.Place == fieldtags.Query && f.JSONType() == "array" {
		return map[string]any{"type": "string"} // a list travels as text with commas
	}
	s := map[string]any{"type": f.JSONType()}
	for word, n := range map[string]*float64{
		"minimum": f.Min, "maximum": f.Max, "exclusiveMinimum": f.ExclusiveMin,
	} {
		if n != nil {
			s[word] = *n
		}
	}
	least, most := "minLength", "maxLength"
	if f.JSONType() == "array" {
		least, most = "minItems", "maxItems"
	}
	for word, n := range map[string]int{least: f.MinLen, most: f.MaxLen} {
		if n > 0 {
			s[word] = float64(n)
		}
	}
	if f.Pattern != nil {
		s["pattern"] = f.Pattern.String()
	}
	if len(f.Enum) > 0 {
		choices := make([]any, len(f.Enum))
		for i, one := range f.Enum {
			choices[i] = one
		}
		s["enum"] = choices
	}
	switch {
	case f.JSONType() == "array" && f.Nested != nil:
		s["items"] = objectOf(f.Nested, everything)
	case f.JSONType() == "array":
		s["items"] = map[string]any{"type": f.ElementType()}
	case f.Type.Kind() == reflect.Map && f.Nested != nil:
		s["additionalProperties"] = objectOf(f.Nested, everything)
	case f.Nested != nil:
		maps.Copy(s, objectOf(f.Nested, everything))
	}
	return s
}

// presence is how much a tool has to do with a place in a request or an answer.
type presence int

const (
	absent    presence = iota // the tool has no such member
	elsewhere                 // it has none of this kind: another variant of a union
	free                      // it passes on whatever is given there
	present                   // it has the member
)

// lookUp finds what a schema of a tool's has at a path.
func lookUp(node openapi.Node, path openapi.Path) (*openapi.Schema, presence) {
	s := node.Schema()
	for _, step := range path {
		switch {
		case step == openapi.Elements && s.Items != nil:
			s = s.Items.Schema()
		case step == openapi.Elements || step == openapi.Others || !s.Named():
			return nil, free
		case openapi.IsVariant(step):
			kind := step[1 : len(step)-1]
			if s.By == "" {
				if !mayBe(s, kind) {
					return nil, elsewhere
				}
				continue // a struct that has the members of all variants
			}
			if s = s.Variant(kind); s == nil {
				return nil, elsewhere
			}
		default:
			next, ok := s.Flat().Properties[step]
			if !ok {
				return nil, absent
			}
			s = next.Schema()
		}
	}
	return s, present
}

// mayBe says whether a struct that stands for a union has a variant of it: the members with choices
// include the word that tells the variants apart.
func mayBe(s *openapi.Schema, kind string) bool {
	member, ok := s.Properties["type"]
	if !ok {
		return true
	}
	choices := member.Schema().Enum
	return len(choices) == 0 || slices.Contains(choices, `"`+kind+`"`)
}
