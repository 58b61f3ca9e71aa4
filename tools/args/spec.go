package args

import (
	"fmt"
	"reflect"
	"slices"
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
	Index       []int // of a variant: where its pointer is in the union
	bare        bare
	notTaken    func(name, path string) *Fault
	rules       *ruled // between the fields, and in what is nested
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

// isName reports whether there is an argument that is published in snake_case under a name.
func (p *InputSpec) isName(name string) bool {
	i, ok := p.bySpelling[name]
	return ok && p.Fields[i].Name == name
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
