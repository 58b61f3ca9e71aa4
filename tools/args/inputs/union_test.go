package inputs_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/args/inputs"
)

// Square has rules of its own.
type Square struct{}

// Check finds nothing wrong.
func (*Square) Check(string) *faults.Fault { return nil }

// TestUnions holds that members of a union are checked in depth wherever they stand, and that what
// was checked is what is sent.
func TestUnions(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[argstest.Drawing]())
	for given, param := range map[string]string{
		`{"shapes":[{"kind_of":"empty"},{"kindOf":"circle","theRadius":"0","image":"https://a.b/c.png"}]}`: "",
		`{"shapes":[{"kind_of":"square"}]}`: "shapes[0].kind_of",
		`{"shapes":[{}]}`:                   "shapes[0].kind_of",
		`{"shapes":[{"kind_of":"empty"},{"kind_of":"empty","radius":1}]}`:         "shapes[1].radius",
		`{"shapes":[{"kind_of":"circle","the_radius":-1}]}`:                       "shapes[0].the_radius",
		`{"shapes":[{"kind_of":"circle"}]}`:                                       "shapes[0].the_radius",
		`{"shapes":[{"kind_of":"circle","the_radius":1,"image":{"type":"url"}}]}`: "shapes[0].image",
	} {
		var in argstest.Drawing
		_, refusal := args.Bind(p, json.RawMessage(given), &in)
		switch {
		case refusal == nil && param != "":
			t.Errorf("%s was taken", given)
		case refusal != nil && refusal.Param != param:
			t.Errorf("%s: %v at %q", given, refusal, refusal.Param)
		case refusal == nil:
			if in.Shapes[0].Empty == nil || in.Shapes[1].Circle == nil || *in.Shapes[1].Circle.Radius != 0 {
				t.Errorf("%s became %+v", given, in)
			}
			raw, err := json.Marshal(in.Shapes[1])
			if err != nil || string(raw) != `{"image":{"type":"url","url":"https://a.b/c.png"},"kind_of":"circle","the_radius":0}` {
				t.Errorf("%s is sent as %s, %v", given, raw, err)
			}
		}
	}
}

// TestContradictionsPanic holds that a declaration that cannot be meant never starts.
func TestContradictionsPanic(t *testing.T) {
	t.Parallel()
	type twoRules struct {
		Square
		argstest.Circle
	}
	type unnamed struct{ A string }
	for what, declare := range map[string]func(){
		"rules that nobody asks": func() { inputs.SpecOf(reflect.TypeFor[twoRules]()) },
		"a field without a doc":  func() { inputs.SpecOf(reflect.TypeFor[unnamed]()) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was taken", what)
				}
			}()
			declare()
		}()
	}
}
