// Package fieldtags reads the tags that say what a struct field is called in JSON and where in a
// request it travels. It is the one reader of them: what publishes and checks arguments and what
// sends them use the same Tags, so the two agree by construction. It is a leaf and knows neither
// schemas nor HTTP.
package fieldtags

import (
	"reflect"
	"strings"
)

// The places of a field in a request.
const (
	Path  = "path"
	Query = "query"
	Body  = "body"
	Form  = "form"
	// Nowhere is the place of what is taken but not sent on.
	Nowhere = "-"
)

// Tags is what the tags of one field say.
type Tags struct {
	// Name is the field's name in JSON, "" for a field that has none there (`json:"-"`).
	Name string
	// Named is whether the tag gives the name; otherwise it is the Go field's.
	Named bool
	// Optional is whether the zero value may be left out (omitempty or omitzero).
	Optional bool
	// Place is Path, Query, Body, Form or Nowhere; Body where the tag says nothing.
	Place string
	// Inline is whether the field is an embedded struct, or a pointer to one, whose fields count as
	// those of the struct around it.
	Inline bool
}

// Of reads the tags of a field.
func Of(sf reflect.StructField) Tags {
	value := sf.Tag.Get("json")
	name, options, _ := strings.Cut(value, ",")
	t := Tags{Name: name, Named: name != "" && value != "-", Place: sf.Tag.Get("in")}
	if t.Place == "" {
		t.Place = Body
	}
	switch {
	case value == "-":
		t.Name = ""
	case name == "":
		t.Name = sf.Name
	}
	if value != "-" {
		t.Optional = strings.Contains(options, "omit")
	}
	t.Inline = sf.Anonymous && name == "" && t.Place != Nowhere && isStruct(sf.Type)
	return t
}

// isStruct reports whether t is a struct or a pointer to one.
func isStruct(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct
}
