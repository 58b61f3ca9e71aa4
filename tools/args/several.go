package args

import (
	"fmt"
	"reflect"
	"slices"

	"heygen-mcp/internal/fieldtags"
)

// MaxSeveral is how many may be given in place of one.
const MaxSeveral = 100

// NameOfSeveral is the name of the list that may be given in place of an argument.
func NameOfSeveral(name string) string { return name + "s" }

// Several is p with a list that may be given in place of the argument of that name: video_ids for
// video_id. The list is none of the input struct's: who runs the call fills a struct for each
// member. An argument that is not there panics, at start.
func (p *InputSpec) Several(name string) *InputSpec {
	at, ok := p.bySpelling[name]
	if !ok {
		panic(fmt.Sprintf("args: %s has no field %s to take several of", p.Type, name))
	}
	with := *p
	with.Fields = slices.Clone(p.Fields)
	with.bySpelling = map[string]int{}
	one := &with.Fields[at]
	each := *one
	one.Or = NameOfSeveral(name)
	list := Field{
		Name: one.Or, Camel: camel(one.Or), Doc: "Up to 100.", Place: fieldtags.Nowhere,
		Type: reflect.TypeFor[[]string](), MaxLen: MaxSeveral, reference: true, each: &each,
	}
	with.Fields = slices.Insert(with.Fields, at+1, list)
	for i, f := range with.Fields {
		with.bySpelling[f.Name], with.bySpelling[f.Camel] = i, i
	}
	with.indexPlainNames()
	return &with
}

// givesSeveral reports whether an object gives a list in place of an argument.
func (p *InputSpec) givesSeveral(f *Field, object map[string]any) bool {
	list, ok := p.Lookup(f.Or)
	if f.Or == "" || !ok {
		return false
	}
	_, given := list.normalize(object[f.Or])
	return given
}

// sendIt is what to do where an argument is missing.
func (f *Field) sendIt() string {
	if f.Or != "" {
		return "Send it, or several as " + f.Or + ": " + f.Doc
	}
	return "Send it: " + f.Doc
}

// oneOrSeveral holds that of an argument and the list in its place only one is given, and leaves
// each member of the list once.
func (r *reader) oneOrSeveral(p *InputSpec, object map[string]any, path string) bool {
	for i := range p.Fields {
		f := &p.Fields[i]
		list, several := object[f.Or].([]any)
		if f.Or == "" || !several {
			continue
		}
		// A client that fills every argument repeats one of the list.
		if one, given := object[f.Name]; given && !slices.Contains(list, one) {
			at := Join(path, f.Name)
			r.add(Invalid(at, at+" and "+f.Or+" are both given.", "Send all in "+f.Or+"."), rankValue)
			return false
		}
		delete(object, f.Name)
		object[f.Or] = withoutRepeats(list)
	}
	return true
}

// withoutRepeats leaves the first of equal members, in their order.
func withoutRepeats(list []any) []any {
	seen, once := make(map[any]bool, len(list)), make([]any, 0, len(list))
	for _, m := range list {
		if !seen[m] {
			seen[m] = true
			once = append(once, m)
		}
	}
	return once
}
