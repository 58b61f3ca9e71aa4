package consent

import (
	"context"
	"reflect"
)

// AddCallback has HeyGen call this server when the jobs of a create have ended, where its caller has named nobody to
// call: in is the filled input, and url gives the address for a kind of job, "" for none. It is no argument of the
// call: equal arguments have one key whatever is added, and a key is answered alike whatever the body has.
func AddCallback(ctx context.Context, in any, kind string, url func(ctx context.Context, kind string) string) {
	if url == nil || kind == "" {
		return
	}
	v := reflect.ValueOf(in).Elem()
	if v.Kind() != reflect.Struct {
		return
	}
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Tag.Get("callback") != "true" || f.Type != reflect.TypeFor[*string]() {
			continue
		}
		field, err := v.FieldByIndexErr(f.Index)
		if err != nil || !field.IsNil() {
			return
		}
		if given := url(ctx, kind); given != "" {
			field.Set(reflect.ValueOf(&given))
		}
		return
	}
}
