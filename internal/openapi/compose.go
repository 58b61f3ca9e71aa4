package openapi

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// both is what is left where a value must fit two schemas.
func (s *Schema) both(doc *Document, o *Schema) *Schema {
	out := &Schema{
		Types: intersect(s.Types, o.Types), Enum: intersect(s.Enum, o.Enum),
		Null:       s.Null && o.Null,
		Pattern:    cmp.Or(s.Pattern, o.Pattern),
		Default:    cmp.Or(s.Default, o.Default),
		Deprecated: s.Deprecated || o.Deprecated,
		Bounds:     map[string]float64{},
		Properties: map[string]Node{},
		Required:   union(s.Required, o.Required),
		Rest:       cmp.Or(s.Rest, o.Rest),
		Items:      cmp.Or(s.Items, o.Items),
		By:         s.By, Variants: s.Variants,
	}
	maps.Copy(out.Bounds, s.Bounds)
	for word, n := range o.Bounds {
		if have, ok := s.Bounds[word]; ok && isUpper(word) {
			n = min(n, have)
		} else if ok {
			n = max(n, have)
		}
		out.Bounds[word] = n
	}
	maps.Copy(out.Properties, s.Properties)
	for name, node := range o.Properties {
		if first, ok := s.Properties[name]; ok {
			node = Node{doc, map[string]any{"allOf": []any{first.raw, node.raw}}}
		}
		out.Properties[name] = node
	}
	if out.By == "" {
		out.By, out.Variants = o.By, o.Variants
	}
	return out
}

// isUpper tells the bounds that a larger number loosens from those that it tightens.
func isUpper(bound string) bool { return strings.Contains(strings.ToLower(bound), "max") }

// bounded is the type of values that a bound is about, "" for numbers.
func bounded(bound string) string {
	switch {
	case strings.HasSuffix(bound, "Length"):
		return "string"
	case strings.HasSuffix(bound, "Items"):
		return "array"
	case strings.HasSuffix(bound, "Properties"):
		return "object"
	}
	return ""
}

// intersect is what two lists have in common, of which one that is empty allows everything.
func intersect(a, b []string) []string {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	return slices.DeleteFunc(slices.Clone(a), func(v string) bool { return !slices.Contains(b, v) })
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// choice is what a value may be that fits one of several schemas.
func (n Node) choice(choices []any, discriminator map[string]any, depth int) *Schema {
	var nodes []Node
	null := false
	for _, raw := range choices {
		if one := asObject(raw); asText(one["type"]) == "null" {
			null = true
			continue
		}
		nodes = append(nodes, Node{n.doc, raw})
	}
	if len(nodes) == 0 {
		return &Schema{Null: true}
	}
	read := make([]*Schema, len(nodes))
	for i, one := range nodes {
		read[i] = one.read(depth)
		null = null || read[i].Null
	}
	s := read[0]
	if len(nodes) > 1 || discriminator != nil {
		s = n.unite(nodes, read, discriminator)
	}
	s.Null = null
	return s
}

// unite makes one schema of several: a union where a member tells them apart, and otherwise the
// narrowest schema that all of them fit.
func (n Node) unite(nodes []Node, read []*Schema, discriminator map[string]any) *Schema {
	by, variants := asText(discriminator["propertyName"]), map[string]Node{}
	for kind, ref := range asObject(discriminator["mapping"]) {
		variants[kind] = Node{n.doc, map[string]any{"$ref": ref}}
	}
	if len(variants) == 0 {
		by, variants = n.tellApart(nodes, read, by)
	}
	if by != "" {
		return &Schema{Types: []string{"object"}, By: by, Variants: variants}
	}
	s := read[0]
	for _, one := range read[1:] {
		s = s.either(n.doc, one)
	}
	return s
}

// tellApart finds the member by whose value the objects of a choice differ; by is "" or what it
// must be. It is "" where there is none.
func (n Node) tellApart(nodes []Node, read []*Schema, by string) (string, map[string]Node) {
	candidates := []string{by}
	if by == "" {
		candidates = slices.Sorted(maps.Keys(read[0].Properties))
		if slices.Contains(candidates, "type") {
			candidates = append([]string{"type"}, candidates...)
		}
	}
	for _, name := range candidates {
		if variants := apartBy(name, nodes, read); variants != nil {
			return name, variants
		}
	}
	return "", nil
}

// apartBy are the variants by the values of a member, nil where one of them does not say its own.
func apartBy(name string, nodes []Node, read []*Schema) map[string]Node {
	variants := map[string]Node{}
	for i, one := range read {
		values := one.Properties[name].words()
		if len(values) == 0 {
			return nil
		}
		for _, value := range plain(values) {
			if _, taken := variants[value]; taken {
				return nil
			}
			variants[value] = nodes[i]
		}
	}
	return variants
}

// words are the choices that a schema gives by its own words, without those of compositions.
func (n Node) words() []string {
	m := asObject(n.raw)
	if n.doc != nil {
		m = n.doc.at(m)
	}
	return n.plain(m).Enum
}

// either is what a value may be that fits one of two schemas, as narrow as one schema can say it.
func (s *Schema) either(doc *Document, o *Schema) *Schema {
	s, o = s.Flat(), o.Flat()
	out := &Schema{Null: s.Null || o.Null, Bounds: map[string]float64{}, Properties: map[string]Node{}}
	if len(s.Types) > 0 && len(o.Types) > 0 {
		out.Types = union(s.Types, o.Types)
	}
	if len(s.Enum) > 0 && len(o.Enum) > 0 {
		out.Enum = union(s.Enum, o.Enum)
	}
	if s.Pattern == o.Pattern {
		out.Pattern = s.Pattern
	}
	for _, word := range bounds() {
		n, ok := s.Bounds[word]
		m, also := o.Bounds[word]
		switch {
		case ok && also && isUpper(word):
			out.Bounds[word] = max(n, m)
		case ok && also:
			out.Bounds[word] = min(n, m)
		case ok && !o.may(bounded(word)): // a bound of text holds beside a list
			out.Bounds[word] = n
		case also && !s.may(bounded(word)):
			out.Bounds[word] = m
		}
	}
	maps.Copy(out.Properties, s.Properties)
	for name, node := range o.Properties {
		if first, ok := out.Properties[name]; ok {
			node = Node{doc, map[string]any{"anyOf": []any{first.raw, node.raw}}}
		}
		out.Properties[name] = node
	}
	for _, name := range s.Required {
		if slices.Contains(o.Required, name) {
			out.Required = append(out.Required, name)
		}
	}
	out.Items, out.Rest = one(doc, s.Items, o.Items), one(doc, s.Rest, o.Rest)
	return out
}

// may says whether values of a type can fit, "" being a number.
func (s *Schema) may(kind string) bool {
	if kind == "" {
		return s.may("number") || s.may("integer")
	}
	return len(s.Types) == 0 || slices.Contains(s.Types, kind)
}

// one is what either node allows. A node that is not there is of a value that has no such part.
func one(doc *Document, a, b *Node) *Node {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	return &Node{doc, map[string]any{"anyOf": []any{a.raw, b.raw}}}
}

// Flat is a union as one object that has the members of all variants, where the member that tells
// them apart is a choice. What is no union it returns as it is.
func (s *Schema) Flat() *Schema { return s.flat(0) }

func (s *Schema) flat(depth int) *Schema {
	if s.By == "" || depth > maxDepth {
		return s
	}
	kinds := slices.Sorted(maps.Keys(s.Variants))
	var out *Schema
	for _, kind := range kinds {
		node := s.Variants[kind]
		one := node.Schema().flat(depth + 1)
		if out == nil {
			out = one
			continue
		}
		out = out.either(node.doc, one)
	}
	choices := make([]any, len(kinds))
	for i, kind := range kinds {
		choices[i] = kind
	}
	if out == nil {
		out = &Schema{Types: []string{"object"}}
	}
	flat := *out
	flat.Null = s.Null
	flat.Properties = maps.Clone(out.Properties)
	if flat.Properties == nil {
		flat.Properties = map[string]Node{}
	}
	flat.Properties[s.By] = NodeOf(map[string]any{"type": "string", "enum": choices})
	flat.Required = union(out.Required, []string{s.By})
	return &flat
}
