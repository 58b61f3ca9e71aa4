package inputs_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// published has each thing that a schema says.
type published struct {
	Name   string            `json:"the_name" required:"true" len:"1-9" doc:"A <name>."`
	Long   *string           `json:"long" len:"2-" doc:"x"`
	Choice *string           `json:"choice" enum:"a,b" default:"a" doc:"x"`
	Hidden *string           `json:"hidden" enum:"c,d" pattern:"^e$" quiet:"true" obvious:"true" doc:"not told"`
	Code   *string           `json:"code" pattern:"^f+$" doc:"x"`
	Count  *int              `json:"count" min:"1" max:"5" default:"2" doc:"x"`
	Share  *float64          `json:"share" exclusiveMin:"0" doc:"x"`
	Fast   *bool             `json:"fast" doc:"x"`
	List   []string          `json:"list" len:"1-3" doc:"x"`
	Inner  *argstest.OneJob  `json:"inner_one" doc:"x"`
	Opaque *argstest.OneJob  `json:"opaque_one" opaque:"true" doc:"x"`
	Many   []argstest.OneJob `json:"many" doc:"x"`
	Covert []argstest.OneJob `json:"covert" opaque:"true" doc:"x"`
	Free   map[string]any    `json:"free" doc:"x"`
}

const publishedSchema = `{"type":"object","properties":{
"the_name":{"type":"string","description":"A <name>.","maxLength":9},
"long":{"type":"string","description":"x","minLength":2},
"choice":{"type":"string","description":"x","enum":["a","b"],"default":"a"},
"hidden":{"type":"string"},
"code":{"type":"string","description":"x","pattern":"^f+$"},
"count":{"type":"integer","description":"x","minimum":1,"maximum":5,"default":2},
"share":{"type":"number","description":"x","exclusiveMinimum":0},
"fast":{"type":"boolean","description":"x"},
"list":{"type":"array","description":"x","minItems":1,"maxItems":3,"items":{"type":"string"}},
"inner_one":{"type":"object","description":"x","properties":{"job_id":{"type":"string","description":"A job's id."},"note":{"type":"string","description":"x"}},"required":["job_id"]},
"opaque_one":{"type":"object","description":"x"},
"many":{"type":"array","description":"x","items":{"type":"object","properties":{"job_id":{"type":"string","description":"A job's id."},"note":{"type":"string","description":"x"}},"required":["job_id"]}},
"covert":{"type":"array","description":"x","items":{"type":"object"}},
"free":{"type":"object","description":"x"}},"required":["the_name"]}`

// TestSchema holds what is published of each tag, in the order of the struct and in both spellings.
func TestSchema(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[published]())
	want := strings.ReplaceAll(publishedSchema, "\n", "")
	if got := string(p.Schema(inputs.SnakeCase)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	names := p.Names()
	camelCase := strings.NewReplacer(`"the_name"`, `"theName"`, `"inner_one"`, `"innerOne"`, `"opaque_one"`, `"opaqueOne"`, `"job_id"`, `"jobId"`).Replace(want)
	if got := string(p.Schema(inputs.CamelCase)); got != camelCase {
		t.Errorf("got %s\nwant %s", got, camelCase)
	}
	if text, want := names.Spell("Send the_name and job_id of inner_one, not get_job or a_b."), "Send theName and jobId of innerOne, not get_job or a_b."; names.Spell(text) != want {
		t.Errorf("got %q, want %q", names.Spell(text), want)
	}
	if len(names) != 4 {
		t.Errorf("got the names %v, want the four that differ", names)
	}
	if got := string(inputs.SpecOf(reflect.TypeFor[argstest.Empty]()).Schema(inputs.SnakeCase)); got != `{"type":"object","properties":{}}` {
		t.Errorf("got %s for no arguments", got)
	}
	flagged := inputs.SpecOf(reflect.TypeFor[argstest.OneJob]()).WithFlag("confirm_it", "Yes.")
	if got := string(flagged.Schema(inputs.CamelCase)); !strings.Contains(got, `,"confirmIt":{"type":"boolean","description":"Yes."}},`) {
		t.Errorf("got %s, want a flag at the end", got)
	}
	if flagged.Has("confirm_it") {
		t.Error("the flag is taken, want it published only")
	}
}

// TestNamesAtEveryDepth holds that the names and choices of variants and lists are collected too.
func TestNamesAtEveryDepth(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[argstest.Drawing]())
	if got := p.Names(); len(got) != 1 || got["the_radius"] != "theRadius" {
		t.Errorf("got the names %v, want that of the variant", got)
	}
	want := []string{"shapes", "circle", "the_radius", "image", "type", "url", "id", "url", "empty"}
	if got := p.Words(); !slices.Equal(got, want) {
		t.Errorf("got the words %v, want %v", got, want)
	}
	if got := (*inputs.Spec)(nil).Words(); got != nil {
		t.Errorf("got the words %v of nothing", got)
	}
}

// TestOutputSchema holds that an output is one level of names and types.
func TestOutputSchema(t *testing.T) {
	t.Parallel()
	type base struct {
		ID     string `json:"id"`
		Hidden string `json:"hidden" schema:"-"`
	}
	type output struct {
		base
		Count  *int           `json:"count,omitempty"`
		Error  map[string]any `json:"error"`
		Rows   []base         `json:"rows"`
		inside string
	}
	type more struct {
		Count string `json:"count"`
		Done  bool   `json:"done"`
	}
	want := `{"type":"object","properties":{"id":{"type":"string"},"count":{"type":"integer"},"error":{},"rows":{"type":"array"},"done":{"type":"boolean"}}}`
	if got := string(inputs.OutputSchema(reflect.TypeOf(output{inside: ""}), reflect.TypeFor[more]())); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	list, _ := inputs.SpecOf(reflect.TypeFor[published]()).Lookup("list")
	if list.JSONType() != "array" || list.ElementType() != "string" {
		t.Errorf("a list is a %s of %s", list.JSONType(), list.ElementType())
	}
	argstest.MustPanic(t, "a channel", func() { inputs.OutputSchema(reflect.TypeFor[struct{ C chan int }]()) })
}
