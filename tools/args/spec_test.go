package args

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// frame has an argument that is sent although it was not given, and knows one that is gone.
type frame struct {
	Ratio *string  `json:"aspect_ratio" enum:"16:9,auto" sent:"auto" doc:"x"`
	Inner []within `json:"in_it" doc:"x"`
}

type within struct {
	Ratio *string `json:"aspect_ratio" sent:"auto" doc:"x"`
}

func (frame) NotTaken(name, path string) *Fault {
	if name != "width" {
		return nil
	}
	return Invalid(Join(path, name), "a frame has no width", "send aspect_ratio")
}

// TestSent holds that what is left out is filled in at every depth, that what is given stays, and
// that the schema calls it the default.
func TestSent(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[frame]())
	for raw, want := range map[string]string{
		`{}`:                     `{"aspect_ratio":"auto"}`,
		`{"aspectRatio":"16:9"}`: `{"aspect_ratio":"16:9"}`,
		`{"in_it":[{},{"aspectRatio":""}]}`: `{"aspect_ratio":"auto",` +
			`"in_it":[{"aspect_ratio":"auto"},{"aspect_ratio":"auto"}]}`,
	} {
		in := new(frame)
		bound, fault := p.Bind(json.RawMessage(raw), in)
		if fault != nil {
			t.Fatalf("%s: %v", raw, fault)
		}
		if got, err := Encode(bound.Canonical); err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v; want %s", raw, got, err, want)
		}
		if in.Ratio == nil || *in.Ratio != bound.Canonical["aspect_ratio"] {
			t.Errorf("%s: got %v in the struct, want %v", raw, in.Ratio, bound.Canonical["aspect_ratio"])
		}
	}
	if schema := string(p.Schema(SnakeCase)); !strings.Contains(schema, `"default":"auto"`) {
		t.Errorf("got the schema %s, want auto as a default", schema)
	}
}

// TestNotTaken holds that a type refuses a name that it knows of in its own words, and leaves
// others to the usual refusal.
func TestNotTaken(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[frame]())
	for raw, want := range map[string]string{
		`{"width":7}`:           "a frame has no width",
		`{"aspect_ratios":"x"}`: "aspect_ratios is not an argument.",
	} {
		_, fault := p.Bind(json.RawMessage(raw), new(frame))
		if fault == nil || fault.Message != want {
			t.Errorf("%s: got %v, want %s", raw, fault, want)
		}
	}
}
