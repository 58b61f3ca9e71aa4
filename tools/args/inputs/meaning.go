package inputs

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Meaning is what canonical arguments mean: without those that say no more than leaving them out
// does. Calls of equal meaning have equal ones, so that an idempotency key can be made of it. It shares
// with canonical what it does not change.
func (p *Spec) Meaning(canonical map[string]any) map[string]any {
	if p.By != "" {
		kind, _ := canonical[p.By].(string)
		if v := p.Variants[kind]; v != nil {
			m := maps.Clone(v.Meaning(canonical))
			m[p.By] = kind
			return m
		}
		return canonical
	}
	m := make(map[string]any, len(canonical))
	for i := range p.Fields {
		f := &p.Fields[i]
		v, given := canonical[f.Name]
		if !given || f.Meaningless || f.IsDefault(v) {
			continue
		}
		v = f.Meaning(v)
		if object, ok := v.(map[string]any); ok && len(object) == 0 && !f.Required && !f.Empty {
			continue // all of it was defaults
		}
		m[f.Name] = v
	}
	if p.Reads.Meant != nil {
		return p.Reads.Meant(m)
	}
	return m
}

// Meaning is the meaning of one value of the field.
func (f *Field) Meaning(v any) any {
	if list, ok := v.([]any); ok && f.Lang != "" {
		return sorted(list) // each language is a job of its own, in whatever order they are named
	}
	if f.Nested == nil {
		return v
	}
	switch t := v.(type) {
	case map[string]any:
		if f.Type.Kind() == reflect.Map {
			m := make(map[string]any, len(t))
			for key, member := range t {
				m[key] = f.Member().Meaning(member)
			}
			return m
		}
		return f.Nested.Meaning(t)
	case []any:
		list := make([]any, len(t))
		for i, member := range t {
			list[i] = f.Member().Meaning(member)
		}
		return list
	}
	return v
}

// sorted is a list of texts in their order.
func sorted(list []any) []any {
	return slices.SortedFunc(slices.Values(list), func(a, b any) int {
		one, _ := a.(string)
		other, _ := b.(string)
		return strings.Compare(one, other)
	})
}

// IsDefault reports whether a value is what HeyGen takes where nothing is given.
func (f *Field) IsDefault(v any) bool {
	if f.Default == "" {
		return false
	}
	switch t := v.(type) {
	case string:
		return t == f.Default
	case json.Number:
		return t.String() == f.Default
	case bool:
		return t == (f.Default == "true")
	}
	return false
}
