package inputs

import (
	"bytes"
	"encoding/json"

	"heygen-mcp/internal/jsonwrite"
)

// encode writes a schema. Its members have an order of their own, which no map keeps, and encoding/json reads again, at
// every depth, what a MarshalJSON has written: the schemas of all tools took a seventh of a start.
func (p *property) encode() json.RawMessage {
	var b bytes.Buffer
	p.write(&b)
	return bytes.Clone(b.Bytes())
}

// write writes the members that say something.
func (p *property) write(b *bytes.Buffer) {
	o := objectWriter{b: b}
	o.some("type", p.Type)
	o.some("description", p.Description)
	if len(p.Enum) > 0 {
		o.add("enum", p.Enum)
	}
	o.bound("minimum", p.Minimum)
	o.bound("exclusiveMinimum", p.ExclusiveMinimum)
	o.bound("maximum", p.Maximum)
	o.count("minLength", p.MinLength)
	o.count("maxLength", p.MaxLength)
	o.some("pattern", p.Pattern)
	o.count("minItems", p.MinItems)
	o.count("maxItems", p.MaxItems)
	if p.Default != nil {
		o.add("default", p.Default)
	}
	if p.Items != nil {
		o.name("items")
		p.Items.write(b)
	}
	if len(p.Properties) > 0 {
		o.name("properties")
		inner := objectWriter{b: b}
		for i := range p.Properties {
			inner.name(p.Properties[i].name)
			p.Properties[i].write(b)
		}
		inner.end()
	}
	if len(p.Required) > 0 {
		o.add("required", p.Required)
	}
	o.end()
}

// objectWriter writes the members of one JSON object.
type objectWriter struct {
	b     *bytes.Buffer
	begun bool
}

// name begins a member.
func (o *objectWriter) name(name string) {
	if o.begun {
		o.b.WriteByte(',')
	} else {
		o.b.WriteByte('{')
	}
	o.begun = true
	o.value(name)
	o.b.WriteByte(':')
}

// value writes what a schema holds; what cannot be written is a fault in the catalog.
func (o *objectWriter) value(v any) {
	if err := jsonwrite.Append(o.b, v); err != nil {
		panic("inputs: " + err.Error())
	}
}

func (o *objectWriter) add(name string, v any) {
	o.name(name)
	o.value(v)
}

func (o *objectWriter) some(name, text string) {
	if text != "" {
		o.add(name, text)
	}
}

func (o *objectWriter) count(name string, n int) {
	if n != 0 {
		o.add(name, n)
	}
}

func (o *objectWriter) bound(name string, n *float64) {
	if n != nil {
		o.add(name, *n)
	}
}

// end ends the object.
func (o *objectWriter) end() {
	if !o.begun {
		o.b.WriteByte('{')
	}
	o.b.WriteByte('}')
}
