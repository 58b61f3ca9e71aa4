package tools

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// union is embedded, with a tag that names the discriminator, in a struct that has a pointer per
// variant:
//
//	type scene struct {
//		union `by:"type"`
//		Image *imageScene `variant:"image"`
//	}
//
// It keeps the checked JSON, which is what is sent on; the pointers are for the rules between
// fields. Such a struct decodes by an UnmarshalJSON of one line that calls read.
type union struct{ raw json.RawMessage }

// MarshalJSON sends what was checked.
func (u union) MarshalJSON() ([]byte, error) { return u.raw, nil }

// read keeps the checked JSON and fills the pointer of its variant. into is the struct that u is
// embedded in.
func (u *union) read(raw []byte, into any) error {
	u.raw = append(json.RawMessage(nil), raw...)
	v := reflect.ValueOf(into).Elem()
	by := discriminator(v.Type())
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return err
	}
	var kind string
	if err := json.Unmarshal(members[by], &kind); err != nil {
		return fmt.Errorf("the discriminator %s: %w", by, err)
	}
	for sf := range v.Type().Fields() {
		if sf.Tag.Get("variant") == kind {
			f := v.FieldByIndex(sf.Index)
			f.Set(reflect.New(sf.Type.Elem()))
			return json.Unmarshal(raw, f.Interface())
		}
	}
	return nil
}

// discriminator is the member that tells the variants of a union apart, "" for a plain struct.
func discriminator(t reflect.Type) string {
	for sf := range t.Fields() {
		if sf.Anonymous && sf.Type == reflect.TypeFor[union]() {
			return sf.Tag.Get("by")
		}
	}
	return ""
}
