package tools

import (
	"encoding/json"
	"reflect"
)

// fill writes checked arguments, which are in their canonical form, into the input struct that the
// plan was made of. It is what json.Unmarshal would make of them, without spelling them as JSON first.
func (p *plan) fill(in reflect.Value, canonical map[string]any) error {
	for i := range p.fields {
		f := &p.fields[i]
		v, given := canonical[f.name]
		if !given {
			continue
		}
		if err := f.fill(in.FieldByIndex(f.index), v); err != nil {
			return err
		}
	}
	return nil
}

// fill writes one value. What has no short way goes by JSON: unions, which keep what is sent on as it
// is spelt, and free maps.
func (f *field) fill(to reflect.Value, v any) error {
	if to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	if f.decodes {
		return respell(to, v)
	}
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
		if f.nested != nil && to.Kind() == reflect.Struct {
			return f.nested.fill(to, v)
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
	return respell(to, v)
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
	return respell(to, n)
}

// respell writes a value by way of JSON.
func respell(to reflect.Value, v any) error {
	raw, err := encode(v)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, to.Addr().Interface())
}

// decodes says whether a type, or that of a list's members, reads JSON by itself.
func decodes(t reflect.Type) bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]())
}
