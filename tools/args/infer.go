package args

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// BareString is a struct that may also be given as a string: FromString, which is called on the zero
// value, says what object the string stands for.
type BareString interface {
	FromString(s string) map[string]any
}

// BareBool is a struct that may also be given as true: FromTrue says what object that stands for, and
// false is then the same as leaving it out.
type BareBool interface {
	FromTrue() map[string]any
}

// Completer is a struct in which a member that follows from the others may be missing: Complete, which
// is called on the zero value, adds it to the object.
type Completer interface {
	Complete(object map[string]any)
}

// Translator is a struct that some client gives with names of its own: Translate, which is called on the zero value, puts those of
// this server in their places.
type Translator interface {
	Translate(object map[string]any)
}

// Meant is a struct of which several forms mean the same: Meant, which is called on the zero value, gives the one of which keys are
// made. It leaves the object as it is.
type Meant interface {
	Meant(object map[string]any) map[string]any
}

// bare says how a type reads something else than an object; its functions are nil where it does not.
type bare struct {
	fromString func(string) map[string]any
	fromTrue   func() map[string]any
	complete   func(map[string]any)
	translate  func(map[string]any)
	meant      func(map[string]any) map[string]any
}

// bareOf finds how a type does that.
func bareOf(t reflect.Type) (b bare) {
	zero := reflect.Zero(t)
	if s, ok := reflect.TypeAssert[BareString](zero); ok {
		b.fromString = s.FromString
	}
	if s, ok := reflect.TypeAssert[BareBool](zero); ok {
		b.fromTrue = s.FromTrue
	}
	if s, ok := reflect.TypeAssert[Completer](zero); ok {
		b.complete = s.Complete
	}
	if s, ok := reflect.TypeAssert[Translator](zero); ok {
		b.translate = s.Translate
	}
	if s, ok := reflect.TypeAssert[Meant](zero); ok {
		b.meant = s.Meant
	}
	return b
}

// normalizeObject reads an object that is sent as text: that of its JSON, or a bare word that stands
// for its one obvious member.
func (f *Field) normalizeObject(v any) any {
	p := f.Nested
	v = objectFromText(onlyMember(v))
	switch t := v.(type) {
	case json.Number:
		if truth, ok := foldBool(t).(bool); ok && p.bare.fromTrue != nil {
			return f.normalizeObject(truth)
		}
		if p.bare.fromString != nil {
			return p.bare.fromString(t.String()) // the number of a row or a price, which is a text there
		}
		if object := (map[string]any{}); p.chosenBy(object, t.String()) {
			return object
		}
	case bool:
		if p.bare.fromTrue == nil {
			return v
		}
		if !t {
			return nil
		}
		return p.bare.fromTrue()
	case string:
		if word, isWord := foldBool(t).(bool); isWord && p.bare.fromTrue != nil {
			return f.normalizeObject(word)
		}
		if object := p.fromWord(Trim(t)); object != nil {
			return object
		}
	case map[string]any:
		return f.switched(t)
	}
	return v
}

// switched is an object that says whether it is wanted at all, {enabled: true}, without that: what there is besides, or
// what true stands for. nil is for one that is not wanted.
func (f *Field) switched(object map[string]any) any {
	p := f.Nested
	if p.bare.fromTrue == nil {
		return object
	}
	for name, v := range object {
		if !slices.Contains([]string{"enabled", "enable", "on", "active", "show"}, plainName(name)) {
			continue
		}
		if _, known := p.resolve(name); known {
			continue
		}
		wanted, isBool := foldBool(v).(bool)
		switch {
		case !isBool:
			return object
		case !wanted:
			return nil
		case len(object) == 1:
			return p.bare.fromTrue()
		}
		rest := maps.Clone(object)
		delete(rest, name)
		return rest
	}
	return object
}

// fromWord is the object that a bare word stands for, nil where that is not plain: what the type
// itself says, the kind of a union, or the one text that must be given.
func (p *InputSpec) fromWord(word string) map[string]any {
	if p.bare.fromString != nil {
		return p.bare.fromString(word)
	}
	if p.By != "" {
		if kind := foldChoice(word, p.Kinds); slices.Contains(p.Kinds, kind) {
			return map[string]any{p.By: kind}
		}
		return nil
	}
	obvious := ""
	for i := range p.Fields {
		switch f := &p.Fields[i]; {
		case !f.Required || len(f.Enum) == 1:
		case obvious != "" || f.Type.Kind() != reflect.String && !f.takesWord():
			return nil
		default:
			obvious = f.Name
		}
	}
	if obvious == "" {
		return nil
	}
	return map[string]any{obvious: word}
}

// takesWord reports whether an object may also be given as a bare string.
func (f *Field) takesWord() bool {
	return f.Type.Kind() == reflect.Struct && f.Nested != nil && f.Nested.bare.fromString != nil
}

// infer adds to an object the members that follow from the others, so that nobody has to say twice
// what something is: {url} is of the type url.
func (p *InputSpec) infer(object map[string]any) {
	if p.bare.complete != nil {
		p.bare.complete(object)
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		if !f.Required || f.Enum == nil || !isNothing(object[f.Name]) {
			continue
		}
		kind, ok := oneOf(f.Enum, func(choice string) bool {
			return len(f.Enum) == 1 || !isNothing(object[choice])
		})
		if ok {
			object[f.Name] = kind
		}
	}
}

// chosenBy puts a word into an object for the member that is one of several choices, and reports whether it is one.
func (p *InputSpec) chosenBy(object map[string]any, word string) bool {
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Required && f.Enum != nil && slices.Contains(f.Enum, foldChoice(word, f.Enum)) {
			object[f.Name] = foldChoice(word, f.Enum)
			return true
		}
	}
	return false
}

// takeChoices puts a choice under the name of the member that it is for, where it came under one that others have
// for the kind of a thing: {name: avatar_iv} for {type: avatar_iv}.
func (p *InputSpec) takeChoices(object map[string]any) {
	for i := range p.Fields {
		f := &p.Fields[i]
		if !f.Required || len(f.Enum) < 2 || p.gives(object, i) {
			continue
		}
		for _, name := range SortedKeys(object) {
			word, isText := object[name].(string)
			if _, known := p.resolve(name); !isText || known || !isKindName(name) {
				continue
			}
			if c := foldChoice(Trim(word), f.Enum); slices.Contains(f.Enum, c) {
				delete(object, name)
				object[f.Name] = c
				break
			}
		}
	}
}

// gives reports whether an object says something of a field, under whichever of its names.
func (p *InputSpec) gives(object map[string]any, field int) bool {
	for name, v := range object {
		if at, known := p.resolve(name); known && at == field && !isNothing(v) {
			return true
		}
	}
	return false
}

// isKindName reports whether a name is one that others have for the kind of a thing.
func isKindName(name string) bool {
	return slices.Contains([]string{"type", "kind", "name", "id", "value", "engine", "model", "version", "mode", "variant"}, plainName(name))
}

// isNothing reports whether a member was left out or sent empty.
func isNothing(v any) bool {
	s, ok := v.(string)
	return v == nil || ok && isInvisible(s)
}

// inferKind is the one variant of a union that takes all members of an object, and gets from it what
// it needs; "" where there is none or more than one.
func (p *InputSpec) inferKind(object map[string]any) string {
	kind, ok := oneOf(p.Kinds, func(kind string) bool {
		v := p.Variants[kind]
		for name := range object {
			if _, known := v.resolve(name); !known {
				return false
			}
		}
		for _, f := range v.Fields {
			if f.Required && object[f.Name] == nil && object[f.Camel] == nil {
				return false
			}
		}
		return len(object) > 0
	})
	if !ok {
		return ""
	}
	return kind
}

// onlyMember is the one member of a list that has one.
func onlyMember(v any) any {
	if list, ok := v.([]any); ok && len(list) == 1 {
		return list[0]
	}
	return v
}

// Gather puts the members of an object, but those of some names and what clients add, into one of it, where there is
// none of its name: what lies beside a name is then its arguments.
func Gather(object map[string]any, into string, but ...string) {
	inner := map[string]any{}
	for name, v := range object {
		plain := plainName(name)
		switch {
		case plain == plainName(into) && v != nil:
			return
		case plain == plainName(into) || v == nil || addedByClients(name):
		case !slices.ContainsFunc(but, func(other string) bool { return plainName(other) == plain }):
			inner[name] = v
		}
	}
	for name := range inner {
		delete(object, name)
	}
	if len(inner) > 0 {
		object[into] = inner
	}
}
