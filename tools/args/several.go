package args

import (
	"slices"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/forms"
	"heygen-mcp/tools/args/inputs"
)

// givesSeveral reports whether an object gives a list in place of an argument.
func givesSeveral(p *inputs.Spec, f *inputs.Field, object map[string]any) bool {
	list, ok := p.Lookup(f.Or)
	if f.Or == "" || !ok {
		return false
	}
	_, given := forms.Normalize(&list, object[f.Or])
	return given
}

// sendIt is what to do where an argument is missing.
func sendIt(f *inputs.Field) string {
	if f.Or != "" {
		return "Send it, or several as " + f.Or + ": " + f.Doc
	}
	return "Send it: " + f.Doc
}

// oneOrSeveral holds that of an argument and the list in its place only one is given, and leaves
// each member of the list once.
func (r *reader) oneOrSeveral(p *inputs.Spec, object map[string]any, path string) bool {
	for i := range p.Fields {
		f := &p.Fields[i]
		list, several := object[f.Or].([]any)
		if f.Or == "" || !several {
			continue
		}
		// A client that fills every argument repeats one of the list.
		if one, given := object[f.Name]; given && !slices.Contains(list, one) {
			at := faults.Join(path, f.Name)
			r.add(faults.Invalid(at, at+" and "+f.Or+" are both given.", "Send all in "+f.Or+"."), rankValue)
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
