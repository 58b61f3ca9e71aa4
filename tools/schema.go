package tools

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// property is the part of JSON Schema that this catalogue publishes, in the order it is written.
type property struct {
	Type             string     `json:"type,omitempty"`
	Description      string     `json:"description,omitempty"`
	Enum             []string   `json:"enum,omitempty"`
	Minimum          *float64   `json:"minimum,omitempty"`
	ExclusiveMinimum *float64   `json:"exclusiveMinimum,omitempty"`
	Maximum          *float64   `json:"maximum,omitempty"`
	MinLength        int        `json:"minLength,omitempty"`
	MaxLength        int        `json:"maxLength,omitempty"`
	Pattern          string     `json:"pattern,omitempty"`
	MinItems         int        `json:"minItems,omitempty"`
	MaxItems         int        `json:"maxItems,omitempty"`
	Default          any        `json:"default,omitempty"`
	Items            *property  `json:"items,omitempty"`
	Properties       properties `json:"properties,omitempty"`
	Required         []string   `json:"required,omitempty"`
}

// properties keep the order of the struct, which is the order an agent should read them in.
type properties []named

// named is a property under its name.
type named struct {
	name string
	property
}

// MarshalJSON writes the properties as an object in their own order.
func (ps properties) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, p := range ps {
		if i > 0 {
			b.WriteByte(',')
		}
		raw, err := encode(p.property)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", p.name, raw)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

// inputSchema is what tools/list says of a tool's arguments: an object at the root, no combinator,
// no $ref and no null, because some clients drop a whole list over one of those.
func inputSchema(p *plan, spelling func(field) string) json.RawMessage {
	root := objectOf(p, spelling)
	if len(root.Properties) == 0 {
		return json.RawMessage(`{"type":"object","properties":{}}`)
	}
	return mustEncode(root)
}

// snakeCase and camelCase are the spellings that names can be published in.
func snakeCase(f field) string { return f.name }
func camelCase(f field) string { return f.camel }

// objectOf is the schema of a struct. A union is an object of any members: a combinator costs more
// tokens than it tells an agent, and some clients refuse it.
func objectOf(p *plan, spelling func(field) string) property {
	o := property{Type: "object"}
	for _, f := range p.fields {
		o.Properties = append(o.Properties, named{spelling(f), propertyOf(f, spelling)})
		if f.required {
			o.Required = append(o.Required, spelling(f))
		}
	}
	return o
}

// propertyOf is the schema of one argument.
func propertyOf(f field, spelling func(field) string) property {
	p := property{
		Type:        typeName(f.typ),
		Description: f.doc,
		Enum:        f.enum,
		Minimum:     f.min, ExclusiveMinimum: f.above, Maximum: f.max,
	}
	if f.def != "" {
		p.Default = f.def
		if p.Type != "string" {
			p.Default = json.Number(f.def)
		}
	}
	if f.pattern != nil {
		p.Pattern = f.pattern.String()
	}
	switch {
	case p.Type == "array":
		p.MinItems, p.MaxItems = f.minLen, f.maxLen
		items := property{Type: typeName(f.typ.Elem())}
		if f.nested != nil && !f.bare {
			items = objectOf(f.nested, spelling)
		}
		p.Items = &items
	case f.bare:
	case f.nested != nil:
		o := objectOf(f.nested, spelling)
		p.Properties, p.Required = o.Properties, o.Required
	default:
		p.MinLength, p.MaxLength = f.minLen, f.maxLen
	}
	return p
}

// outputSchema is one level of names and types, with no required, enum or null, so that it holds
// for every success, every refusal and every field HeyGen adds: clients throw away a result that
// does not fit. `error` has no type, because it is true in a refusal and an object in v3's data.
func outputSchema(t reflect.Type) json.RawMessage {
	var ps properties
	seen := map[string]bool{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		for sf := range t.Fields() {
			if sf.Anonymous {
				add(sf.Type)
				continue
			}
			name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
			if seen[name] || !sf.IsExported() {
				continue
			}
			seen[name] = true
			p := property{}
			if name != "error" {
				p.Type = typeName(sf.Type)
			}
			ps = append(ps, named{name, p})
		}
	}
	add(t)
	add(reflect.TypeFor[refused]())
	return mustEncode(property{Type: "object", Properties: ps})
}

// refused is what every output schema says of a refusal: the member that tells one, and what an agent
// acts on. The others fit as well, since no schema here is closed, and naming them on every tool would
// cost a session some three thousand tokens.
type refused struct {
	IsError  any    `json:"error"`
	NextStep string `json:"next_step"`
}

// typeName is the JSON type of a Go type.
func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return typeName(t.Elem())
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Slice:
		return "array"
	case reflect.Struct, reflect.Map:
		return "object"
	}
	panic("tools: no JSON type for " + t.String())
}

// mustEncode writes a schema; one that cannot be written is a fault in the catalogue.
func mustEncode(v any) json.RawMessage {
	raw, err := encode(v)
	if err != nil {
		panic("tools: " + err.Error())
	}
	return raw
}
