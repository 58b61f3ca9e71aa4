package args

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// located has what other APIs speak of by paths.
type located struct {
	Script *string                    `json:"script" doc:"Words."`
	Last   *string                    `json:"a_z09z" doc:"x"`
	Ratio  *string                    `json:"aspect_ratio" enum:"16:9,auto" doc:"Ratio."`
	Data   *string                    `json:"data" doc:"Data."`
	Source *argstest.File             `json:"source" doc:"A file."`
	Files  []argstest.File            `json:"files" doc:"Files."`
	Shapes []argstest.Shape           `json:"shapes" doc:"Shapes."`
	Free   map[string]any             `json:"variables" doc:"Variables."`
	Named  map[string]*argstest.Motor `json:"engines" doc:"Engines."`
}

const locatedGiven = `{"script":"Hi","files":[{"type":"url","url":"https://a.b/"},{"type":"asset_id","asset_id":"x"}],
	"shapes":[{"kind_of":"circle","the_radius":2,"image":{"type":"url","url":"https://c.d/"}}],
	"variables":{"A_b":{"value":3}},"engines":{"one":{"type":"avatar_iv"}}}`

// TestLocate holds which argument the path of another API's error means, as it is published.
func TestLocate(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[located]())
	for _, c := range []struct {
		path, want string
		given      any
	}{
		{"script", "script", "Hi"},
		{"body.script", "script", "Hi"},
		{"$.body/script", "script", "Hi"},
		{"input_text", "script", "Hi"},
		{"data", "data", nil},
		{"data.data", "data", nil},
		{"body.aspectRatio", "aspect_ratio", nil},
		{"files.0.url", "files[0].url", "https://a.b/"},
		{"files[1].asset_id", "files[1].asset_id", "x"},
		{"files[1]", "files[1]", map[string]any{"type": "asset_id", "asset_id": "x"}},
		{"files.1.nothing", "files[1]", map[string]any{"type": "asset_id", "asset_id": "x"}},
		{"files.2.url", "files", nil},
		{"files.-1.url", "files", nil},
		{"source.url", "source.url", nil},
		{"asset_id", "files[1].asset_id", "x"},
		{"shapes.0.kind_of", "shapes[0].kind_of", "circle"},
		{"shapes.0.the_radius", "shapes[0].the_radius", json.Number("2")},
		{"shapes.0.circle.image.url", "shapes[0].image.url", "https://c.d/"},
		{"shapes.0.empty.image", "shapes[0]", nil},
		{"shapes.0.circle", "shapes[0]", nil},
		{"variables", "variables", nil},
		{"variables.A_b", "variables.A_b", nil},
		{"variables.A_b.value", "variables.A_b", nil},
		{"variables.other", "variables.other", nil},
		{"engines.one.type", "engines.one.type", "avatar_iv"},
		{"video_file", "source", nil},
	} {
		found, ok := Locate(p, c.path, argstest.Object(t, locatedGiven))
		if !ok || found.Path != c.want {
			t.Errorf("%s is %q, %t; want %s", c.path, found.Path, ok, c.want)
		}
		if c.given != nil && argstest.Text(found.Given) != argstest.Text(c.given) {
			t.Errorf("%s: got %v as what was given, want %v", c.path, found.Given, c.given)
		}
	}
	for _, path := range []string{"", "body", "zzzz", "type", "url.zzzz"} {
		if found, ok := Locate(p, path, argstest.Object(t, locatedGiven)); ok {
			t.Errorf("%q is %+v, want nothing", path, found)
		}
	}
}

// TestLocatedRule holds what is said of an argument that was located.
func TestLocatedRule(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[located]())
	for path, want := range map[string]string{
		"script": "Words.", "aspect_ratio": "One of 16:9, auto. Ratio.", "shapes.0.kindOf": "one of circle, empty",
	} {
		if found, _ := Locate(p, path, argstest.Object(t, locatedGiven)); found.Rule != want {
			t.Errorf("%s: got the rule %q, want %q", path, found.Rule, want)
		}
	}
}

// TestLocateIn holds that a sentence's name of an argument is found, and that none of its words is taken for one.
func TestLocateIn(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[located]())
	for text, want := range map[string]string{
		"The aspect_ratio is wrong.":            "aspect_ratio",
		"no a_z09z: gone":                       "a_z09z",
		"Field 'script' is wrong":               "script",
		`"body" has no "script".`:               "script",
		"`files` must not be empty":             "files",
		"files[1] is gone":                      "files[1]",
		"asset_id x is gone":                    "files[1].asset_id",
		"Missing: other_thing, then the_radius": "shapes[0].the_radius",
		"the script is too long":                "",
		"zero_9 '' \"\" [] ._.":                 "",
		"ASPECT_RATIO":                          "",
	} {
		if found, ok := LocateIn(p, text, argstest.Object(t, locatedGiven)); found.Path != want || ok != (want != "") {
			t.Errorf("%q names %q, %t; want %q", text, found.Path, ok, want)
		}
	}
}
