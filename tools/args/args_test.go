package args

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// TestArgumentsInAWrapper holds that arguments which came as the one member of an object are read, and that a
// member of that name which is an argument is one.
func TestArgumentsInAWrapper(t *testing.T) {
	t.Parallel()
	type withBody struct {
		Body *argstest.OneJob `json:"body" doc:"x"`
	}
	for _, c := range []struct {
		of          reflect.Type
		given, want string
	}{
		{reflect.TypeFor[argstest.Order](), `{"arguments":{"title":"x"}}`, `{"title":"x"}`},
		{reflect.TypeFor[argstest.Order](), `{"Kwargs":"{\"title\":\"x\"}"}`, `{"title":"x"}`},
		{reflect.TypeFor[argstest.Order](), `[{"title":"x"}]`, `{"title":"x"}`},
		{reflect.TypeFor[withBody](), `{"body":{"job_id":"x"}}`, `{"body":{"job_id":"x"}}`},
	} {
		bound, fault := Bind(inputs.SpecOf(c.of), json.RawMessage(c.given), reflect.New(c.of).Interface())
		if fault != nil || argstest.Text(bound.Canonical) != c.want {
			t.Errorf("%s came to %s, %v; want %s", c.given, argstest.Text(bound.Canonical), fault, c.want)
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
		if _, fault := Bind(inputs.SpecOf(reflect.TypeFor[argstest.Order]()), json.RawMessage(given), new(argstest.Order)); fault == nil || fault.Message != message {
			t.Errorf("%s came to %+v, want %q", given, fault, message)
		}
	}
	_, fault := Bind(inputs.SpecOf(reflect.TypeFor[argstest.Empty]()), json.RawMessage(`7`), new(argstest.Empty))
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
		{reflect.TypeFor[argstest.Order](), `{"sessionId":"s","zzzzzz":" ","yyyyyy":[],"xxxxxx":{},"title":"x","wwwwww":null}`, []string{"sessionId", "xxxxxx", "yyyyyy", "zzzzzz"}},
		{reflect.TypeFor[argstest.Empty](), `{"anything":1}`, []string{"anything"}},
		{reflect.TypeFor[argstest.Order](), `{"` + strings.Repeat("x", 61) + `":""}`, []string{strings.Repeat("x", 60) + "…"}},
	} {
		bound, fault := Bind(inputs.SpecOf(c.of), json.RawMessage(c.given), reflect.New(c.of).Interface())
		if fault != nil || !slices.Equal(bound.PassedOver, c.want) {
			t.Errorf("%s: got %v, %v; want %v passed over", c.given, bound.PassedOver, fault, c.want)
		}
	}
	if _, fault := Bind(inputs.SpecOf(reflect.TypeFor[argstest.Order]()), json.RawMessage(`{"engine":{"type":"avatar_iv","sessionId":"s"}}`), new(argstest.Order)); fault == nil || fault.Param != "engine.sessionId" {
		t.Errorf("got %+v, want a name that clients add refused inside of an argument", fault)
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
	p := inputs.SpecOf(reflect.TypeFor[named]())
	for _, given := range []string{
		`{"arguments":{"name":"x","count":2}}`, `{"params":{"arguments":{"name":"x","count":2}}}`, `{"input":"{\"name\":\"x\",\"count\":2}"}`,
		`{"args":[{"name":"x","count":2}],"kwargs":{}}`, `{"arguments":{"name":"x","count":2},"name":"make_named"}`, `{"tool":"make_named","data":{"name":"x","count":2}}`,
		`{"arguments":{"name":"x","count":2},"toolCallId":"call_1"}`, `{"make_named":{"name":"x","count":2}}`, `{"input":{"count":2},"name":"x"}`,
		`[{"name":"name","value":"x"},{"name":"count","value":"2"}]`, `{"__arg1":"{\"name\":\"x\",\"count\":2}"}`, `{"body":{"json":{"name":"x","count":2}}}`,
	} {
		var in named
		bound, fault := Bind(p, json.RawMessage(given), &in)
		if fault != nil || len(bound.Canonical) != 2 || in.Name != "x" || in.Count == nil || *in.Count != 2 {
			t.Errorf("%s: got %v, %+v", given, bound.Canonical, fault)
		}
	}
	for given, param := range map[string]string{
		`{"arguments":{"name":"x","count":2},"count":3}`: "", `{"input":{"name":"x"},"params":{"name":"y"}}`: "", `{"make_named":{"name":"x","cuont":2}}`: "",
	} {
		var in named
		if bound, fault := Bind(p, json.RawMessage(given), &in); fault == nil {
			t.Errorf("%s: came to %v, want a refusal %s", given, bound.Canonical, param)
		}
	}
}

// TestWholeArgumentsAsText holds the calls whose arguments are the text of an object, or a list without
// members for none.
func TestWholeArgumentsAsText(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[argstest.Order]())
	for _, raw := range []string{`"{\"title\":\"x\"}"`, ` {"title":"x"}`} {
		var in argstest.Order
		bound, fault := Bind(p, ObjectText(json.RawMessage(raw)), &in)
		if fault != nil || bound.Canonical["title"] != "x" || in.Title == nil || *in.Title != "x" {
			t.Errorf("%s: got %+v, %v", raw, bound, fault)
		}
	}
	for _, raw := range []string{`""`, `" "`, `[]`, `null`, ``} {
		var in argstest.Order
		if bound, fault := Bind(p, ObjectText(json.RawMessage(raw)), &in); fault != nil || len(bound.Canonical) != 0 {
			t.Errorf("%q: got %+v, %v", raw, bound, fault)
		}
	}
}
