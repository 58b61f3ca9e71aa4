package args

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/forms"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/args/spelling"
)

// reader reads the arguments of one call: in one pass it folds what clients send into the canonical
// form, checks it, and collects all that is wrong.
type reader struct {
	faults     []ranked
	passedOver []string // names that clients added by themselves
	lists      Lists    // of what languages are called
	notes      []string // what was taken for what
}

// add notes a fault.
func (r *reader) add(f *faults.Fault, rank int) {
	r.faults = append(r.faults, ranked{Fault: f, rank: rank})
}

// Check puts one object into its canonical form, or says what is wrong with it. path is where it
// stands, "" at the root. The rules between fields are not asked, and names of languages are taken as
// they are.
func Check(p *inputs.Spec, args map[string]any, path string) (map[string]any, *faults.Fault) {
	return CheckBy(p, nil, args, path)
}

// CheckBy is Check with lists of what languages are called, nil for none.
func CheckBy(p *inputs.Spec, lists Lists, args map[string]any, path string) (map[string]any, *faults.Fault) {
	r := &reader{lists: lists}
	r.object(p, args, path)
	if fault := together(r.faults); fault != nil {
		return nil, fault
	}
	dropRepeats(p, args)
	return args, nil
}

// object puts an object into its canonical form, in place, and reports whether nothing was wrong
// with it. What was wrong is no longer in it.
func (r *reader) object(p *inputs.Spec, object map[string]any, path string) bool {
	if p.By != "" {
		return r.union(p, object, path)
	}
	unflatten(p, object)
	if p.Reads.Translate != nil {
		p.Reads.Translate(object)
	}
	takeChoices(p, object)
	ok := r.names(p, object, path)
	infer(p, object)
	for i := range p.Fields {
		f := &p.Fields[i]
		v, given := object[f.Name]
		if list, several := v.([]any); several && f.Or != "" && len(list) != 1 && object[f.Or] == nil {
			object[f.Or], given = list, false
			delete(object, f.Name)
		}
		if given {
			if v, given = forms.Normalize(f, v); !given {
				delete(object, f.Name)
			}
		}
		if !given {
			if f.Required && !givesSeveral(p, f, object) {
				at := faults.Join(path, f.Name)
				r.add(faults.Invalid(at, at+" is required.", sendIt(f)), rankMissing)
				ok = false
			}
			if f.Sent != "" {
				object[f.Name] = f.Sent
			}
			continue
		}
		checked, fine := r.check(f, v, faults.Join(path, f.Name))
		if !fine {
			delete(object, f.Name)
			ok = false
			continue
		}
		object[f.Name] = checked
	}
	return ok && r.oneOrSeveral(p, object, path)
}

// names puts the members of an object under the names of their fields, and refuses what has none.
func (r *reader) names(p *inputs.Spec, object map[string]any, path string) bool {
	var others []string
	for name, v := range object {
		if v == nil {
			delete(object, name) // clients send null for what they leave out
			continue
		}
		if !p.IsName(name) {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	ok := true
	for _, name := range others {
		v := object[name]
		delete(object, name)
		at, known := p.Resolve(name)
		if !known {
			if path == "" && (len(p.Fields) == 0 || spelling.AddedByClients(name)) {
				r.passedOver = append(r.passedOver, faults.Clip(name))
				continue
			}
			if s, isText := v.(string); spelling.IsEmpty(v) || isText && spelling.IsBlank(s) {
				r.passedOver = append(r.passedOver, faults.Clip(name)) // it says nothing, as a form sends it
				continue
			}
			r.faults = append(r.faults, unknown(p, name, path))
			ok = false
			continue
		}
		f := &p.Fields[at]
		if there, twice := object[f.Name]; twice && !reflect.DeepEqual(there, v) {
			r.add(faults.Invalid(faults.Join(path, f.Name), fmt.Sprintf("%s and %s are two spellings of one argument.", faults.Clip(name), f.Name),
				"Send "+f.Name+" once."), rankValue)
			ok = false
			continue
		}
		object[f.Name] = v
	}
	return ok
}

// union checks an object whose discriminator says what else it may hold.
func (r *reader) union(p *inputs.Spec, object map[string]any, path string) bool {
	if p.Reads.Translate != nil {
		p.Reads.Translate(object)
	}
	given := ""
	for _, name := range faults.SortedKeys(object) {
		if spelling.Plain(name) != spelling.Plain(p.By) {
			continue
		}
		if word, ok := object[name].(string); ok {
			given = spelling.Choice(spelling.Trim(word), p.Kinds)
		}
		delete(object, name)
	}
	if given == "" {
		given = inferKind(p, object)
	}
	variant, ok := p.Variants[given]
	if !ok {
		r.add(faults.NotAChoice(faults.Join(path, p.By), p.Kinds), rankValue)
		return false
	}
	ok = r.object(variant, object, path)
	object[p.By] = given
	return ok
}

// mentions reports whether a fault speaks of an argument about which one of others was found.
func mentions(others []ranked, fault *faults.Fault) bool {
	return slices.ContainsFunc(others, func(other ranked) bool {
		for _, at := range []string{other.Param, other.meant} {
			name := at[strings.LastIndexByte(at, '.')+1:]
			root, _, _ := strings.Cut(at, ".")
			for _, part := range []string{name, root} {
				part, _, _ = strings.Cut(part, "[")
				if part != "" && strings.Contains(fault.Param+" "+fault.Message+" "+fault.NextStep, part) {
					return true
				}
			}
		}
		return false
	})
}
