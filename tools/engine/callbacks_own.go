package engine

import (
	"context"
	"reflect"
)

// addCallback has HeyGen call this server when the jobs of a create have ended, where its caller has named nobody to call. It is no
// argument of the call: equal arguments have one key whatever is added, and a key is answered alike whatever the body has.
func (e *Engine) addCallback(ctx context.Context, kind string, in any) {
	if e.cfg.CallbackURL == nil || kind == "" {
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
		if url := e.cfg.CallbackURL(ctx, kind); url != "" {
			field.Set(reflect.ValueOf(&url))
		}
		return
	}
}
