// Package inputs owns what the input of a tool is declared as: it reads the tags of a struct into a
// Spec, and makes from it the published schema, the rules between fields, the filled struct, and
// what canonical arguments mean. It knows nothing of how clients send arguments, of HeyGen or of
// MCP: what else an input must hold, its type says by a method Check, what a bare string stands for
// by a method FromString, and why a name is no argument of it by a method NotTaken.
//
// Reading order: spec.go and field.go (the tags), union.go, readings.go (what a type says of
// itself), rules.go (rules between fields), names.go and othernames.go (which field a name means),
// kinds.go, several.go, schema.go, fill.go, meaning.go, callbacks.go, and respell.go (camelCase).
//
// The tags of a field, besides those that package fieldtags reads:
//
//	doc      what it is, for the schema and for faults; every field needs one
//	required "true": it must be given
//	enum     the words it may be, with commas
//	min, max, exclusiveMin   bounds of a number
//	len      "1-5000": runes of a string or members of a list; "1-" has no upper bound
//	pattern  a regular expression that a string must match
//	quiet    true: the pattern and the choices are held and not published
//	obvious  "true": the doc is not published, since the name and the choices or bounds say as much
//	default  what HeyGen takes where nothing is given
//	sent     what is sent where nothing is given, because HeyGen would take something else
//	tooLong  what to do about a text that is too long
//	opaque   "true": published without its members, to spare tokens
//	lang     a language, as people say it: a form of package languages, or the name of a list of names;
//	         a form and a list, with a comma, are a form in which only languages of the list are taken
//	means    words, with commas, for which their synonyms are taken; any other is taken as it is
//	once     "true": members of the list that are equal in everything are made once
//	spoken   "true": a text that is spoken, so that it must hold a letter or a digit
//	callback "true": a URL that HeyGen sends to, which Callbacks finds
//	empty    "true": an empty list, object or id means something else than leaving it out
//	meaningless  "true": calls that differ in it alone are the same
//	by       of an embedded Union: the member that names the variant
//	variant  of a union's pointer: the name of the variant
package inputs

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/spelling"
	"heygen-mcp/tools/languages"
)

// Spec is what the tags of an input struct say, read once: the same fields make the schema,
// check the call and fill the struct, so these cannot disagree.
type Spec struct {
	Type   reflect.Type // the input struct
	Fields []Field      // embedded structs' in their place

	// By is, of a union, the member that names the variant; "" for a plain struct. Kinds are the
	// names of the variants in the order of their declaration, Variants what each takes.
	By       string
	Kinds    []string
	Variants map[string]*Spec

	Index    []int // of a variant: where its pointer is in the union
	Reads    Reading
	NotTaken func(name, path string) *faults.Fault // why a name is no argument, nil where the type knows of none

	bySpelling map[string]int // snake_case and camelCase, to the field's place in Fields
	// byPlainName has the names without case and separators; -1 stands for several fields.
	byPlainName map[string]int
	rules       *typeRules // between the fields, and in what is nested
}

// SpecOf reads the tags of an input struct. A tag that makes no sense panics.
func SpecOf(t reflect.Type) *Spec {
	mustHoldRules(t)
	p := &Spec{
		Type:       t,
		By:         discriminator(t),
		bySpelling: map[string]int{},
		Reads:      readingOf(t),
		NotTaken:   explainsNames(t),
		rules:      ruledOf(t),
	}
	if p.By != "" {
		p.addVariants()
		return p
	}
	p.add(t, nil)
	for i, f := range p.Fields {
		for _, name := range []string{f.Name, f.Camel} {
			if other, taken := p.bySpelling[name]; taken && other != i {
				panic(fmt.Sprintf("inputs: %s has two fields that are spelled %s", t, name))
			}
			p.bySpelling[name] = i
		}
	}
	p.indexPlainNames()
	return p
}

// nested are the specs of the structs that are in inputs.
var nested sync.Map //nolint:gochecknoglobals // what the tags of a type say never changes

// nestedSpec is SpecOf, read once for a type: a medium or a voice's settings are in the inputs of many tools.
func nestedSpec(t reflect.Type) *Spec {
	spec, ok := nested.Load(t)
	if !ok {
		spec, _ = nested.LoadOrStore(t, SpecOf(t))
	}
	return spec.(*Spec)
}

// Lookup finds an argument by either of its spellings.
func (p *Spec) Lookup(name string) (Field, bool) {
	i, ok := p.bySpelling[name]
	if !ok {
		return Field{}, false
	}
	return p.Fields[i], true
}

// Has reports whether there is an argument of that spelling.
func (p *Spec) Has(name string) bool {
	_, ok := p.bySpelling[name]
	return ok
}

// IsName reports whether there is an argument that is published in snake_case under a name.
func (p *Spec) IsName(name string) bool {
	i, ok := p.bySpelling[name]
	return ok && p.Fields[i].Name == name
}

// InPath are the names of the fields that travel in the path of the request.
func (p *Spec) InPath() []string {
	var names []string
	for _, f := range p.Fields {
		if f.Place == fieldtags.Path {
			names = append(names, f.Name)
		}
	}
	return names
}

// WithFlag is p with an optional boolean after its own arguments, for what is taken of a call before
// it is bound. It is for publishing only: p itself does not take the flag.
func (p *Spec) WithFlag(name, doc string) *Spec {
	with := *p
	with.Fields = append(slices.Clone(p.Fields), Field{Name: name, Camel: spelling.Camel(name), Doc: doc, Type: reflect.TypeFor[bool]()})
	return &with
}

// SetChoices gives the words that an argument may be, where no tag can say them. An argument that is
// not there panics.
func (p *Spec) SetChoices(name string, words []string) {
	i, ok := p.bySpelling[name]
	if !ok {
		panic(fmt.Sprintf("inputs: %s has no field %s to give choices to", p.Type, name))
	}
	p.Fields[i].Enum, p.Fields[i].Reference = words, true
}

// add reads the fields of t, which is at an index of the input struct, embedded ones in their place.
func (p *Spec) add(t reflect.Type, at []int) {
	for sf := range t.Fields() {
		index := slices.Concat(at, sf.Index)
		tags := fieldtags.Of(sf)
		if tags.Inline {
			p.add(sf.Type, index)
			continue
		}
		f := fieldOf(sf, tags)
		f.Index = index
		p.Fields = append(p.Fields, f)
	}
}

// addVariants reads a union.
func (p *Spec) addVariants() {
	p.Variants = map[string]*Spec{}
	for sf := range p.Type.Fields() {
		kind := sf.Tag.Get("variant")
		if kind == "" {
			continue
		}
		if sf.Tag.Get("quiet") != "true" {
			p.Kinds = append(p.Kinds, kind)
		}
		p.Variants[kind] = SpecOf(sf.Type.Elem())
		p.Variants[kind].Index = sf.Index
	}
	if len(p.Kinds) == 0 {
		panic(fmt.Sprintf("inputs: the union %s has no variants", p.Type))
	}
}

// Choices names every field, for a refusal that lists them.
func (p *Spec) Choices() string {
	if p.By != "" {
		return p.By + " (" + strings.Join(p.Kinds, ", ") + ") and the members of that kind"
	}
	names := make([]string, len(p.Fields))
	for i, f := range p.Fields {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

// LangLists are the lists that tags lang name, at every depth.
func (p *Spec) LangLists() (names []string) {
	for _, f := range p.Fields {
		if f.Lang != "" && !languages.IsForm(f.Lang) {
			names = append(names, f.Lang)
		}
		if f.LangsOf != "" {
			names = append(names, f.LangsOf)
		}
		if f.Nested != nil {
			names = append(names, f.Nested.LangLists()...)
		}
	}
	for _, v := range p.Variants {
		names = append(names, v.LangLists()...)
	}
	return names
}

// InOrder are the variants of a union in the order of their kinds.
func (p *Spec) InOrder() []*Spec {
	variants := make([]*Spec, 0, len(p.Kinds))
	for _, kind := range p.Kinds {
		variants = append(variants, p.Variants[kind])
	}
	return variants
}
