package args

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args/inputs"
)

// dropRepeats drops, from a list with the tag once, the members that equal an earlier one, so that what was sent twice
// is made once. A member that is made in several languages counts as one for each: of a member that is otherwise equal
// to an earlier one, the languages that are new are kept. places has, for each member that was sent, its index among
// those that are left; it is nil where nothing was dropped. At most one list of an input has the tag.
func dropRepeats(p *inputs.Spec, canonical map[string]any) (places []int, note string) {
	for i := range p.Fields {
		f := &p.Fields[i]
		list, ok := canonical[f.Name].([]any)
		if !f.Once || !ok {
			continue
		}
		o := &onlyOnce{f: f, one: f.Member(), places: map[string]int{}}
		for at, m := range list {
			if err := o.take(at, m); err != nil {
				return nil, ""
			}
		}
		if len(o.twice) == 0 {
			return nil, ""
		}
		canonical[f.Name] = o.kept
		if more := len(o.twice) - maxNotes; more > 0 {
			o.twice = append(o.twice[:maxNotes], fmt.Sprintf("%d more", more))
		}
		return o.at, strings.Join(o.twice, ", ") + "; what is equal in everything is made once. " +
			"made_as tells of each that was sent which of those made it is, from 0."
	}
	return nil, ""
}

// onlyOnce is the members of a list of which each is made once.
type onlyOnce struct {
	f, one  *inputs.Field
	places  map[string]int // by what a member means, and in which language
	kept    []any
	firstAt []int // of each that is kept, its place in the list that was sent
	at      []int // of each that was sent, its place among those that are kept
	twice   []string
}

// take takes a member, or what of it is not taken yet.
func (o *onlyOnce) take(at int, m any) error {
	object, langs := o.splitLanguages(m)
	raw, err := jsonwrite.Marshal(o.one.Meaning(object))
	if err != nil {
		return err
	}
	var own, others []any
	before := -1 // the place of what has the others
	for _, lang := range langs {
		if place, taken := o.places[fmt.Sprint(lang, " ", string(raw))]; taken {
			before, others = place, append(others, lang)
		} else {
			own = append(own, lang)
		}
	}
	if len(own) == 0 {
		o.at = append(o.at, before)
		o.twice = append(o.twice, fmt.Sprintf("%[1]s[%[2]d] equals %[1]s[%[3]d]", o.f.Name, at, o.firstAt[before]))
		return nil
	}
	if len(others) > 0 {
		o.twice = append(o.twice, fmt.Sprintf("%[1]s[%[2]d] is in %[4]v what %[1]s[%[3]d] is", o.f.Name, at, o.firstAt[before], others))
		whole := maps.Clone(m.(map[string]any)) //nolint:forcetypeassert // it has languages
		whole[o.languages().Name] = own
		m = whole
	}
	for _, lang := range own {
		o.places[fmt.Sprint(lang, " ", string(raw))] = len(o.kept)
	}
	o.at = append(o.at, len(o.kept))
	o.kept, o.firstAt = append(o.kept, m), append(o.firstAt, at)
	return nil
}

// languages is the argument of a member that names the languages in which it is made, nil where it
// is made once.
func (o *onlyOnce) languages() *inputs.Field {
	if o.one.Nested == nil {
		return nil
	}
	fields := o.one.Nested.Fields
	i := slices.IndexFunc(fields, func(f inputs.Field) bool { return f.Lang != "" && f.Type.Kind() == reflect.Slice })
	if i < 0 {
		return nil
	}
	return &fields[i]
}

// splitLanguages is a member without the languages in which it is made, and these; one that names
// none is made in one, which has no name.
func (o *onlyOnce) splitLanguages(m any) (without any, langs []any) {
	f := o.languages()
	object, ok := m.(map[string]any)
	if f == nil || !ok {
		return m, []any{""}
	}
	langs, _ = object[f.Name].([]any)
	if len(langs) == 0 {
		return m, []any{""}
	}
	rest := maps.Clone(object)
	delete(rest, f.Name)
	return rest, langs
}
