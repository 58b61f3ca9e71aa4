package args

import (
	"encoding/json"
	"reflect"
	"testing"
)

// shape is a union as tools have them.
type shape struct {
	Union  `by:"kind_of"`
	Circle *circle `variant:"circle"`
	Empty  *empty  `variant:"empty"`
}

type circle struct {
	Radius *float64 `json:"the_radius" min:"0" doc:"x"`
	Image  *picture `json:"image" doc:"x"`
}

func (c *circle) Check(path string) *Fault {
	if c.Radius == nil {
		return Invalid(Join(path, "the_radius"), "a circle has a radius", "send it")
	}
	return nil
}

// Square has rules of its own.
type Square struct{}

// Check finds nothing wrong.
func (*Square) Check(string) *Fault { return nil }

// picture is given as an object or as a bare string.
type picture struct {
	Type string  `json:"type" required:"true" enum:"url,id" doc:"x"`
	URL  *string `json:"url" doc:"x"`
}

func (picture) FromString(s string) map[string]any { return map[string]any{"type": "url", "url": s} }

func (p *picture) Check(path string) *Fault {
	if p.Type == "url" && p.URL == nil {
		return Invalid(path, "a picture of type url has a url", "send it")
	}
	return nil
}

type empty struct{}

type drawing struct {
	Shapes []shape `json:"shapes" opaque:"true" doc:"x"`
}

// TestUnions holds that members of a union are checked in depth wherever they stand, and that what
// was checked is what is sent.
func TestUnions(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[drawing]())
	for given, param := range map[string]string{
		`{"shapes":[{"kind_of":"empty"},{"kindOf":"circle","theRadius":"0","image":"https://a.b/c.png"}]}`: "",
		`{"shapes":[{"kind_of":"square"}]}`: "shapes[0].kind_of",
		`{"shapes":[{}]}`:                   "shapes[0].kind_of",
		`{"shapes":[{"kind_of":"empty"},{"kind_of":"empty","radius":1}]}`:         "shapes[1].radius",
		`{"shapes":[{"kind_of":"circle","the_radius":-1}]}`:                       "shapes[0].the_radius",
		`{"shapes":[{"kind_of":"circle"}]}`:                                       "shapes[0].the_radius",
		`{"shapes":[{"kind_of":"circle","the_radius":1,"image":{"type":"url"}}]}`: "shapes[0].image",
	} {
		var in drawing
		_, refusal := p.Bind(json.RawMessage(given), &in)
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
		circle
	}
	type unnamed struct{ A string }
	for what, declare := range map[string]func(){
		"rules that nobody asks": func() { SpecOf(reflect.TypeFor[twoRules]()) },
		"a field without a doc":  func() { SpecOf(reflect.TypeFor[unnamed]()) },
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
