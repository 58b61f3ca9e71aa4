package args

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// TestMentions holds which rules speak of an argument about which something was found already.
func TestMentions(t *testing.T) {
	t.Parallel()
	rule := faults.Invalid("videos[1].voice_id", "voice_id needs a script.", "Send script.")
	for _, c := range []struct {
		param, meant string
		want         bool
	}{
		{"voice_id", "", true}, {"videos[1]", "", true}, {"videos[1].title", "", true}, {"other.voice_id", "", true}, {"scrpt", "script", true},
		{"a.script[2]", "", true}, {"title", "", false}, {"", "", false}, {"[2]", "", false},
	} {
		found := []ranked{{Fault: faults.Invalid(c.param, "x", "y"), meant: c.meant}}
		if got := mentions(found, rule); got != c.want {
			t.Errorf("whether %q, meant as %q, is spoken of is %t, want %t", c.param, c.meant, got, c.want)
		}
	}
}

// bookings knows a name that is none of its arguments.
type bookings struct {
	Room *string           `json:"room" doc:"x"`
	Kind *argstest.Motor   `json:"engine" doc:"x"`
	File *argstest.File    `json:"video" doc:"x"`
	Fits *argstest.Drawing `json:"drawing" doc:"x"`
}

func (bookings) NotTaken(name, path string) *faults.Fault {
	if name != "floor" {
		return nil
	}
	return faults.Invalid(faults.Join(path, name), "a booking has no floor", "send room")
}

// TestNamesInObjects holds under which names the members of an object are taken, and what is said of others.
func TestNamesInObjects(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[bookings]())
	for given, want := range map[string]string{
		`{"engine":{"model":"Avatar IV"}}`:                      `{"engine":{"type":"avatar_iv"}}`,
		`{"engine":{"type":" ","model":"avatar_iv"}}`:           `{"engine":{"type":"avatar_iv"}}`,
		`{"video":{"url":"https://a.b/","asset_id":" "}}`:       `{"video":{"type":"url","url":"https://a.b/"}}`,
		`{"video":{"type":"url","url":"https://a.b/"}}`:         `{"video":{"type":"url","url":"https://a.b/"}}`,
		`{"drawing":{"shapes":[{"KIND-OF":"Empty","x":" "}]}}`:  `{"drawing":{"shapes":[{"kind_of":"empty"}]}}`,
		`{"drawing":{"shapes":[{"kind_of":7,"the_radius":2}]}}`: `{"drawing":{"shapes":[{"kind_of":"circle","the_radius":2}]}}`,
		`{"room":"a","Room":"a","rooom":""}`:                    `{"room":"a"}`,
	} {
		got, fault := Check(p, argstest.Object(t, given), "")
		if fault != nil || argstest.Text(got) != want {
			t.Errorf("%s became %s, %v; want %s", given, argstest.Text(got), fault, want)
		}
	}
	for given, message := range map[string]string{
		`{"floor":7}`:             "a booking has no floor",
		`{"zzzzzz":7}`:            "zzzzzz is not an argument.",
		`{"room":"a","Room":"b"}`: "Room and room are two spellings of one argument.",
		`{"engine":{"type":"avatar_iv","model":"avatar_v"}}`: "model is not an argument.",
		`{"engine":{"colour":"avatar_iv"}}`:                  "engine.type is required. colour is not an argument.",
		`{"drawing":{"shapes":[{"kind_of":"cube"}]}}`:        "drawing.shapes[0].kind_of must be one of: circle, empty.",
	} {
		if _, fault := Bind(p, json.RawMessage(given), new(bookings)); fault == nil || fault.Message != message {
			t.Errorf("%s came to %v, want %q", given, fault, message)
		}
	}
}
