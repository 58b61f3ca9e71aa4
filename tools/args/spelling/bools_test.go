package spelling

import (
	"encoding/json"
	"testing"
)

// TestBool holds what stands for true and false, what says nothing, and that the rest stays as it was.
func TestBool(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ given, want any }{
		{" Yes! ", true}, {"ja", true}, {"ＯＮ", true}, {json.Number("1"), true}, {json.Number("1.0"), true},
		{"Off.", false}, {"нет", false}, {json.Number("0"), false}, {json.Number("0.0"), false},
		{"", nil}, {"  ", nil}, {map[string]any{}, nil}, {[]any{}, nil},
		{"perhaps", "perhaps"}, {json.Number("2"), json.Number("2")}, {true, true}, {false, false}, {nil, nil},
	} {
		if got := Bool(c.given); got != c.want {
			t.Errorf("%#v is %#v, want %#v", c.given, got, c.want)
		}
	}
}
