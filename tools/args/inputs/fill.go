package inputs

import (
	"encoding/json"
	"reflect"

	"heygen-mcp/internal/jsonwrite"
)

// Fill writes checked arguments, which are in their canonical form, into the input struct that p was
// made of. It is what json.Unmarshal would make of them, without spelling them as JSON first.
func (p *Spec) Fill(in reflect.Value, canonical map[string]any) error {
	if p.By != "" {
		return p.fillUnion(in, canonical)
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		v, given := canonical[f.Name]
		if !given || f.each != nil {
			continue // a list in place of one is for who sends each by itself
		}
		if err := f.fill(in.FieldByIndex(f.Index), v); err != nil {
			return err
		}
	}
	return nil
}

// fillUnion keeps the whole in the union and fills the pointer of its variant.
func (p *Spec) fillUnion(in reflect.Value, canonical map[string]any) error {
	if u, ok := reflect.TypeAssert[interface{ keep(map[string]any) }](in.Addr()); ok {
		u.keep(canonical)
	}
	kind, _ := canonical[p.By].(string)
	variant := p.Variants[kind]
	return variant.Fill(alloc(in.FieldByIndex(variant.Index)), canonical)
}

// alloc is what a field holds, once there is something for its pointer to point at.
func alloc(field reflect.Value) reflect.Value {
	if field.Kind() != reflect.Pointer {
		return field
	}
	field.Set(reflect.New(field.Type().Elem()))
	return field.Elem()
}

// fill writes one value. What has no short way, as free maps, goes by JSON.
func (f *Field) fill(to reflect.Value, v any) error {
	to = alloc(to)
	switch v := v.(type) {
	case string:
		if to.Kind() == reflect.String {
			to.SetString(v)
			return nil
		}
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(v)
			return nil
		}
	case json.Number:
		return fillNumber(to, v)
	case map[string]any:
		if f.Nested != nil && to.Kind() == reflect.Struct {
			return f.Nested.Fill(to, v)
		}
		if f.Nested != nil && to.Kind() == reflect.Map {
			return f.fillMap(to, v)
		}
	case []any:
		if to.Kind() == reflect.Slice {
			to.Set(reflect.MakeSlice(to.Type(), len(v), len(v)))
			for i, m := range v {
				if err := f.fill(to.Index(i), m); err != nil {
					return err
				}
			}
			return nil
		}
	}
	return byJSON(to, v)
}

// fillMap writes the members of a map of structs.
func (f *Field) fillMap(to reflect.Value, members map[string]any) error {
	to.Set(reflect.MakeMapWithSize(to.Type(), len(members)))
	for name, v := range members {
		one := reflect.New(to.Type().Elem()).Elem()
		if err := f.fill(one, v); err != nil {
			return err
		}
		to.SetMapIndex(reflect.ValueOf(name), one)
	}
	return nil
}

// fillNumber writes a number into a field of its kind.
func fillNumber(to reflect.Value, n json.Number) error {
	if to.CanInt() {
		i, err := n.Int64()
		to.SetInt(i)
		return err
	}
	if to.CanFloat() {
		x, err := n.Float64()
		to.SetFloat(x)
		return err
	}
	return byJSON(to, n)
}

// byJSON writes a value by way of its JSON.
func byJSON(to reflect.Value, v any) error {
	raw, err := jsonwrite.Marshal(v)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, to.Addr().Interface())
}
