package forms_test

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// attachment is a file as tools take it, also as a link.
type attachment struct {
	URL     *string `json:"url" doc:"x"`
	AssetID *string `json:"asset_id" doc:"x"`
}

func (attachment) FromString(s string) map[string]any { return map[string]any{"url": s} }

func (attachment) Translate(map[string]any) {}

// wrapped has the lists that clients wrap.
type wrapped struct {
	IDs    []string         `json:"voice_ids" doc:"x"`
	Files  []attachment     `json:"files" doc:"x"`
	Shapes []argstest.Shape `json:"shapes" doc:"x"`
	Pairs  []renaming       `json:"glossary" doc:"x"`
	Threes []three          `json:"threes" doc:"x"`
}

type renaming struct {
	Image string `json:"image" required:"true" doc:"x"`
	Word  string `json:"word" required:"true" doc:"x"`
}

type three struct {
	A string  `json:"a" required:"true" doc:"x"`
	B string  `json:"b" required:"true" doc:"x"`
	C *string `json:"c" doc:"x"`
}

// TestWrappedLists holds which objects are taken for the list in them, and which members of lists for several.
func TestWrappedLists(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[wrapped]())
	for given, want := range map[string]string{
		`{"voice_ids":{"voiceIds":["a"]}}`:                                                `{"voice_ids":["a"]}`,
		`{"voice_ids":{"id":["a"]}}`:                                                      `{"voice_ids":["a"]}`,
		`{"voice_ids":{"ids":["a"]}}`:                                                     `{"voice_ids":["a"]}`,
		`{"voice_ids":{"Items":["a"]}}`:                                                   `{"voice_ids":["a"]}`,
		`{"voice_ids":{"b":true,"a":true,"c":false}}`:                                     `{"voice_ids":["a","b"]}`,
		`{"files":{"values":["https://a.b/"]}}`:                                           `{"files":[{"url":"https://a.b/"}]}`,
		`{"files":["https://a.b/, https://c.d/;http://e.f/"]}`:                            `{"files":[{"url":"https://a.b/"},{"url":"https://c.d/"},{"url":"http://e.f/"}]}`,
		`{"files":["https://a.b/ https://c.d/"]}`:                                         `{"files":[{"url":"https://a.b/"},{"url":"https://c.d/"}]}`,
		`{"files":["https://a.b/x y"]}`:                                                   `{"files":[{"url":"https://a.b/x y"}]}`,
		`{"files":["https://a.b/"]}`:                                                      `{"files":[{"url":"https://a.b/"}]}`,
		`{"shapes":{"list":[{"kind_of":"empty"}]}}`:                                       `{"shapes":[{"kind_of":"empty"}]}`,
		`{"glossary":[["a","b"],[1,"c"]]}`:                                                `{"glossary":[{"image":"a","word":"b"},{"image":"1","word":"c"}]}`,
		`{"glossary":{"b":"c","a":1}}`:                                                    `{"glossary":[{"image":"a","word":"1"},{"image":"b","word":"c"}]}`,
		`{"glossary":[{"image":"a","word":"b"}]}`:                                         `{"glossary":[{"image":"a","word":"b"}]}`,
		`{"threes":{"a":"b","b":"c"}}`:                                                    `{"threes":[{"a":"b","b":"c"}]}`,
		`{"shapes":[{"kind_of":"circle","the_radius":1,"image":{"url":"https://a.b/"}}]}`: `{"shapes":[{"image":{"type":"url","url":"https://a.b/"},"kind_of":"circle","the_radius":1}]}`,
	} {
		got, fault := args.Check(p, argstest.Object(t, given), "")
		if fault != nil || argstest.Text(got) != want {
			t.Errorf("%s became %s, %v; want %s", given, argstest.Text(got), fault, want)
		}
	}
	for given, param := range map[string]string{
		`{"voice_ids":{"names":["a"]}}`:                     "voice_ids",
		`{"voice_ids":{"items":["a"],"total":1}}`:           "voice_ids",
		`{"voice_ids":{"a":true,"b":"x"}}`:                  "voice_ids",
		`{"files":{"url":["https://a.b/","https://c.d/"]}}`: "files[0].url",
		`{"glossary":[["a","b","c"]]}`:                      "glossary[0]",
		`{"glossary":[["a",["b"]]]}`:                        "glossary[0]",
		`{"glossary":[[["a"],"b"]]}`:                        "glossary[0]",
		`{"glossary":[{"image_url":"x"}]}`:                  "glossary[0].image_url",
		`{"glossary":[{}]}`:                                 "glossary[0].image",
		`{"glossary":[{"x":["y"]}]}`:                        "glossary[0].image",
		`{"threes":{"x":"y"}}`:                              "threes[0].a",
		`{"threes":[["x","y"]]}`:                            "threes[0]",
	} {
		if got, fault := args.Check(p, argstest.Object(t, given), ""); fault == nil || fault.Param != param {
			t.Errorf("%s came to %s, %+v; want a refusal of %s", given, argstest.Text(got), fault, param)
		}
	}
}
