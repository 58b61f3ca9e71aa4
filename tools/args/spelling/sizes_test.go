package spelling

import (
	"encoding/json"
	"testing"
)

// TestSize holds which objects and lists are a size, and that half of one is none.
func TestSize(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		given any
		want  string
	}{
		{map[string]any{"width": json.Number("1080"), "height": json.Number("1920")}, "1080x1920"},
		{map[string]any{"w": "16", "h": " 9 "}, "16x9"}, {map[string]any{"x": "1", "y": "1"}, "1x1"},
		{[]any{json.Number("16"), "9"}, "16x9"},
		{map[string]any{"width": "1080"}, ""}, {map[string]any{"width": "1", "height": "2", "depth": "3"}, ""},
		{map[string]any{"width": "1", "h": "2"}, ""}, {[]any{"16"}, ""}, {[]any{"16", "9", "1"}, ""},
		{[]any{"16", "nine"}, ""}, {[]any{true, "9"}, ""}, {"16x9", ""}, {nil, ""},
	} {
		if got, ok := Size(c.given); got != c.want || ok != (c.want != "") {
			t.Errorf("%v is %q, %t; want %q", c.given, got, ok, c.want)
		}
	}
}
