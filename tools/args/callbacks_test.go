package args

import (
	"reflect"
	"slices"
	"testing"
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
	Union `by:"kind"`
	Calls *calledInner `variant:"calls"`
	Empty *empty       `variant:"empty"`
}

// TestCallbacks holds that every argument to which HeyGen sends is found, with its path.
func TestCallbacks(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[called]())
	got := p.Callbacks(object(t, `{"callback_url":"https://a.b","page_url":"https://p.q","inner":{"receiver_urls":["https://c.d","","https://e.f"]},
		"list":[{"kind":"empty"},{"kind":"calls","receiver_urls":["https://g.h"]},{"kind":"none","receiver_urls":["https://i.j"]}]}`))
	want := []Callback{
		{"callback_url", "https://a.b"},
		{"inner.receiver_urls[0]", "https://c.d"},
		{"inner.receiver_urls[2]", "https://e.f"},
		{"list[1].receiver_urls[0]", "https://g.h"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := p.Callbacks(object(t, `{"callback_url":"","inner":"text","list":[7]}`)); len(got) != 0 {
		t.Errorf("got %v of nothing", got)
	}
}

// TestTakesCallback holds that the tag is found at every depth.
func TestTakesCallback(t *testing.T) {
	t.Parallel()
	type without struct {
		URL   *string `json:"page_url" doc:"x"`
		Inner *motor  `json:"inner" doc:"x"`
		Shape *shape  `json:"shape" doc:"x"`
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
		if got := SpecOf(c.of).TakesCallback(); got != c.want {
			t.Errorf("%s: got %t, want %t", what, got, c.want)
		}
	}
}

// TestCallbackScheme holds that a receiver's address gets the scheme that people leave out, and nothing else does.
func TestCallbackScheme(t *testing.T) {
	t.Parallel()
	type receiver struct {
		URL   *string `json:"callback_url" callback:"true" doc:"x"`
		Other *string `json:"page_url" doc:"x"`
	}
	p := SpecOf(reflect.TypeFor[receiver]())
	for given, want := range map[string]string{
		"Example.com/Hook": "https://example.com/Hook", "localhost/x": "localhost/x", "user@a.b/c": "user@a.b/c", "a b.c/d": "a b.c/d",
		"ftp://A.b/c": "ftp://A.b/c",
	} {
		got, fault := p.Check(map[string]any{"callback_url": given, "page_url": given}, "")
		if fault != nil || got["callback_url"] != want || got["page_url"] != given {
			t.Errorf("%s: got %v, %v; want %s, and the page as it was", given, got, fault, want)
		}
	}
}
