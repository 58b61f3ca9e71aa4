package forms_test

import (
	"reflect"
	"testing"

	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// listed has the lists and maps that clients send in other forms.
type listed struct {
	IDs    []string                   `json:"ids" doc:"x"`
	Files  []argstest.File            `json:"files" doc:"x"`
	Named  map[string]*argstest.Motor `json:"engines" doc:"x"`
	Values map[string]string          `json:"values" doc:"x"`
	Langs  []string                   `json:"languages" lang:"voices" doc:"x"`
}

// TestListsInOtherForms holds the forms of lists and maps that are read, and that others are refused.
func TestListsInOtherForms(t *testing.T) {
	t.Parallel()
	p := inputs.SpecOf(reflect.TypeFor[listed]())
	for given, want := range map[string]string{
		`{"ids":{"0":"a","1":"b"}}`: `{"ids":["a","b"]}`,
		`{"ids":"a,, b ,"}`:         `{"ids":["a","b"]}`,
		`{"ids":"x (a, b), c)d,e"}`: `{"ids":["x (a, b)","c)d","e"]}`,
		`{"ids":"{a}"}`:             `{"ids":["{a}"]}`,
		`{"ids":"{\"a\":1}"}`:       `{"ids":["{\"a\":1}"]}`,
		`{"ids":"x (a (b), c), d"}`: `{"ids":["x (a (b), c)","d"]}`,
		`{"languages":["Serbian (Latin) and German","Serbian (or (so), x) and Thai"]}`: `{"languages":["Serbian (Latin)","German","Serbian (or (so), x)","Thai"]}`,
		`{"ids":"[a"}`:                    `{"ids":["[a"]}`,
		`{"ids":[null,"",7,"a"]}`:         `{"ids":["7","a"]}`,
		`{"files":{}}`:                    `{}`,
		`{"files":{"url":"https://a.b"}}`: `{"files":[{"type":"url","url":"https://a.b/"}]}`,
		`{"engines":[{"name":"a","type":"avatar_iv"},{"key":"b","type":"avatar_v","look_id":"x"}]}`: `{"engines":{"a":{"type":"avatar_iv"},"b":{"look_id":"x","type":"avatar_v"}}}`,
		`{"engines":[{"variable":"a","value":"avatar_iv"}]}`:                                        `{"engines":{"a":{"type":"avatar_iv"}}}`,
		`{"engines":[]}`: `{}`,
		`{"languages":["German and French","v; w","Serbian (Latin, and more)",7,"a / b | c","d & e + f","g und h","i et j","k y l","m\nn"]}`: `{"languages":["German","French","v","w","Serbian (Latin, and more)","7","a","b","c","d","e","f","g","h","i","j","k","l","m","n"]}`,
	} {
		got, fault := args.Check(p, argstest.Object(t, given), "")
		if fault != nil || argstest.Text(got) != want {
			t.Errorf("%s became %s, %v; want %s", given, argstest.Text(got), fault, want)
		}
	}
	for _, given := range []string{
		`{"ids":{"0":"a","2":"b"}}`, `{"ids":{"1":"a"}}`,
		`{"engines":[{"name":"a","type":"avatar_iv"},{"name":"a","type":"avatar_iv"}]}`,
		`{"engines":[{"type":"avatar_iv"}]}`, `{"engines":[{"name":"a"}]}`, `{"engines":["a"]}`,
		`{"values":[{"name":"a","value":"b"}]}`,
	} {
		if got, fault := args.Check(p, argstest.Object(t, given), ""); fault == nil {
			t.Errorf("%s became %s, want a refusal", given, argstest.Text(got))
		}
	}
}
