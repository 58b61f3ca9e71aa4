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

// batch makes a thing for each member, or one in each language of it.
type batch struct {
	Items []batchItem `json:"items" once:"true" doc:"x"`
	Other []batchItem `json:"other" doc:"x"`
}

type batchItem struct {
	Langs []string `json:"langs" lang:"voices" doc:"x"`
	Name  *string  `json:"name" doc:"x"`
	Title *string  `json:"title" meaningless:"true" doc:"x"`
	Speed *float64 `json:"speed" default:"1" doc:"x"`
}

// TestEqualMembersAreMadeOnce holds which members of a batch are left, where each that was sent is found among
// them, and what is said of it.
func TestEqualMembersAreMadeOnce(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[batch]())
	for _, c := range []struct {
		given, left string
		madeAs      []int
		note        string
	}{
		{`[{"name":"a"},{"name":"b"}]`, `[{"name":"a"},{"name":"b"}]`, nil, ""},
		{`[{"name":"a"},{"name":"b"},{"name":"a","speed":1,"title":"x"}]`, `[{"name":"a"},{"name":"b"}]`, []int{0, 1, 0}, "items[2] equals items[0];"},
		{
			`[{"name":"a"},{"name":"a"},{"name":"b"},{"name":"b"}]`, `[{"name":"a"},{"name":"b"}]`,
			[]int{0, 0, 1, 1}, "items[1] equals items[0], items[3] equals items[2];",
		},
		{
			`[{"name":"a","langs":["x","y"]},{"name":"a","langs":["z","y"]},{"name":"a","langs":["y"]},{"name":"a"}]`,
			`[{"langs":["x","y"],"name":"a"},{"langs":["z"],"name":"a"},{"name":"a"}]`,
			[]int{0, 1, 0, 2}, "items[1] is in [y] what items[0] is, items[2] equals items[0];",
		},
		{
			`[{"name":"a","langs":["x"]},{"name":"a","langs":["y"]},{"name":"a","langs":["y","x"]}]`,
			`[{"langs":["x"],"name":"a"},{"langs":["y"],"name":"a"}]`,
			[]int{0, 1, 0}, "items[2] equals items[0];",
		},
	} {
		in := new(batch)
		bound, fault := Bind(p, json.RawMessage(`{"items":`+c.given+`}`), in)
		if fault != nil {
			t.Errorf("%s was refused: %v", c.given, fault)
			continue
		}
		if got := argstest.Text(bound.Canonical["items"]); got != c.left || len(in.Items) != len(bound.Canonical["items"].([]any)) {
			t.Errorf("%s: got %s and %d in the struct, want %s", c.given, got, len(in.Items), c.left)
		}
		if !slices.Equal(bound.MadeAs, c.madeAs) {
			t.Errorf("%s: got the places %v, want %v", c.given, bound.MadeAs, c.madeAs)
		}
		if note := strings.Join(bound.Notes, " "); !strings.HasPrefix(note, c.note) || (note == "") != (c.note == "") {
			t.Errorf("%s: got the note %q, want %q", c.given, note, c.note)
		}
	}
	other, fault := Check(p, argstest.Object(t, `{"other":[{"name":"a"},{"name":"a"}]}`), "")
	if fault != nil || len(other["other"].([]any)) != 2 {
		t.Errorf("a list without the tag came to %v, %v", other, fault)
	}
}

// TestManyEqualMembersAreCounted holds that a note stays short.
func TestManyEqualMembersAreCounted(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[batch]())
	for n, want := range map[int]string{9: "items[8] equals items[0];", 11: "items[8] equals items[0], 2 more;"} {
		in := new(batch)
		bound, fault := Bind(p, json.RawMessage(`{"items":[`+strings.Repeat(`{"name":"a"},`, n-1)+`{"name":"a"}]}`), in)
		if fault != nil || len(in.Items) != 1 || len(bound.Notes) != 1 || !strings.Contains(bound.Notes[0], want) {
			t.Errorf("%d equal ones: got %d, %q, %v; want one and %q", n, len(in.Items), bound.Notes, fault, want)
		}
	}
}
