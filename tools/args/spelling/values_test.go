package spelling

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestObjectFromText holds which texts are an object, and that an empty list is one.
func TestObjectFromText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ given, want any }{
		{`{"a":1}`, map[string]any{"a": json.Number("1")}}, {` '{"a":"b"}' `, map[string]any{"a": "b"}},
		{`"{\"a\":\"b\"}"`, map[string]any{"a": "b"}}, {"{}", map[string]any{}}, {[]any{}, map[string]any{}},
		{"", nil}, {"  ", nil}, {"word", "word"}, {"{a}", "{a}"}, {`"{a`, `"{a`}, {`["a"]`, `["a"]`},
		{[]any{"a"}, []any{"a"}}, {true, true}, {nil, nil},
	} {
		if got := ObjectFromText(c.given); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%#v is %#v, want %#v", c.given, got, c.want)
		}
	}
}

// TestKindsOfValues holds what is empty, a scalar, and the one member of a list.
func TestKindsOfValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v             any
		empty, scalar bool
		only          any
	}{
		{[]any{}, true, false, []any{}}, {map[string]any{}, true, false, map[string]any{}}, {[]any{"a"}, false, false, "a"},
		{[]any{"a", "b"}, false, false, []any{"a", "b"}}, {map[string]any{"a": "b"}, false, false, map[string]any{"a": "b"}},
		{"", false, true, ""}, {json.Number("1"), false, true, json.Number("1")}, {true, false, false, true}, {nil, false, false, nil},
	} {
		if IsEmpty(c.v) != c.empty || IsScalar(c.v) != c.scalar || !reflect.DeepEqual(OnlyMember(c.v), c.only) {
			t.Errorf("%#v: got empty %t, scalar %t, only member %#v", c.v, IsEmpty(c.v), IsScalar(c.v), OnlyMember(c.v))
		}
	}
}
