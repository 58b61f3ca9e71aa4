package fieldtags

import (
	"reflect"
	"sync"
)

// Field is one field of a struct and what its tags say.
type Field struct {
	reflect.StructField
	Tags Tags
}

// known are the fields of the types that were asked for.
var known sync.Map //nolint:gochecknoglobals // what a type's tags say never changes, and there are only so many types

// Fields are the fields of a struct type in their order. They are read once: reflection makes each of them anew.
func Fields(t reflect.Type) []Field {
	if fields, ok := known.Load(t); ok {
		return fields.([]Field)
	}
	fields := make([]Field, 0, t.NumField())
	for sf := range t.Fields() {
		fields = append(fields, Field{sf, Of(sf)})
	}
	known.Store(t, fields)
	return fields
}
