package tools

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// plan is an input struct read once: the same fields make the schema and check the call, so the
// two cannot disagree.
type plan struct {
	fields     []field
	bySpelling map[string]int // snake_case and camelCase, to the field's place
	media      bool           // also takes a bare string: a URL or an asset id
}

// field is one argument.
type field struct {
	name, camel, doc string
	typ              reflect.Type // without its pointer
	required         bool
	enum             []string
	min, max         *float64
	above            *float64 // an exclusive minimum
	minLen, maxLen   int      // runes of a string, members of a list; 0 is none
	pattern          *regexp.Regexp
	def              string
	nested           *plan // of a struct or of a list's structs
}

// planOf reads the tags of an input struct. A tag that makes no sense panics, at start.
func planOf(t reflect.Type) *plan {
	p := &plan{bySpelling: map[string]int{}, media: t == reflect.TypeFor[Media]()}
	p.add(t)
	for i, f := range p.fields {
		p.bySpelling[f.name] = i
		p.bySpelling[f.camel] = i
	}
	return p
}

// add reads the fields of t, embedded ones in their place.
func (p *plan) add(t reflect.Type) {
	for sf := range t.Fields() {
		if sf.Anonymous {
			p.add(sf.Type)
			continue
		}
		p.fields = append(p.fields, fieldOf(sf))
	}
}

// fieldOf reads one field's tags.
func fieldOf(sf reflect.StructField) field {
	name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
	if name == "" || sf.Tag.Get("doc") == "" {
		panic(fmt.Sprintf("tools: field %s lacks a json name or a doc", sf.Name))
	}
	f := field{
		name:     name,
		camel:    camel(name),
		doc:      sf.Tag.Get("doc"),
		typ:      sf.Type,
		required: sf.Tag.Get("need") == "yes",
		def:      sf.Tag.Get("default"),
		min:      number(sf, "min"),
		max:      number(sf, "max"),
		above:    number(sf, "above"),
	}
	if f.typ.Kind() == reflect.Pointer {
		f.typ = f.typ.Elem()
	}
	if s := sf.Tag.Get("enum"); s != "" {
		f.enum = strings.Split(s, ",")
	}
	if s := sf.Tag.Get("len"); s != "" {
		if _, err := fmt.Sscanf(s, "%d-%d", &f.minLen, &f.maxLen); err != nil {
			panic(fmt.Sprintf("tools: field %s: len %q", name, s))
		}
	}
	if s := sf.Tag.Get("pattern"); s != "" {
		f.pattern = regexp.MustCompile(s)
	}
	elem := f.typ
	if elem.Kind() == reflect.Slice {
		elem = elem.Elem()
	}
	if elem.Kind() == reflect.Struct {
		f.nested = planOf(elem)
	}
	return f
}

// number reads a tag as a number.
func number(sf reflect.StructField, tag string) *float64 {
	s, ok := sf.Tag.Lookup(tag)
	if !ok {
		return nil
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(fmt.Sprintf("tools: field %s: %s %q", sf.Name, tag, s))
	}
	return &n
}

// camel spells a snake_case name in camelCase.
func camel(name string) string {
	parts := strings.Split(name, "_")
	for i, p := range parts[1:] {
		if p != "" {
			parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "")
}

// choices names every field, for a refusal that lists them.
func (p *plan) choices() string {
	names := make([]string, len(p.fields))
	for i, f := range p.fields {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}
