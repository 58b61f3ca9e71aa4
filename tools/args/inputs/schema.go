package inputs

import (
	"encoding/json"
	"reflect"
	"slices"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/spelling"
)

// property is the part of JSON Schema that this catalog publishes, in the order it is written.
type property struct {
	Type, Description                  string
	Enum                               []string
	Minimum, ExclusiveMinimum, Maximum *float64
	MinLength, MaxLength               int
	Pattern                            string
	MinItems, MaxItems                 int
	Default                            any
	Items                              *property
	Properties                         []namedProperty // in the order of the struct, which is the one an agent should read them in
	Required                           []string
}

// namedProperty is a property under its name.
type namedProperty struct {
	name string
	property
}

// Spelling is how the names of arguments are published: SnakeCase or CamelCase.
type Spelling func(Field) string

// SnakeCase and CamelCase are the two spellings that an argument is taken in.
func SnakeCase(f Field) string { return f.Name }

// CamelCase names a field in camelCase; see SnakeCase.
func CamelCase(f Field) string { return f.Camel }

// Schema is what tools/list says of a tool's arguments: an object at the root, no combinator,
// no $ref and no null, because some clients drop a whole list over one of those.
func (p *Spec) Schema(spelling Spelling) json.RawMessage {
	return encodeRoot(objectOf(p, spelling))
}

// encodeRoot writes the schema of an object; one of no members says that it has none.
func encodeRoot(root property) json.RawMessage {
	if len(root.Properties) == 0 {
		return json.RawMessage(`{"type":"object","properties":{}}`)
	}
	return root.encode()
}

// Files are the arguments of the call itself that take a file.
func (p *Spec) Files() []Field {
	var files []Field
	for _, f := range p.Fields {
		if f.TakesFile() {
			files = append(files, f)
		}
	}
	return files
}

// SchemaWithAttached is Schema for a client that hands over files of its conversation: beside each argument that
// takes a file it has another for one of these, which has the members of attached. Neither is required then. names
// are those of the others.
func (p *Spec) SchemaWithAttached(published Spelling, attached *Spec) (schema json.RawMessage, names []string) {
	root := objectOf(p, published)
	for _, f := range p.Files() {
		name := published(Field{Name: Attached + f.Name, Camel: spelling.Camel(Attached + f.Name)})
		one := objectOf(attached, SnakeCase)
		if f.Type.Kind() == reflect.Slice {
			items := one
			one = property{Type: "array", Items: &items}
		}
		one.Description = "In place of " + published(f) + ": attached in the conversation."
		root.Properties = append(root.Properties, namedProperty{name, one})
		root.Required = slices.DeleteFunc(root.Required, func(required string) bool { return required == published(f) })
		names = append(names, name)
	}
	return root.encode(), names
}

// objectOf is the schema of a struct. A union is an object of any members: a combinator costs more
// tokens than it tells an agent, and some clients refuse it.
func objectOf(p *Spec, spelling Spelling) property {
	o := property{Type: "object"}
	for _, f := range p.Fields {
		o.Properties = append(o.Properties, namedProperty{spelling(f), propertyOf(f, spelling)})
		if f.Required && f.Or == "" {
			o.Required = append(o.Required, spelling(f))
		}
	}
	return o
}

// propertyOf is the schema of one argument.
func propertyOf(f Field, spelling Spelling) property {
	p := property{
		Type:        typeName(f.Type),
		Description: f.Doc,
		Enum:        f.Enum,
		Minimum:     f.Min, ExclusiveMinimum: f.ExclusiveMin, Maximum: f.Max,
	}
	if f.Quiet {
		p.Enum = nil
	}
	if f.Obvious {
		p.Description = ""
	}
	if f.Default != "" {
		p.Default = f.Default
		if p.Type != "string" {
			p.Default = json.Number(f.Default)
		}
	}
	if f.Pattern != nil && !f.Quiet {
		p.Pattern = f.Pattern.String()
	}
	switch {
	case p.Type == "array":
		p.MinItems, p.MaxItems = f.MinLen, f.MaxLen
		if f.each != nil {
			p.MaxItems = 0 // its doc says so
		}
		items := property{Type: typeName(f.Type.Elem())}
		if f.Nested != nil && !f.Opaque {
			items = objectOf(f.Nested, spelling)
		}
		p.Items = &items
	case f.Opaque:
	case f.Nested != nil:
		o := objectOf(f.Nested, spelling)
		p.Properties, p.Required = o.Properties, o.Required
	default:
		p.MaxLength = f.MaxLen
		if f.MinLen > 1 { // that a text is not empty needs no token
			p.MinLength = f.MinLen
		}
	}
	return p
}

// OutputSchema is one level of names and types, with no required, enum or null, so that it holds
// for every success, every refusal and every field HeyGen adds: clients throw away a result that
// does not fit. A result has the members of any of the structs; what stands in many and says nothing
// of one, its tag schema:"-" leaves out. `error` has no type, because it is true in a refusal and an
// object in v3's data.
func OutputSchema(structs ...reflect.Type) json.RawMessage {
	var ps []namedProperty
	seen := map[string]bool{}
	var add func(t reflect.Type)
	add = func(t reflect.Type) {
		for sf := range t.Fields() {
			tags := fieldtags.Of(sf)
			if tags.Inline {
				add(sf.Type)
				continue
			}
			if seen[tags.Name] || !sf.IsExported() || sf.Tag.Get("schema") == "-" {
				continue
			}
			seen[tags.Name] = true
			p := property{}
			if tags.Name != "error" {
				p.Type = typeName(sf.Type)
			}
			ps = append(ps, namedProperty{tags.Name, p})
		}
	}
	for _, t := range structs {
		add(t)
	}
	return encodeRoot(property{Type: "object", Properties: ps})
}

// JSONType is the field's type in JSON Schema's words.
func (f Field) JSONType() string { return typeName(f.Type) }

// ElementType is the type of a list's elements in the same words.
func (f Field) ElementType() string { return typeName(f.Type.Elem()) }

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
	panic("inputs: no JSON type for " + t.String())
}
