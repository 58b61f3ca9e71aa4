package heygen

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"heygen-mcp/internal/fieldtags"
	"heygen-mcp/internal/jsonwrite"
)

// encoding/json cannot write these bodies: it sends null for a nil pointer, or
// with omitempty drops an empty list that the caller gave on purpose. Here nil
// is absent and everything else is sent, at every depth.

// flatten gives the struct of an embedded field without a name of its own; it
// is invalid where the embedded pointer is nil.
func flatten(f reflect.StructField, tags fieldtags.Tags, v reflect.Value) (reflect.Value, bool) {
	if !tags.Inline || (v.Kind() == reflect.Pointer && !f.IsExported()) {
		return reflect.Value{}, false
	}
	if v.Kind() == reflect.Pointer {
		return v.Elem(), true
	}
	return v, true
}

// absent says that a field was not given. Only what cannot be nil looks at the
// tag: a list or a pointer tells "none" from "empty" by itself.
func absent(v reflect.Value, optional bool) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return v.IsNil() || absent(v.Elem(), false)
	case reflect.Map:
		return v.IsNil()
	case reflect.Slice:
		return v.IsNil() || (v.Type() == reflect.TypeFor[json.RawMessage]() && v.Len() == 0)
	}
	return optional && v.IsZero()
}

// writeJSON writes one value.
func writeJSON(b *bytes.Buffer, v reflect.Value) error {
	if !v.IsValid() {
		b.WriteString("null")
		return nil
	}
	if raw, ok := reflect.TypeAssert[json.RawMessage](v); ok {
		return writeRaw(b, raw)
	}
	if _, own := marshals(v); own {
		return writePlain(b, v)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return writeJSON(b, v.Elem())
	case reflect.Struct:
		return writeStruct(b, v)
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() {
			b.WriteString("null")
			return nil
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return writePlain(b, v)
		}
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeJSON(b, v.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	case reflect.Map:
		return writeMap(b, v)
	}
	return writePlain(b, v)
}

// eachField visits every field that may be sent, embedded structs last, so that
// an outer field comes before an inner one of the same name, which it hides, as in
// encoding/json.
func eachField(v reflect.Value, visit func(tags fieldtags.Tags, v reflect.Value) error) error {
	var embedded []reflect.Value
	for i, f := range fieldtags.Fields(v.Type()) {
		if inner, ok := flatten(f.StructField, f.Tags, v.Field(i)); ok {
			if inner.IsValid() {
				embedded = append(embedded, inner)
			}
			continue
		}
		if !f.IsExported() {
			continue
		}
		if err := visit(f.Tags, v.Field(i)); err != nil {
			return err
		}
	}
	for _, inner := range embedded {
		if err := eachField(inner, visit); err != nil {
			return err
		}
	}
	return nil
}

// writeStruct writes the members of a nested struct.
func writeStruct(b *bytes.Buffer, v reflect.Value) error {
	seen := map[string]bool{}
	b.WriteByte('{')
	err := eachField(v, func(tags fieldtags.Tags, v reflect.Value) error {
		name := tags.Name
		if name == "" || seen[name] {
			return nil
		}
		seen[name] = true
		if absent(v, tags.Optional) {
			return nil
		}
		if b.Bytes()[b.Len()-1] != '{' {
			b.WriteByte(',')
		}
		writeString(b, name)
		b.WriteByte(':')
		return writeJSON(b, v)
	})
	b.WriteByte('}')
	return err
}

// writeMap writes a free map with its keys as they are, in a fixed order: a
// repeat under the same key must have the same body.
func writeMap(b *bytes.Buffer, v reflect.Value) error {
	if v.Type().Key().Kind() != reflect.String {
		return fmt.Errorf("a map with keys of type %s cannot be sent", v.Type().Key())
	}
	if v.IsNil() {
		b.WriteString("null")
		return nil
	}
	members := map[string]reflect.Value{}
	for iter := v.MapRange(); iter.Next(); {
		members[iter.Key().String()] = iter.Value()
	}
	b.WriteByte('{')
	for i, key := range slices.Sorted(maps.Keys(members)) {
		if i > 0 {
			b.WriteByte(',')
		}
		writeString(b, key)
		b.WriteByte(':')
		if err := writeJSON(b, members[key]); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

// writeRaw passes JSON on byte for byte, so that its numbers stay as typed.
func writeRaw(b *bytes.Buffer, raw json.RawMessage) error {
	if len(raw) == 0 {
		b.WriteString("null")
		return nil
	}
	var check json.RawMessage
	if err := json.Unmarshal(raw, &check); err != nil {
		return err
	}
	b.Write(raw)
	return nil
}

// writePlain leaves a value to encoding/json, without its escapes for HTML.
func writePlain(b *bytes.Buffer, v reflect.Value) error {
	return jsonwrite.Append(b, v.Interface())
}

func writeString(b *bytes.Buffer, s string) {
	// A string always encodes; anything else about it is the body's length.
	_ = jsonwrite.Append(b, s)
}

// marshals says that a type writes itself; as text, where it can.
func marshals(v reflect.Value) (text encoding.TextMarshaler, own bool) {
	if v.Kind() == reflect.Pointer && v.IsNil() || !v.CanInterface() {
		return nil, false
	}
	_, own = reflect.TypeAssert[json.Marshaler](v)
	text, isText := reflect.TypeAssert[encoding.TextMarshaler](v)
	return text, own || isText
}

// scalar is a value as a path or a query writes it.
func scalar(v reflect.Value) (string, error) {
	if v.Type() == reflect.TypeFor[string]() { // as most are
		return v.String(), nil
	}
	if raw, ok := reflect.TypeAssert[json.RawMessage](v); ok {
		return rawScalar(raw)
	}
	if m, _ := marshals(v); m != nil {
		raw, err := m.MarshalText()
		return string(raw), err
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "", errors.New("a list holds a null")
		}
		return scalar(v.Elem())
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), nil
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, v.Type().Bits()), nil
	case reflect.Slice, reflect.Array:
		parts := make([]string, v.Len())
		for i := range parts {
			part, err := scalar(v.Index(i))
			if err != nil {
				return "", err
			}
			parts[i] = part
		}
		return strings.Join(parts, ","), nil
	}
	return "", fmt.Errorf("a %s has no form outside a body", v.Type())
}

// rawScalar takes the quotes off a JSON string and leaves numbers and words.
func rawScalar(raw json.RawMessage) (string, error) {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s, nil
	}
	raw = bytes.TrimSpace(raw)
	if !json.Valid(raw) || raw[0] == '{' || raw[0] == '[' {
		return "", errors.New("only a string, a number or a boolean has a form outside a body")
	}
	return string(raw), nil
}
