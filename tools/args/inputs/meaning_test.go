package inputs_test

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// meant has what says no more than leaving it out does.
type meant struct {
	Title  *string                    `json:"title" meaningless:"true" doc:"x"`
	Ratio  *string                    `json:"ratio" default:"auto" doc:"x"`
	Count  *int                       `json:"count" default:"10" doc:"x"`
	Fast   *bool                      `json:"fast" default:"true" doc:"x"`
	Slow   *bool                      `json:"slow" default:"false" doc:"x"`
	Inner  *meantInner                `json:"inner" doc:"x"`
	Must   meantInner                 `json:"must" required:"true" doc:"x"`
	Empty  *meantInner                `json:"empty" empty:"true" doc:"x"`
	List   []meantInner               `json:"list" doc:"x"`
	Named  map[string]*argstest.Motor `json:"named" doc:"x"`
	Shapes []argstest.Shape           `json:"shapes" doc:"x"`
	Langs  []string                   `json:"langs" lang:"voices" doc:"x"`
	IDs    []string                   `json:"ids" doc:"x"`
}

type meantInner struct {
	Speed *float64 `json:"speed" default:"1" doc:"x"`
	Text  *string  `json:"text" doc:"x"`
}

// swapped is told in two ways that mean the same.
type swapped struct {
	A *string `json:"a" doc:"x"`
	B *string `json:"b" doc:"x"`
}

func (swapped) Meant(object map[string]any) map[string]any {
	if b, ok := object["b"]; ok {
		return map[string]any{"a": b}
	}
	return object
}

// TestMeaning holds what of canonical arguments a key is made of.
func TestMeaning(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[meant]())
	for given, want := range map[string]string{
		`{"title":"x"}`:                            `{}`,
		`{"ratio":"auto"}`:                         `{}`,
		`{"ratio":"16:9"}`:                         `{"ratio":"16:9"}`,
		`{"count":10,"fast":true,"slow":false}`:    `{}`,
		`{"count":11,"fast":false,"slow":true}`:    `{"count":11,"fast":false,"slow":true}`,
		`{"inner":{"speed":1}}`:                    `{}`,
		`{"inner":{"speed":1,"text":"a"}}`:         `{"inner":{"text":"a"}}`,
		`{"must":{"speed":1},"empty":{"speed":1}}`: `{"empty":{},"must":{}}`,
		`{"list":[{"speed":1},{"speed":2}]}`:       `{"list":[{},{"speed":2}]}`,
		`{"named":{"a":{"type":"avatar_iii"}}}`:    `{"named":{"a":{"type":"avatar_iii"}}}`,
		`{"shapes":[{"kind_of":"circle","the_radius":0},{"kind_of":"empty"},{"kind_of":"other","x":1}]}`: `{"shapes":[{"kind_of":"circle","the_radius":0},{"kind_of":"empty"},{"kind_of":"other","x":1}]}`,
		`{"langs":["b","a","c"],"ids":["b","a"]}`:                                                        `{"ids":["b","a"],"langs":["a","b","c"]}`,
	} {
		canonical := argstest.Object(t, given)
		if got := argstest.Text(p.Meaning(canonical)); got != want {
			t.Errorf("%s means %s, want %s", given, got, want)
		}
		if !reflect.DeepEqual(canonical, argstest.Object(t, given)) {
			t.Errorf("%s was changed to %v", given, canonical)
		}
	}
	if got := argstest.Text(inputs.SpecOf(reflect.TypeFor[swapped]()).Meaning(argstest.Object(t, `{"b":"x"}`))); got != `{"a":"x"}` {
		t.Errorf("got %s, want the form that the type gives", got)
	}
}

// TestIsDefault holds that only a default is one, and a list never.
func TestIsDefault(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[meant]())
	for _, c := range []struct {
		name string
		v    any
		want bool
	}{{"ratio", "auto", true}, {"ratio", "", false}, {"title", "", false}, {"ratio", []any{"auto"}, false}, {"fast", true, true}, {"slow", true, false}} {
		f, known := p.Lookup(c.name)
		if !known || f.IsDefault(c.v) != c.want {
			t.Errorf("%s: whether %v is the default is %t, want %t", c.name, c.v, f.IsDefault(c.v), c.want)
		}
	}
	if _, known := p.Lookup("nothing"); known {
		t.Error("there is an argument called nothing")
	}
}
