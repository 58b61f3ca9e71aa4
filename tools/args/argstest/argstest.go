// Package argstest has the inputs that the tests of args and of its rooms share. It is in no
// program, and knows no tool.
package argstest

import (
	"testing"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
)

// Text is a value that was read from JSON as its JSON.
func Text(v any) string {
	raw, _ := jsonwrite.Marshal(v) //nolint:errchkjson // it was read from JSON
	return string(raw)
}

// Object reads the text of a JSON object.
func Object(t *testing.T, raw string) map[string]any {
	t.Helper()
	v, err := jsonread.Decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// MustPanic holds that a declaration that cannot be meant never starts.
func MustPanic(t *testing.T, what string, declare func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s was taken", what)
		}
	}()
	declare()
}
