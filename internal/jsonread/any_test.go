package jsonread_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/internal/jsonread"
)

// TestDecode holds that exactly one value is read, that numbers stay as they are spelt, and that nothing is null.
func TestDecode(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]any{
		"": nil, " \n": nil, "null": nil, ` "a" `: "a", "1.50": json.Number("1.50"),
		`{"a":[1,{}]}`: map[string]any{"a": []any{json.Number("1"), map[string]any{}}},
	} {
		if got, err := jsonread.Decode(json.RawMessage(given)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %#v, %v; want %#v", given, got, err, want)
		}
	}
	for _, given := range []string{"{} {}", `{"a":`, "a", "1,"} {
		if got, err := jsonread.Decode(json.RawMessage(given)); err == nil || got != nil {
			t.Errorf("%q is %#v, %v; want an error and nothing", given, got, err)
		}
	}
}
