package tools

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// plan is an input struct read once: the same fields make the schema and check the call, so the
// two cannot disagree.
type plan struct {
	of         reflect.Type // the input struct
	fields     []field
	bySpelling map[string]int // snake_case and camelCase, to the field's place
	media      bool           // also takes a bare string: a URL or an asset id
	by         string         // of a union: the member that names the variant
	byCamel    string         // the same in camelCase
	kinds      []string       // of a union: its variants in the order they are declared
	variants   map[string]*plan
	index      []int  // of a variant: where its pointer is in the union
	rules      *ruled // between the fields, and in what is nested
}

// field is one argument.
type field struct {
	name, camel, doc string
	over             string       // what to do with a text that is too long, where that is not plain
	place            string       // path, query or body; "-" does not travel
	typ              reflect.Type // without its pointer
	index            []int        // where it is in the input struct
	required         bool
	enum             []string
	min, max         *float64
	above            *float64 // an exclusive minimum
	minLen, maxLen   int      // runes of a string, members of a list; 0 is none
	pattern          *regexp.Regexp
	def              string
	nested           *plan // of a struct or of a list's structs
	callback         bool  // a URL that HeyGen sends to
	bare             bool  // published as an object without its members, to spare tokens; checked in depth
}

// planOf reads the tags of an input struct. A tag that makes no sense panics, at start.
func planOf(t reflect.Type) *plan {
	mustHoldRules(t)
	p := &plan{of: t, bySpelling: map[string]int{}, media: takesBareString(t), by: discriminator(t), rules: ruledOf(t)}
	if p.by != "" {
		p.byCamel = camel(p.by)
		p.addVariants()
		return p
	}
	p.add(t, nil)
	for i, f := range p.fields {
		p.bySpelling[f.name] = i
		p.bySpelling[f.camel] = i
	}
	return p
}

// add reads the fields of t, which is at an index of the input struct, embedded ones in their place.
func (p *plan) add(t reflect.Type, at []int) {
	for sf := range t.Fields() {
		index := slices.Concat(at, sf.Index)
		if sf.Anonymous {
			p.add(sf.Type, index)
			continue
		}
		f := fieldOf(sf)
		f.index = index
		p.fields = append(p.fields, f)
	}
}

// addVariants reads a union.
func (p *plan) addVariants() {
	p.variants = map[string]*plan{}
	for sf := range p.of.Fields() {
		kind := sf.Tag.Get("variant")
		if kind == "" {
			continue
		}
		p.kinds = append(p.kinds, kind)
		p.variants[kind] = planOf(sf.Type.Elem())
		p.variants[kind].index = sf.Index
	}
	if len(p.kinds) == 0 {
		panic(fmt.Sprintf("tools: the union %s has no variants", p.of))
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
		place:    cmp.Or(sf.Tag.Get("in"), "body"),
		doc:      sf.Tag.Get("doc"),
		over:     sf.Tag.Get("over"),
		typ:      sf.Type,
		required: sf.Tag.Get("need") == "yes",
		def:      sf.Tag.Get("default"),
		min:      number(sf, "min"),
		max:      number(sf, "max"),
		above:    number(sf, "above"),
		bare:     sf.Tag.Get("show") == "object",
		callback: sf.Tag.Get("callback") == "yes",
	}
	if f.typ.Kind() == reflect.Pointer {
		f.typ = f.typ.Elem()
	}
	if s := sf.Tag.Get("enum"); s != "" {
		f.enum = strings.Split(s, ",")
	}
	if c, ok := reflect.TypeAssert[interface{ choices() []string }](reflect.Zero(f.typ)); ok {
		f.enum = c.choices() // of a type whose choices the catalogue itself makes
	}
	if s := sf.Tag.Get("len"); s != "" {
		f.minLen, f.maxLen = lengths(name, s)
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

// lengths reads "1-5000", or "1-" where there is no upper bound.
func lengths(name, s string) (least, most int) {
	low, high, ok := strings.Cut(s, "-")
	least, err := strconv.Atoi(low)
	if ok && err == nil && high != "" {
		most, err = strconv.Atoi(high)
	}
	if !ok || err != nil {
		panic(fmt.Sprintf("tools: field %s: len %q", name, s))
	}
	return least, most
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
	if p.by != "" {
		return p.by + " (" + strings.Join(p.kinds, ", ") + ") and the members of that kind"
	}
	names := make([]string, len(p.fields))
	for i, f := range p.fields {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}
