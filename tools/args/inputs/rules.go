package inputs

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/tools/args/faults"
)

// rules are the rules between the fields of a struct, which the tags of one field cannot say. An
// input struct, or one nested in it at any depth, that has them is held to them before anything is
// sent. path is where the struct stands, "" at the root. Structs embedded in one that has rules of
// its own are that one's to ask.
type rules interface {
	Check(path string) *faults.Fault
}

// CheckRules holds an input struct, which in points to and which is filled, to the rules of every struct in it.
func (p *Spec) CheckRules(in any) []*faults.Fault { return p.rules.check(reflect.ValueOf(in), "") }

// typeRules is where the rules of a type are, found once: most inputs have few, and looking through all
// their fields on every call costs more than checking them.
type typeRules struct {
	asks    bool // the type itself has rules
	members []ruledMember
}

// ruledMember is a field that has rules, or something inside it has.
type ruledMember struct {
	index []int
	name  string // "" for a field that adds nothing to the path
	inner *typeRules
}

// ruledOf finds the rules of t and of everything in it; nil where there are none.
func ruledOf(t reflect.Type) *typeRules {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return ruledOf(t.Elem())
	case reflect.Struct:
	default:
		return nil
	}
	r := &typeRules{asks: reflect.PointerTo(t).Implements(reflect.TypeFor[rules]())}
	for sf := range t.Fields() {
		if sf.Type == reflect.TypeFor[Union]() {
			continue
		}
		inner := ruledOf(sf.Type)
		if inner == nil {
			continue
		}
		name := ""
		if !sf.Anonymous && sf.Tag.Get("variant") == "" {
			name, _, _ = strings.Cut(sf.Tag.Get("json"), ",")
		}
		r.members = append(r.members, ruledMember{index: sf.Index, name: name, inner: inner})
	}
	if !r.asks && len(r.members) == 0 {
		return nil
	}
	return r
}

// check holds a decoded input to the rules of every struct in it, the inner ones first: a fault
// inside a member explains more than one between members.
func (r *typeRules) check(v reflect.Value, path string) (found []*faults.Fault) {
	if r == nil {
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return r.check(v.Elem(), path)
	case reflect.Slice:
		for i := range v.Len() {
			found = append(found, r.check(v.Index(i), fmt.Sprintf("%s[%d]", path, i))...)
		}
		return found
	case reflect.Map: // of pointers, so that the members can be asked
		for _, key := range slices.SortedFunc(slices.Values(v.MapKeys()), func(a, b reflect.Value) int {
			return strings.Compare(a.String(), b.String())
		}) {
			found = append(found, r.check(v.MapIndex(key), faults.Join(path, faults.Clip(key.String())))...)
		}
		return found
	}
	for _, m := range r.members {
		at := path
		if m.name != "" {
			at = faults.Join(path, m.name)
		}
		found = append(found, m.inner.check(v.FieldByIndex(m.index), at)...)
	}
	if len(found) > 0 {
		return found
	}
	// What is reached through an unexported embedded struct cannot be asked, and need not: its rules
	// are promoted to the struct that embeds it.
	if r.asks && v.CanAddr() && v.Addr().CanInterface() {
		if own, ok := reflect.TypeAssert[rules](v.Addr()); ok {
			if fault := own.Check(path); fault != nil {
				return []*faults.Fault{fault}
			}
		}
	}
	return nil
}

// mustHoldRules panics where two embedded structs both have rules and the struct around them has
// none: Go then promotes neither, and both would be forgotten.
func mustHoldRules(t reflect.Type) {
	ruled := 0
	for sf := range t.Fields() {
		if sf.Anonymous && reflect.PointerTo(sf.Type).Implements(reflect.TypeFor[rules]()) {
			ruled++
		}
	}
	if ruled > 1 && !reflect.PointerTo(t).Implements(reflect.TypeFor[rules]()) {
		panic(fmt.Sprintf("inputs: %s embeds rules that nobody asks", t))
	}
}
