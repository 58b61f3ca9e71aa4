package openapi

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Node is a schema where it stands. What it says, Schema reads, one level deep: documents may have
// schemas that hold themselves.
type Node struct {
	doc *Document
	raw any
}

// NodeOf is a schema that stands by itself, without references.
func NodeOf(raw map[string]any) Node { return Node{raw: raw} }

// Schema is a JSON Schema in a form in which equal schemas are equal, however they are written.
type Schema struct {
	Types      []string           // sorted, without null; none allows any
	Null       bool               // null is allowed too
	Enum       []string           // the JSON of each choice, sorted; none allows any
	Bounds     map[string]float64 // by JSON Schema's word for them, such as "maxLength"
	Pattern    string
	Default    string // its JSON
	Deprecated bool
	Properties map[string]Node
	Required   []string // sorted
	Rest       *Node    // what members without a name of their own are, nil where nothing is said
	Items      *Node
	// By is, of a union whose variants are told apart by a member, the name of that member;
	// Variants are by its values, and have the member too.
	By       string
	Variants map[string]Node
}

// bounds are the keywords that bound a value; a least number of 0 parts bounds nothing.
func bounds() []string {
	return []string{
		"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
		"maxLength", "maxItems", "maxProperties", "minLength", "minItems", "minProperties",
	}
}

// Schema reads a node.
func (n Node) Schema() *Schema { return n.read(0) }

// maxDepth bounds how deep references and compositions are followed within one schema, which in a
// broken document could be made of itself.
const maxDepth = 40

func (n Node) read(depth int) *Schema {
	m := asObject(n.raw)
	if m == nil || depth > maxDepth {
		return &Schema{Null: true}
	}
	if ref, ok := m["$ref"].(string); ok {
		if n.doc == nil {
			return &Schema{Null: true}
		}
		target, err := n.doc.follow(ref)
		if err != nil {
			return &Schema{Null: true}
		}
		s := Node{n.doc, target}.read(depth + 1)
		if rest := without(m, "$ref"); len(rest) > 0 { // since 3.1 a reference may have neighbors
			s = s.both(n.doc, Node{n.doc, rest}.read(depth+1))
		}
		return s
	}
	s := n.plain(m)
	for _, one := range asList(m["allOf"]) {
		s = s.both(n.doc, Node{n.doc, one}.read(depth+1))
	}
	for _, word := range []string{"anyOf", "oneOf"} {
		if choices := asList(m[word]); len(choices) > 0 {
			s = s.both(n.doc, n.choice(choices, asObject(m["discriminator"]), depth+1))
		}
	}
	s.Null = s.Null || m["nullable"] == true // as OpenAPI 3.0 writes it, also beside a reference
	return s
}

// plain reads a schema without its references and compositions.
func (n Node) plain(m map[string]any) *Schema {
	s := &Schema{
		Pattern: asText(m["pattern"]), Deprecated: m["deprecated"] == true,
		Bounds: map[string]float64{}, Properties: map[string]Node{}, Required: asTexts(m["required"]),
	}
	slices.Sort(s.Required)
	types := asTexts([]any{m["type"]})
	if several := asList(m["type"]); several != nil {
		types = asTexts(several)
	}
	for _, t := range types {
		if t == "null" {
			s.Null = true
		} else {
			s.Types = append(s.Types, t)
		}
	}
	choices := asList(m["enum"])
	if v, ok := m["const"]; ok {
		choices = []any{v}
	}
	s.setEnum(choices)
	if v := m["default"]; v != nil { // null is what is not given
		s.Default = encode(v)
	}
	for _, word := range bounds() {
		least := strings.HasPrefix(word, "min") && word != "minimum"
		if v, ok := m[word].(float64); ok && (v != 0 || !least) {
			s.Bounds[word] = v
		}
	}
	for word, strict := range map[string]string{
		"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum",
	} {
		if v, ok := s.Bounds[word]; ok && m[strict] == true { // as OpenAPI 3.0 writes it
			s.Bounds[strict] = v
			delete(s.Bounds, word)
		}
	}
	for name, one := range asObject(m["properties"]) {
		s.Properties[name] = Node{n.doc, one}
	}
	if rest := m["additionalProperties"]; asObject(rest) != nil || rest == true {
		s.Rest = &Node{n.doc, rest}
	}
	if items, ok := m["items"]; ok {
		s.Items = &Node{n.doc, items}
	}
	s.inferTypes()
	s.Null = s.Null || len(s.Types)+len(s.Enum) == 0 // what is not said is allowed
	return s
}

// setEnum takes the null out of the choices.
func (s *Schema) setEnum(choices []any) {
	for _, v := range choices {
		if v == nil {
			s.Null = true
		} else {
			s.Enum = append(s.Enum, encode(v))
		}
	}
	slices.Sort(s.Enum)
	s.Enum = slices.Compact(s.Enum)
}

// inferTypes finds the type of a schema that leaves it out.
func (s *Schema) inferTypes() {
	switch {
	case len(s.Types) > 0:
	case len(s.Properties) > 0:
		s.Types = []string{"object"}
	case s.Items != nil:
		s.Types = []string{"array"}
	default:
		for _, choice := range s.Enum {
			s.Types = append(s.Types, typeOf(choice))
		}
	}
	slices.Sort(s.Types)
	s.Types = slices.Compact(s.Types)
}

// typeOf is the type of a value by its JSON.
func typeOf(value string) string {
	switch value[0] {
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case '{':
		return "object"
	case '[':
		return "array"
	}
	if strings.ContainsAny(value, ".eE") {
		return "number"
	}
	return "integer"
}

// Named says whether members or variants have names here, so that others are a surprise.
func (s *Schema) Named() bool { return len(s.Properties)+len(s.Variants) > 0 }

func encode(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(raw)
}

func without(m map[string]any, name string) map[string]any {
	rest := maps.Clone(m)
	delete(rest, name)
	return rest
}
