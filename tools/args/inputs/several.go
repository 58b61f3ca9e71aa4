package inputs

import (
	"fmt"
	"reflect"
	"slices"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/tools/args/spelling"
)

// MaxSeveral is how many may be given in place of one.
const MaxSeveral = 100

// NameOfSeveral is the name of the list that may be given in place of an argument.
func NameOfSeveral(name string) string { return name + "s" }

// Several is p with a list that may be given in place of the argument of that name: video_ids for
// video_id. The list is none of the input struct's: who runs the call fills a struct for each
// member. An argument that is not there panics.
func (p *Spec) Several(name string) *Spec {
	at, ok := p.bySpelling[name]
	if !ok {
		panic(fmt.Sprintf("inputs: %s has no field %s to take several of", p.Type, name))
	}
	with := *p
	with.Fields = slices.Clone(p.Fields)
	with.bySpelling = map[string]int{}
	one := &with.Fields[at]
	each := *one
	one.Or = NameOfSeveral(name)
	list := Field{
		Name: one.Or, Camel: spelling.Camel(one.Or), Doc: "Up to 100.", Place: fieldtags.Nowhere,
		Type: reflect.TypeFor[[]string](), MaxLen: MaxSeveral, Reference: true, each: &each,
	}
	with.Fields = slices.Insert(with.Fields, at+1, list)
	for i, f := range with.Fields {
		with.bySpelling[f.Name], with.bySpelling[f.Camel] = i, i
	}
	with.indexPlainNames()
	return &with
}
