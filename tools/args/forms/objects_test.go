package forms_test

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// given is a message that clients send in many forms.
type given struct {
	Text    *string           `json:"text" doc:"Words."`
	Script  *string           `json:"script" spoken:"true" doc:"Words."`
	Essay   *string           `json:"essay" len:"0-1000" doc:"Words."`
	Short   *string           `json:"short" len:"0-999" doc:"Words."`
	VoiceID *string           `json:"voice_id" doc:"Voice."`
	Lang    *string           `json:"language" lang:"voices" doc:"Language."`
	Picture *argstest.Picture `json:"picture" doc:"Picture."`
	Caption *argstest.Labels  `json:"caption" doc:"Caption."`
	Shape   *argstest.Shape   `json:"shape" doc:"Shape."`
	Choice  *twoRequired      `json:"choice" doc:"x"`
	Word    *oneWord          `json:"word" doc:"x"`
	Nested  *oneNested        `json:"nested" doc:"x"`
	Number  *oneNumber        `json:"number" doc:"x"`
	Whole   *completed        `json:"whole" doc:"x"`
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
	Picture argstest.Picture `json:"picture" required:"true" doc:"x"`
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
	p := inputs.SpecOf(reflect.TypeFor[given]())
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
		got, fault := args.Check(p, argstest.Object(t, given), "")
		if fault != nil || argstest.Text(got) != want {
			t.Errorf("%s became %s, %v; want %s", given, argstest.Text(got), fault, want)
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
		if got, fault := args.Check(p, argstest.Object(t, given), ""); fault == nil || fault.Param != param {
			t.Errorf("%s came to %s, %+v; want a refusal of %s", given, argstest.Text(got), fault, param)
		}
	}
}
