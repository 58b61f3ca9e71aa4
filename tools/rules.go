package tools

import (
	"fmt"
	"reflect"
	"strings"
)

// rules are the rules between the fields of a struct, which the tags of one field cannot say. An
// input struct, or one nested in it at any depth, that has them is held to them before anything is
// sent. path is where the struct stands, "" at the root. Structs embedded in one that has rules of
// its own are that one's to ask.
type rules interface {
	check(path string) *Refusal
}

// checkRules holds a decoded input to the rules of every struct in it, the inner ones first: a
// fault inside a member explains more than one between members.
func checkRules(v reflect.Value, path string) *Refusal {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return checkRules(v.Elem(), path)
	case reflect.Slice:
		for i := range v.Len() {
			if r := checkRules(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); r != nil {
				return r
			}
		}
	case reflect.Struct:
		if r := checkMembers(v, path); r != nil {
			return r
		}
		// What is reached through an unexported embedded struct cannot be asked, and need not:
		// its rules are promoted to the struct that embeds it.
		if v.CanAddr() && v.Addr().CanInterface() {
			if ruled, ok := reflect.TypeAssert[rules](v.Addr()); ok {
				return ruled.check(path)
			}
		}
	}
	return nil
}

// checkMembers asks the members of a struct for their rules.
func checkMembers(v reflect.Value, path string) *Refusal {
	for sf := range v.Type().Fields() {
		if sf.Type == reflect.TypeFor[union]() {
			continue
		}
		at := path
		if !sf.Anonymous && sf.Tag.Get("variant") == "" {
			name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
			at = join(path, name)
		}
		if r := checkRules(v.FieldByIndex(sf.Index), at); r != nil {
			return r
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
		panic(fmt.Sprintf("tools: %s embeds rules that nobody asks", t))
	}
}
