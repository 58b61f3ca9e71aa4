package inputs_test

import (
	"reflect"
	"slices"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// called has callbacks at every depth.
type called struct {
	URL   *string      `json:"callback_url" callback:"true" doc:"x"`
	Other *string      `json:"page_url" doc:"x"`
	Inner *calledInner `json:"inner" doc:"x"`
	List  []calledKind `json:"list" doc:"x"`
}

type calledInner struct {
	URLs []string `json:"receiver_urls" callback:"true" doc:"x"`
}

type calledKind struct {
	inputs.Union `by:"kind"`
	Calls        *calledInner    `variant:"calls"`
	Empty        *argstest.Empty `variant:"empty"`
}

// TestCallbacks holds that every argument to which HeyGen sends is found, with its path.
func TestCallbacks(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[called]())
	got := p.Callbacks(argstest.Object(t, `{"callback_url":"https://a.b","page_url":"https://p.q","inner":{"receiver_urls":["https://c.d","","https://e.f"]},
		"list":[{"kind":"empty"},{"kind":"calls","receiver_urls":["https://g.h"]},{"kind":"none","receiver_urls":["https://i.j"]}]}`))
	want := []inputs.Callback{
		{"callback_url", "https://a.b"},
		{"inner.receiver_urls[0]", "https://c.d"},
		{"inner.receiver_urls[2]", "https://e.f"},
		{"list[1].receiver_urls[0]", "https://g.h"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := p.Callbacks(argstest.Object(t, `{"callback_url":"","inner":"text","list":[7]}`)); len(got) != 0 {
		t.Errorf("got %v of nothing", got)
	}
}

// TestTakesCallback holds that the tag is found at every depth.
func TestTakesCallback(t *testing.T) {
	t.Parallel()
	type without struct {
		URL   *string         `json:"page_url" doc:"x"`
		Inner *argstest.Motor `json:"inner" doc:"x"`
		Shape *argstest.Shape `json:"shape" doc:"x"`
	}
	type within struct {
		Kind *calledKind `json:"kind" doc:"x"`
	}
	for what, c := range map[string]struct {
		of   reflect.Type
		want bool
	}{
		"at the root": {reflect.TypeFor[called](), true}, "in a list": {reflect.TypeFor[calledInner](), true},
		"in a variant": {reflect.TypeFor[within](), true}, "nowhere": {reflect.TypeFor[without](), false},
	} {
		if got := inputs.SpecOf(c.of).TakesCallback(); got != c.want {
			t.Errorf("%s: got %t, want %t", what, got, c.want)
		}
	}
}
