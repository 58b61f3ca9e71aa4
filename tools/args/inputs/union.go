package inputs

import (
	"reflect"

	"heygen-mcp/internal/jsonwrite"
)

// Union is embedded, with a tag that names the discriminator, in a struct that has a pointer per
// variant:
//
//	type scene struct {
//		inputs.Union `by:"type"`
//		Image *imageScene `variant:"image"`
//	}
//
// It keeps the checked arguments, which are what is sent on; the pointers are for the rules between
// fields. A variant with the tag quiet is not told to anybody: a Translate of the struct makes it.
type Union struct{ checked map[string]any }

// MarshalJSON writes the object as it was checked.
func (u Union) MarshalJSON() ([]byte, error) { return jsonwrite.Marshal(u.checked) }

// Checked is what is sent. What is changed in it is sent changed.
func (u *Union) Checked() map[string]any { return u.checked }

func (u *Union) keep(checked map[string]any) { u.checked = checked }

// discriminator is the member that tells the variants of a union apart, "" for a plain struct.
func discriminator(t reflect.Type) string {
	for sf := range t.Fields() {
		if sf.Anonymous && sf.Type == reflect.TypeFor[Union]() {
			return sf.Tag.Get("by")
		}
	}
	return ""
}
