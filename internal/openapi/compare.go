package openapi

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// CompareObjects tells how the members of an object now differ from those of one that was. Deeper
// down, an object without named members takes any.
func CompareObjects(part Part, was, now *Schema) []Change {
	c := newComparer(false).in(part)
	c.objects(nil, was, now)
	return c.found
}

// comparer collects the changes of one part.
type comparer struct {
	part  Part
	found []Change
	// strict says that a member is there only where it is named, as in documents.
	strict bool
	active map[[2]string]bool // pairs that are being compared, since a schema may hold itself
	same   map[[2]string]bool // pairs of references that do not differ
}

func newComparer(strict bool) *comparer {
	return &comparer{strict: strict, active: map[[2]string]bool{}, same: map[[2]string]bool{}}
}

// in is a comparer for another part, which knows what this one does.
func (c *comparer) in(part Part) *comparer {
	return &comparer{part: part, strict: c.strict, active: c.active, same: c.same}
}

// compare compares two schemas of documents.
func (c *comparer) compare(part Part, was, now Node) []Change {
	of := c.in(part)
	of.nodes(nil, was, now)
	return of.found
}

func (c *comparer) add(path Path, kind Kind, old, now *Schema, change Change) {
	change.Part, change.Path, change.Kind = c.part, slices.Clone(path), kind
	change.Old, change.Now = old, now
	c.found = append(c.found, change)
}

// key tells nodes apart; equal keys of one document are one schema.
func (n Node) key() string {
	m := asObject(n.raw)
	if ref := asText(m["$ref"]); ref != "" && len(m) == 1 {
		return ref
	}
	if m["anyOf"] != nil || m["allOf"] != nil {
		return encode(m) // it may have been put together for the comparison
	}
	if m == nil {
		return ""
	}
	return fmt.Sprint(reflect.ValueOf(m).Pointer())
}

func (c *comparer) nodes(path Path, was, now Node) {
	pair := [2]string{was.key(), now.key()}
	if c.active[pair] || c.same[pair] {
		return
	}
	before := len(c.found)
	c.active[pair] = true
	c.schemas(path, was.Schema(), now.Schema())
	delete(c.active, pair)
	if len(c.found) == before && strings.HasPrefix(pair[0], "#") && strings.HasPrefix(pair[1], "#") {
		c.same[pair] = true
	}
}

func (c *comparer) schemas(path Path, was, now *Schema) {
	if !slices.Equal(was.Types, now.Types) {
		c.add(path, TypeChanged, was, now, Change{Was: kinds(was), Is: kinds(now)})
		if len(was.Types) > 0 && len(now.Types) > 0 && len(intersect(was.Types, now.Types)) == 0 {
			return
		}
	}
	if was.Null != now.Null && len(was.Types) > 0 && len(now.Types) > 0 {
		c.add(path, Null, was, now, Change{})
	}
	if !slices.Equal(was.Enum, now.Enum) {
		c.add(path, Choices, was, now, Change{
			Gone: plain(missingFrom(was.Enum, now.Enum)), New: plain(missingFrom(now.Enum, was.Enum)),
		})
	}
	for _, word := range bounds() {
		n, had := was.Bounds[word]
		m, has := now.Bounds[word]
		if had == has && n == m {
			continue
		}
		change := Change{Word: word}
		if had {
			change.Was = number(n)
		}
		if has {
			change.Is = number(m)
		}
		c.add(path, Bound, was, now, change)
	}
	for _, one := range []struct {
		kind    Kind
		was, is string
	}{
		{Pattern, was.Pattern, now.Pattern},
		{Default, was.Default, now.Default},
		{Deprecated, fmt.Sprint(was.Deprecated), fmt.Sprint(now.Deprecated)},
	} {
		if one.was != one.is {
			c.add(path, one.kind, was, now, Change{Was: one.was, Is: one.is})
		}
	}
	if was.Named() && now.Named() || c.strict && (was.Named() || now.Named()) {
		c.objects(path, was, now)
	}
	if was.Items != nil && now.Items != nil {
		c.nodes(append(slices.Clone(path), Elements), *was.Items, *now.Items)
	}
	if was.Rest != nil && now.Rest != nil {
		c.nodes(append(slices.Clone(path), Others), *was.Rest, *now.Rest)
	}
}

// kinds are the types as text, "" for any.
func kinds(s *Schema) string { return strings.Join(s.Types, " or ") }

// plain takes the quotes from choices.
func plain(choices []string) []string {
	for i, one := range choices {
		choices[i] = strings.Trim(one, `"`)
	}
	return choices
}

// objects compares members, variant by variant where both are unions by the same member.
func (c *comparer) objects(path Path, was, now *Schema) {
	if was.By == "" || was.By != now.By {
		c.members(path, was.Flat(), now.Flat())
		return
	}
	for _, kind := range slices.Sorted(maps.Keys(was.Variants)) {
		if _, ok := now.Variants[kind]; !ok {
			c.add(path, VariantRemoved, was, nil, Change{Was: kind})
			continue
		}
		pair := [2]string{was.Variants[kind].key(), now.Variants[kind].key()}
		if c.active[pair] {
			continue
		}
		c.active[pair] = true
		c.schemas(append(slices.Clone(path), InVariant(kind)), was.Variant(kind), now.Variant(kind))
		delete(c.active, pair)
	}
	for _, kind := range slices.Sorted(maps.Keys(now.Variants)) {
		if _, ok := was.Variants[kind]; !ok {
			c.add(path, VariantAdded, nil, now, Change{Is: kind})
		}
	}
}

// Variant is what a union has besides the member that tells the variants apart, nil where it has no
// such variant.
func (s *Schema) Variant(kind string) *Schema {
	node, ok := s.Variants[kind]
	if !ok {
		return nil
	}
	return node.Schema().Without(s.By)
}

// Without is the schema without one member.
func (s *Schema) Without(name string) *Schema {
	out := *s
	out.Properties = maps.Clone(s.Properties)
	delete(out.Properties, name)
	out.Required = missingFrom(s.Required, []string{name})
	return &out
}

func (c *comparer) members(path Path, was, now *Schema) {
	for _, name := range slices.Sorted(maps.Keys(was.Properties)) {
		path := append(slices.Clone(path), name)
		node, ok := now.Properties[name]
		if !ok {
			change := Change{}
			if slices.Contains(was.Required, name) {
				change.Was = string(Required)
			}
			c.add(path, Removed, was.Properties[name].Schema(), nil, change)
			continue
		}
		must, had := slices.Contains(now.Required, name), slices.Contains(was.Required, name)
		if must != had {
			kind := Optional
			if must {
				kind = Required
			}
			c.add(path, kind, was.Properties[name].Schema(), node.Schema(), Change{})
		}
		c.nodes(path, was.Properties[name], node)
	}
	for _, name := range slices.Sorted(maps.Keys(now.Properties)) {
		if _, ok := was.Properties[name]; ok {
			continue
		}
		change := Change{}
		if slices.Contains(now.Required, name) {
			change.Is = string(Required)
		}
		c.add(append(slices.Clone(path), name), Added, nil, now.Properties[name].Schema(), change)
	}
}
