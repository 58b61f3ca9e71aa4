package args

import (
	"reflect"
	"testing"
)

// given is a message that clients send in many forms.
type given struct {
	Text    *string      `json:"text" doc:"Words."`
	Script  *string      `json:"script" spoken:"true" doc:"Words."`
	Essay   *string      `json:"essay" len:"0-1000" doc:"Words."`
	Short   *string      `json:"short" len:"0-999" doc:"Words."`
	VoiceID *string      `json:"voice_id" doc:"Voice."`
	Lang    *string      `json:"language" lang:"voices" doc:"Language."`
	Picture *picture     `json:"picture" doc:"Picture."`
	Caption *labels      `json:"caption" doc:"Caption."`
	Shape   *shape       `json:"shape" doc:"Shape."`
	Choice  *twoRequired `json:"choice" doc:"x"`
	Word    *oneWord     `json:"word" doc:"x"`
	Nested  *oneNested   `json:"nested" doc:"x"`
	Number  *oneNumber   `json:"number" doc:"x"`
	Whole   *completed   `json:"whole" doc:"x"`
}

type twoRequired struct {
	A string `json:"a" required:"true" doc:"x"`
	B string `json:"b" required:"true" doc:"x"`
}

type oneWord struct {
	Kind string  `json:"kind" required:"true" enum:"only" doc:"x"`
	Name string  `json:"name" required:"true" doc:"x"`
	Note *string `json:"note" doc:"x"`
}

type oneNested struct {
	Picture picture `json:"picture" required:"true" doc:"x"`
}

type oneNumber struct {
	N int `json:"n" required:"true" doc:"x"`
}

type completed struct {
	Width  *int `json:"width" doc:"x"`
	Height *int `json:"height" doc:"x"`
}

func (completed) Complete(object map[string]any) {
	if object["height"] == nil {
		object["height"] = object["width"]
	}
}

// TestObjectsInOtherForms holds what stands for an object, and which members follow from the others.
func TestObjectsInOtherForms(t *testing.T) {
	t.Parallel()
	p := SpecOf(reflect.TypeFor[given]())
	for given, want := range map[string]string{
		`{"text":["Hello","world"]}`:                    `{"text":"Hello world"}`,
		`{"text":[{"text":"Hello"},"world"]}`:           `{"text":"Hello world"}`,
		`{"text":{"content":"Hi"}}`:                     `{"text":"Hi"}`,
		`{"text":[]}`:                                   `{}`,
		`{"script":["Hello","world"]}`:                  `{"script":"Hello\nworld"}`,
		`{"essay":["Hello","world"]}`:                   `{"essay":"Hello\nworld"}`,
		`{"short":["Hello","world"]}`:                   `{"short":"Hello world"}`,
		`{"voice_id":{"id":"v"}}`:                       `{"voice_id":"v"}`,
		`{"voice_id":[{"voice_id":"v"}]}`:               `{"voice_id":"v"}`,
		`{"voice_id":{}}`:                               `{}`,
		`{"language":{"locale":"de"}}`:                  `{"language":"de"}`,
		`{"picture":"https://a.b"}`:                     `{"picture":{"type":"url","url":"https://a.b/"}}`,
		`{"picture":["https://a.b"]}`:                   `{"picture":{"type":"url","url":"https://a.b/"}}`,
		`{"picture":12}`:                                `{"picture":{"type":"url","url":"12"}}`,
		`{"picture":"\"https://a.b\""}`:                 `{"picture":{"type":"url","url":"https://a.b/"}}`,
		`{"picture":"\"{\\\"type\\\":\\\"id\\\"}\""}`:   `{"picture":{"type":"id"}}`,
		`{"caption":1}`:                                 `{"caption":{"style":"default"}}`,
		`{"caption":0}`:                                 `{}`,
		`{"shape":"Circle"}`:                            `{"shape":{"kind_of":"circle"}}`,
		`{"shape":{"theRadius":1}}`:                     `{"shape":{"kind_of":"circle","the_radius":1}}`,
		`{"shape":{"KindOf":"circles","the_radius":1}}`: `{"shape":{"kind_of":"circle","the_radius":1}}`,
		`{"word":"x"}`:                                  `{"word":{"kind":"only","name":"x"}}`,
		`{"nested":"https://a.b"}`:                      `{"nested":{"picture":{"type":"url","url":"https://a.b/"}}}`,
		`{"whole":{"width":3}}`:                         `{"whole":{"height":3,"width":3}}`,
		`{"whole":{"width":3,"height":4}}`:              `{"whole":{"height":4,"width":3}}`,
	} {
		got, fault := p.Check(object(t, given), "")
		if fault != nil || toText(got) != want {
			t.Errorf("%s became %s, %v; want %s", given, toText(got), fault, want)
		}
	}
	for given, param := range map[string]string{
		`{"text":["Hello",{"a":1}]}`:          "text",
		`{"text":{"content":"Hi","other":1}}`: "text",
		`{"text":{"other":"Hi"}}`:             "text",
		`{"text":{"locale":"de"}}`:            "text",
		`{"voice_id":["a","b"]}`:              "voice_id",
		`{"caption":2}`:                       "caption",
		`{"caption":"perhaps"}`:               "caption",
		`{"shape":"square"}`:                  "shape",
		`{"shape":{"unknown":1}}`:             "shape.kind_of",
		`{"choice":"x"}`:                      "choice",
		`{"number":"x"}`:                      "number",
		`{"whole":"x"}`:                       "whole",
	} {
		if got, fault := p.Check(object(t, given), ""); fault == nil || fault.Param != param {
			t.Errorf("%s came to %s, %+v; want a refusal of %s", given, toText(got), fault, param)
		}
	}
}

// TestInferredKind holds that a kind follows only where one variant takes all that was given and lacks nothing.
func TestInferredKind(t *testing.T) {
	t.Parallel()
	type first struct {
		Name string  `json:"the_name" required:"true" doc:"x"`
		Size *string `json:"size" doc:"x"`
	}
	type second struct {
		Size *string `json:"size" doc:"x"`
		Room *string `json:"room" doc:"x"`
	}
	type kinds struct {
		Union  `by:"type"`
		First  *first  `variant:"first"`
		Second *second `variant:"second"`
		Hidden *second `variant:"hidden" quiet:"true"`
	}
	p := SpecOf(reflect.TypeFor[kinds]())
	for given, want := range map[string]string{
		`{"theName":"x","size":"y"}`: "first", `{"the_name":"x"}`: "first", `{"size":"y"}`: "second", `{"room":"y"}`: "second",
		`{}`: "", `{"the_name":"x","room":"y"}`: "", `{"other":"x"}`: "",
	} {
		if got := p.inferKind(object(t, given)); got != want {
			t.Errorf("%s is of the kind %q, want %q", given, got, want)
		}
	}
	if got, fault := p.Check(object(t, `{"type":"third","size":"y"}`), ""); fault == nil ||
		fault.Message != "type must be one of: first, second." {
		t.Errorf("a kind that there is not came to %v, %+v", got, fault)
	}
}

// TestGather holds that what lies beside a name becomes its arguments.
func TestGather(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`{"tool":"x","Name":"get","a":1,"b":null,"sessionId":"s"}`: `{"Name":"get","arguments":{"a":1},"b":null,"sessionId":"s","tool":"x"}`,
		`{"name":"get","Arguments":{"b":2},"a":1}`:                 `{"Arguments":{"b":2},"a":1,"name":"get"}`,
		`{"name":"get","arguments":null,"a":1}`:                    `{"arguments":{"a":1},"name":"get"}`,
		`{"name":"get"}`:                                           `{"name":"get"}`,
	} {
		v := object(t, given)
		Gather(v, "arguments", "name")
		if got := toText(v); got != want {
			t.Errorf("%s became %s, want %s", given, got, want)
		}
	}
}
