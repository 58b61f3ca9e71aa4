package engine

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// Names that v3 does not have, as a later v3 might: whoever reads an answer must bear them.
const (
	newFieldName  = "zz_new_field"
	unknownStatus = "archiving"

	// faultHeader says that an answer is not v3's: a fault has bent it or made it.
	faultHeader = "X-Sandbox-Fault"
)

// bend changes an answer as a later version of v3 might, where a fault asks for it.
func (e *Engine) bend(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		change := bending(requestOf(r).fault)
		if change == nil {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set(faultHeader, requestOf(r).fault.Fault)
		kept := newCapture()
		next.ServeHTTP(kept, r)
		dec := json.NewDecoder(bytes.NewReader(kept.body.Bytes()))
		dec.UseNumber() // so that no number changes its digits on the way
		var answer map[string]any
		if err := dec.Decode(&answer); err == nil {
			eachObject(answer["data"], change)
			if body, err := json.Marshal(answer); err == nil {
				kept.body.Reset()
				kept.body.Write(body)
				kept.header.Set("Content-Length", strconv.Itoa(len(body)))
			}
		}
		kept.replay(w)
	})
}

// bending is what a fault does to an object of an answer, or nil.
func bending(f *fault) func(map[string]any) {
	switch {
	case f == nil:
		return nil
	case f.Fault == faultNewField:
		return func(object map[string]any) { object[newFieldName] = map[string]any{"added": "later"} }
	case f.Fault == faultUnknownStatus:
		return func(object map[string]any) {
			if _, ok := object["status"].(string); ok {
				object["status"] = unknownStatus
			}
		}
	}
	return nil
}

// eachObject reaches data itself, and the items of lists that are data or stand in it.
func eachObject(data any, change func(map[string]any)) {
	switch data := data.(type) {
	case []any:
		for _, item := range data {
			if object, ok := item.(map[string]any); ok {
				change(object)
			}
		}
	case map[string]any:
		for _, inner := range data {
			if list, ok := inner.([]any); ok {
				eachObject(list, change)
			}
		}
		change(data)
	}
}
