package args

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"heygen-mcp/internal/fieldtags"
)

// InputSpec is what the tags of an input struct say, read once: the same fields make the schema,
// check the call and fill the struct, so these cannot disagree.
type InputSpec struct {
	Type   reflect.Type // the input struct
	Fields []Field      // embedded structs' in their place

	// By is, of a union, the member that names the variant; "" for a plain struct. Kinds are the
	// names of the variants in the order of their declaration, Variants what each takes.
	By       string
	Kinds    []string
	Variants map[string]*InputSpec

	bySpelling map[string]int // snake_case and camelCase, to the field's place in Fields
	// byPlainName has the names without case and separators; -1 stands for several fields.
	byPlainName map[string]int
	byCamel     string // By in camelCase
	Index       []int  // of a variant: where its pointer is in the union
	bare        bare
	notTaken    func(name, path string) *Fault
	rules       *ruled // between the fields, and in what is nested
}

// Field is one argument.
type Field struct {
	Name, Camel, Doc string
	TooLong          string       // what to do with a text that is too long, where that is not plain
	Place            string       // one of fieldtags' places
	Type             reflect.Type // without its pointer
	Required         bool
	Enum             []string
	Min, Max         *float64
	ExclusiveMin     *float64
	MinLen, MaxLen   int // runes of a string, members of a list; 0 is no bound
	Pattern          *Pattern
	Default          string
	Sent             string                                // what is sent where nothing is given, "" for nothing
	Nested           *InputSpec                            // of a struct or of a list's structs
	Opaque           bool                                  // published as an object without its members, to spare tokens; checked in depth
	Callback         bool                                  // a URL that HeyGen sends to
	Empty            bool                                  // an empty value means something else than none
	Quiet            bool                                  // its pattern and choices are not published, to spare tokens; a refusal tells them
	Obvious          bool                                  // its doc is not published: its name and choices or bounds say as much
	Meaningless      bool                                  // what is made does not depend on it
	Lang             string                                // what it calls a language: a form of package languages or a list, "" for no language
	LangsOf          string                                // of a form: the list that has all languages it may be, "" for any
	Means            []string                              // words for which their synonyms are taken
	Once             bool                                  // equal members are made once
	Spoken           bool                                  // a text that is spoken, which must hold a word
	Or               string                                // the list that may be given in its place, "" for none
	each             *Field                                // of such a list: what each member is
	readText         func(s, path string) (string, *Fault) // of a type that reads its text, nil of others
	reference        bool                                  // it names something, and is not read by anybody

	Index []int // where it is in the input struct
}

// SpecOf reads the tags of an input struct. A tag that makes no sense panics, at start.
func SpecOf(t reflect.Type) *InputSpec {
	mustHoldRules(t)
	p := &InputSpec{
		Type:       t,
		By:         discriminator(t),
		bySpelling: map[string]int{},
		bare:       bareOf(t),
		notTaken:   explainsNames(t),
		rules:      ruledOf(t),
	}
	if p.By != "" {
		p.byCamel = camel(p.By)
		p.addVariants()
		return p
	}
	p.add(t, nil)
	for i, f := range p.Fields {
		for _, spelling := range []string{f.Name, f.Camel} {
			if other, taken := p.bySpelling[spelling]; taken && other != i {
				panic(fmt.Sprintf("args: %s has two fields that are spelled %s", t, spelling))
			}
			p.bySpelling[spelling] = i
		}
	}
	p.indexPlainNames()
	return p
}

// nested are the specs of the structs that are in inputs.
var nested sync.Map //nolint:gochecknoglobals // what the tags of a type say never changes

// nestedSpec is SpecOf, read once for a type: a medium or a voice's settings are in the inputs of many tools.
func nestedSpec(t reflect.Type) *InputSpec {
	spec, ok := nested.Load(t)
	if !ok {
		spec, _ = nested.LoadOrStore(t, SpecOf(t))
	}
	return spec.(*InputSpec)
}

// Lookup finds an argument by either of its spellings.
func (p *InputSpec) Lookup(name string) (Field, bool) {
	i, ok := p.bySpelling[name]
	if !ok {
		return Field{}, false
	}
	return p.Fields[i], true
}

// Has reports whether there is an argument of that spelling.
func (p *InputSpec) Has(name string) bool {
	_, ok := p.bySpelling[name]
	return ok
}

// InPath are the names of the fields that travel in the path of the request.
func (p *InputSpec) InPath() []string {
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
func (p *InputSpec) WithFlag(name, doc string) *InputSpec {
	with := *p
	with.Fields = append(slices.Clone(p.Fields), Field{Name: name, Camel: camel(name), Doc: doc, Type: reflect.TypeFor[bool]()})
	return &with
}

// SetChoices gives the words that an argument may be, where no tag can say them. An argument that is
// not there panics, at start.
func (p *InputSpec) SetChoices(name string, words []string) {
	i, ok := p.bySpelling[name]
	if !ok {
		panic(fmt.Sprintf("args: %s has no field %s to give choices to", p.Type, name))
	}
	p.Fields[i].Enum, p.Fields[i].reference = words, true
}

// NotTaker is a struct that knows names which callers send and which are no arguments of it.
// NotTaken, which is called on the zero value, says why one is none, and what to do instead; nil
// leaves it to the usual refusal of a name that nobody knows.
type NotTaker interface {
	NotTaken(name, path string) *Fault
}

// TextReader is a type of text of which several spellings mean the same. ReadText, which is called on the zero value, gives the
// one that is sent, or says why the text is none.
type TextReader interface {
	ReadText(s, path string) (string, *Fault)
}

// explainsNames is how a type refuses names that it knows of, nil where it knows of none.
func explainsNames(t reflect.Type) func(name, path string) *Fault {
	if n, ok := reflect.TypeAssert[NotTaker](reflect.Zero(t)); ok {
		return n.NotTaken
	}
	return nil
}

// add reads the fields of t, which is at an index of the input struct, embedded ones in their place.
func (p *InputSpec) add(t reflect.Type, at []int) {
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
func (p *InputSpec) addVariants() {
	p.Variants = map[string]*InputSpec{}
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
		panic(fmt.Sprintf("args: the union %s has no variants", p.Type))
	}
}

// fieldOf reads one field's tags.
func fieldOf(sf reflect.StructField, tags fieldtags.Tags) Field {
	said := fieldtags.PairsOf(sf.Tag)
	if !tags.Named || said.Get("doc") == "" {
		panic(fmt.Sprintf("args: field %s lacks a json name or a doc", sf.Name))
	}
	f := Field{
		Name:         tags.Name,
		Camel:        camel(tags.Name),
		Place:        tags.Place,
		Doc:          said.Get("doc"),
		TooLong:      said.Get("tooLong"),
		Type:         sf.Type,
		Required:     said.Get("required") == "true",
		Default:      said.Get("default"),
		Sent:         said.Get("sent"),
		Min:          number(sf.Name, said, "min"),
		Max:          number(sf.Name, said, "max"),
		ExclusiveMin: number(sf.Name, said, "exclusiveMin"),
		Opaque:       said.Get("opaque") == "true",
		Callback:     said.Get("callback") == "true",
		Empty:        said.Get("empty") == "true",
		Quiet:        said.Get("quiet") == "true",
		Obvious:      said.Get("obvious") == "true",
		Meaningless:  said.Get("meaningless") == "true",
		Lang:         said.Get("lang"),
		Once:         said.Get("once") == "true",
		Spoken:       said.Get("spoken") == "true",
	}
	if f.Type.Kind() == reflect.Pointer {
		f.Type = f.Type.Elem()
	}
	f.Lang, f.LangsOf, _ = strings.Cut(f.Lang, ",")
	if f.Sent != "" {
		f.Default = f.Sent
	}
	if s := said.Get("enum"); s != "" {
		f.Enum = strings.Split(s, ",")
	}
	if s := said.Get("means"); s != "" {
		f.Means = strings.Split(s, ",")
	}
	if s := said.Get("len"); s != "" {
		f.MinLen, f.MaxLen = lengths(f.Name, s)
	}
	if s := said.Get("pattern"); s != "" {
		f.Pattern = newPattern(s)
	}
	f.reference = isReference(&f)
	if t, ok := reflect.TypeAssert[TextReader](reflect.Zero(f.Type)); ok {
		f.readText, f.reference = t.ReadText, true
	}
	elem := f.Type
	for elem.Kind() == reflect.Slice || elem.Kind() == reflect.Map || elem.Kind() == reflect.Pointer {
		elem = elem.Elem()
	}
	if elem.Kind() == reflect.Struct {
		f.Nested = nestedSpec(elem)
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
		panic(fmt.Sprintf("args: field %s: len %q", name, s))
	}
	return least, most
}

// number reads a tag as a number.
func number(name string, said fieldtags.Pairs, tag string) *float64 {
	s, ok := said.Lookup(tag)
	if !ok {
		return nil
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(fmt.Sprintf("args: field %s: %s %q", name, tag, s))
	}
	return &n
}

// choices names every field, for a refusal that lists them.
func (p *InputSpec) choices() string {
	if p.By != "" {
		return p.By + " (" + strings.Join(p.Kinds, ", ") + ") and the members of that kind"
	}
	names := make([]string, len(p.Fields))
	for i, f := range p.Fields {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}
