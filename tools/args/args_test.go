package args

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestArgumentsInAWrapper holds that arguments which came as the one member of an object are read, and that a
// member of that name which is an argument is one.
func TestArgumentsInAWrapper(t *testing.T) {
	t.Parallel()
	type withBody struct {
		Body *oneJob `json:"body" doc:"x"`
	}
	for _, c := range []struct {
		of          reflect.Type
		given, want string
	}{
		{reflect.TypeFor[order](), `{"arguments":{"title":"x"}}`, `{"title":"x"}`},
		{reflect.TypeFor[order](), `{"Kwargs":"{\"title\":\"x\"}"}`, `{"title":"x"}`},
		{reflect.TypeFor[order](), `[{"title":"x"}]`, `{"title":"x"}`},
		{reflect.TypeFor[withBody](), `{"body":{"job_id":"x"}}`, `{"body":{"job_id":"x"}}`},
	} {
		bound, fault := SpecOf(c.of).Bind(json.RawMessage(c.given), reflect.New(c.of).Interface())
		if fault != nil || toText(bound.Canonical) != c.want {
			t.Errorf("%s came to %s, %v; want %s", c.given, toText(bound.Canonical), fault, c.want)
		}
	}
	for given, message := range map[string]string{
		`{"arguments":{"title":"x"},"title":"y"}`: "arguments is not an argument.",
		`{"arguments":"x"}`:                       "arguments is not an argument.",
		`{"wrapper":{"title":"x"}}`:               "wrapper is not an argument.",
		`{"title":`:                               "The arguments are not valid JSON.",
		`{} {}`:                                   "The arguments are not valid JSON.",
		`7`:                                       "The arguments must be one JSON object.",
		`"x"`:                                     "The arguments must be one JSON object.",
		`[{},{}]`:                                 "The arguments must be one JSON object.",
	} {
		if _, fault := SpecOf(reflect.TypeFor[order]()).Bind(json.RawMessage(given), new(order)); fault == nil || fault.Message != message {
			t.Errorf("%s came to %+v, want %q", given, fault, message)
		}
	}
	_, fault := SpecOf(reflect.TypeFor[empty]()).Bind(json.RawMessage(`7`), new(empty))
	if fault == nil || fault.NextStep != "Send an object. Known here: nothing." {
		t.Errorf("got %+v, want that nothing is known", fault)
	}
}

// TestObjectText holds what is taken for the text of an object.
func TestObjectText(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`"{\"a\":1}"`: `{"a":1}`, ` " {\"a\":1} " `: `{"a":1}`, `""`: `{}`, `"  "`: `{}`, `{"a":1}`: `{"a":1}`, `"x`: `"x`, ``: ``, `7`: `7`,
	} {
		if got := string(ObjectText(json.RawMessage(given))); got != want {
			t.Errorf("%s is %s, want %s", given, got, want)
		}
	}
}

// TestPassedOver holds which names are passed over: those that clients add, those that say nothing, and all
// where nothing is taken.
func TestPassedOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of    reflect.Type
		given string
		want  []string
	}{
		{reflect.TypeFor[order](), `{"sessionId":"s","zzzzzz":" ","yyyyyy":[],"xxxxxx":{},"title":"x","wwwwww":null}`, []string{"sessionId", "xxxxxx", "yyyyyy", "zzzzzz"}},
		{reflect.TypeFor[empty](), `{"anything":1}`, []string{"anything"}},
		{reflect.TypeFor[order](), `{"` + strings.Repeat("x", 61) + `":""}`, []string{strings.Repeat("x", 60) + "…"}},
	} {
		bound, fault := SpecOf(c.of).Bind(json.RawMessage(c.given), reflect.New(c.of).Interface())
		if fault != nil || !slices.Equal(bound.PassedOver, c.want) {
			t.Errorf("%s: got %v, %v; want %v passed over", c.given, bound.PassedOver, fault, c.want)
		}
	}
	if _, fault := SpecOf(reflect.TypeFor[order]()).Bind(json.RawMessage(`{"engine":{"type":"avatar_iv","sessionId":"s"}}`), new(order)); fault == nil || fault.Param != "engine.sessionId" {
		t.Errorf("got %+v, want a name that clients add refused inside of an argument", fault)
	}
}

// TestTrim holds what is taken away around an id, and that what has a meaning stays.
func TestTrim(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		" a ": "a", `"a"`: "a", "'a b'": "a b", "`a`": "a", "„a”": "a", "‘a’": "a", "«a»": "a", "<a>": "a", `" a "`: "a", `""`: "", `"`: `"`, `"a`: `"a`,
		`"a" or "b"`: `"a" or "b"`, "a\"": "a\"", "(a)": "(a)", "\u3164a\u2800": "a", "a\x00": "a", "z": "z", "0 Z": "0 Z", "": "", "_a_": "_a_",
	} {
		if got := Trim(given); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}

// TestReferences holds which texts name something, so that what is invisible around them is no part of them.
func TestReferences(t *testing.T) {
	t.Parallel()
	type texts struct {
		ID      *string  `json:"voice_id" doc:"x"`
		IDs     *string  `json:"ids" doc:"x"`
		Key     *string  `json:"key" doc:"x"`
		Path    *string  `json:"name" in:"path" doc:"x"`
		Query   *string  `json:"search" in:"query" doc:"x"`
		Strict  *string  `json:"strict" pattern:"^[a-z]+$" doc:"x"`
		Lenient *string  `json:"lenient" pattern:"^[a-z ]*$" doc:"x"`
		Title   *string  `json:"title" doc:"x"`
		Reread  *capital `json:"reread" doc:"x"`
	}
	p := SpecOf(reflect.TypeFor[texts]())
	for name, want := range map[string]bool{
		"voice_id": true, "key": true, "name": true, "search": true, "strict": true, "lenient": false, "title": false, "reread": true,
	} {
		f, _ := p.Lookup(name)
		if f.reference != want || f.MayBeEmpty() == want {
			t.Errorf("%s: got %t for whether it names something and %t for whether it may be empty", name, f.reference, f.MayBeEmpty())
		}
	}
	const page = "https://app.heygen.com/videos/0123456789abcdef0123456789abcdef"
	if got, fault := p.Check(map[string]any{"voice_id": page, "ids": page, "key": page}, ""); fault != nil ||
		got["voice_id"] != page[len(page)-32:] || got["ids"] != page[len(page)-32:] || got["key"] != page {
		t.Errorf("got %v, %v; want the ids of the page, and the key as it was", got, fault)
	}
	got, fault := p.Check(object(t, `{"reread":" a ","name":"https://app.heygen.com/videos/0123456789abcdef0123456789abcdef"}`), "")
	if fault != nil || got["reread"] != "A" || got["name"] != "0123456789abcdef0123456789abcdef" {
		t.Errorf("got %v, %v; want the text as its type reads it, and the id of a page", got, fault)
	}
	if _, fault := p.Check(object(t, `{"reread":"1"}`), ""); fault == nil || fault.Message != "reread has no letters" {
		t.Errorf("got %v, want the words of the type", fault)
	}
	if p.Has("other") || !p.Has("voiceId") || !slices.Equal(p.InPath(), []string{"name"}) {
		t.Errorf("got %v in the path", p.InPath())
	}
	p.SetChoices("title", []string{"one", "two"})
	if got, fault := p.Check(object(t, `{"title":" Two "}`), ""); fault != nil || got["title"] != "two" {
		t.Errorf("got %v, %v; want the choice", got, fault)
	}
	mustPanic(t, "choices of nothing", func() { p.SetChoices("other", nil) })
}

// capital is a text that is sent in capitals.
type capital string

func (capital) ReadText(s, path string) (string, *Fault) {
	if s == "1" {
		return "", Invalid(path, path+" has no letters", "send letters")
	}
	return strings.ToUpper(s), nil
}

// TestTagsThatMakeNoSense holds that they stop a start.
func TestTagsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for what, of := range map[string]reflect.Type{
		"a length that is no number": reflect.TypeFor[struct {
			A string `json:"a" len:"x-2" doc:"x"`
		}](),
		"a length without a dash": reflect.TypeFor[struct {
			A string `json:"a" len:"2" doc:"x"`
		}](),
		"an upper length that is no number": reflect.TypeFor[struct {
			A string `json:"a" len:"1-x" doc:"x"`
		}](),
		"a bound that is no number": reflect.TypeFor[struct {
			A int `json:"a" min:"x" doc:"x"`
		}](),
		"a pattern that is none": reflect.TypeFor[struct {
			A string `json:"a" pattern:"(" doc:"x"`
		}](),
		"two fields of one spelling": reflect.TypeFor[struct {
			A string `json:"a_b" doc:"x"`
			B string `json:"aB" doc:"x"`
		}](),
		"a union without variants": reflect.TypeFor[struct {
			Union `by:"type"`
		}](),
	} {
		mustPanic(t, what, func() { SpecOf(of) })
	}
}

// TestWrappers holds what clients put around arguments.
func TestWrappers(t *testing.T) {
	t.Parallel()
	type named struct {
		Name  string  `json:"name" required:"true" doc:"Name."`
		Title *string `json:"title" doc:"Title."`
		Count *int    `json:"count" doc:"Count."`
	}
	p := SpecOf(reflect.TypeFor[named]())
	for _, given := range []string{
		`{"arguments":{"name":"x","count":2}}`, `{"params":{"arguments":{"name":"x","count":2}}}`, `{"input":"{\"name\":\"x\",\"count\":2}"}`,
		`{"args":[{"name":"x","count":2}],"kwargs":{}}`, `{"arguments":{"name":"x","count":2},"name":"make_named"}`, `{"tool":"make_named","data":{"name":"x","count":2}}`,
		`{"arguments":{"name":"x","count":2},"toolCallId":"call_1"}`, `{"make_named":{"name":"x","count":2}}`, `{"input":{"count":2},"name":"x"}`,
		`[{"name":"name","value":"x"},{"name":"count","value":"2"}]`, `{"__arg1":"{\"name\":\"x\",\"count\":2}"}`, `{"body":{"json":{"name":"x","count":2}}}`,
	} {
		var in named
		bound, fault := p.Bind(json.RawMessage(given), &in)
		if fault != nil || len(bound.Canonical) != 2 || in.Name != "x" || in.Count == nil || *in.Count != 2 {
			t.Errorf("%s: got %v, %+v", given, bound.Canonical, fault)
		}
	}
	for given, param := range map[string]string{
		`{"arguments":{"name":"x","count":2},"count":3}`: "", `{"input":{"name":"x"},"params":{"name":"y"}}`: "", `{"make_named":{"name":"x","cuont":2}}`: "",
	} {
		var in named
		if bound, fault := p.Bind(json.RawMessage(given), &in); fault == nil {
			t.Errorf("%s: came to %v, want a refusal %s", given, bound.Canonical, param)
		}
	}
}
