package inputs_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// frame has an argument that is sent although it was not given, and knows one that is gone.
type frame struct {
	Ratio *string  `json:"aspect_ratio" enum:"16:9,auto" sent:"auto" doc:"x"`
	Inner []within `json:"in_it" doc:"x"`
}

type within struct {
	Ratio *string `json:"aspect_ratio" sent:"auto" doc:"x"`
}

func (frame) NotTaken(name, path string) *faults.Fault {
	if name != "width" {
		return nil
	}
	return faults.Invalid(faults.Join(path, name), "a frame has no width", "send aspect_ratio")
}

// TestSent holds that what is left out is filled in at every depth, that what is given stays, and
// that the schema calls it the default.
func TestSent(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[frame]())
	for raw, want := range map[string]string{
		`{}`:                     `{"aspect_ratio":"auto"}`,
		`{"aspectRatio":"16:9"}`: `{"aspect_ratio":"16:9"}`,
		`{"in_it":[{},{"aspectRatio":""}]}`: `{"aspect_ratio":"auto",` +
			`"in_it":[{"aspect_ratio":"auto"},{"aspect_ratio":"auto"}]}`,
	} {
		in := new(frame)
		bound, fault := args.Bind(p, json.RawMessage(raw), in)
		if fault != nil {
			t.Fatalf("%s: got %v, want fault nil", raw, fault)
		}
		if got, err := jsonwrite.Marshal(bound.Canonical); err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v; want %s", raw, got, err, want)
		}
		if in.Ratio == nil || *in.Ratio != bound.Canonical["aspect_ratio"] {
			t.Errorf("%s: got %v in the struct, want %v", raw, in.Ratio, bound.Canonical["aspect_ratio"])
		}
	}
	if schema := string(p.Schema(inputs.SnakeCase)); !strings.Contains(schema, `"default":"auto"`) {
		t.Errorf("got the schema %s, want auto as a default", schema)
	}
}

// TestNotTaken holds that a type refuses a name that it knows of in its own words, and leaves
// others to the usual refusal.
func TestNotTaken(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[frame]())
	for raw, want := range map[string]string{
		`{"width":7}`:           "a frame has no width",
		`{"aspect_ratios":"x"}`: "aspect_ratios is not an argument.",
	} {
		_, fault := args.Bind(p, json.RawMessage(raw), new(frame))
		if fault == nil || fault.Message != want {
			t.Errorf("%s: got %v, want %s", raw, fault, want)
		}
	}
}

// TestLangLists holds that the lists of an input are found at every depth, and forms are not taken for lists.
func TestLangLists(t *testing.T) {
	t.Parallel()
	type inner struct {
		Target *string `json:"target" lang:"targets" doc:"x"`
	}
	type kinds struct {
		inputs.Union `by:"kind"`
		In           *inner `variant:"in"`
	}
	type said struct {
		Language *string  `json:"language" lang:"voices" doc:"x"`
		Locale   *string  `json:"locale" lang:"locale" doc:"x"`
		Code     *string  `json:"language_code" lang:"iso639,voices" doc:"x"`
		Targets  []string `json:"languages" lang:"voices" doc:"x"`
		Title    *string  `json:"title" doc:"x"`
		Inner    *inner   `json:"inner" doc:"x"`
		Kind     *kinds   `json:"of" doc:"x"`
	}
	got := inputs.SpecOf(reflect.TypeFor[said]()).LangLists()
	if want := []string{"voices", "voices", "voices", "targets", "targets"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
