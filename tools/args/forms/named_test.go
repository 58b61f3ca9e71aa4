package forms_test

import (
	"reflect"
	"testing"

	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/argstest"
	"heygen-mcp/tools/args/inputs"
)

// TestNamesOfAnswers holds that what a result has is taken as it is called there.
func TestNamesOfAnswers(t *testing.T) {
	t.Parallel()
	type list struct {
		Token *string  `json:"token" doc:"The page."`
		Look  *string  `json:"avatar_id" doc:"A look."`
		IDs   []string `json:"ids" doc:"Ids."`
	}
	p := inputs.SpecOf(reflect.TypeFor[list]())
	for given, want := range map[string]string{ //nolint:gosec // G101: it is the token of a page
		`{"next_token":"a"}`:                            `{"token":"a"}`,
		`{"nextToken":"a"}`:                             `{"token":"a"}`,
		`{"avatar_id":{"look_id":"a"}}`:                 `{"avatar_id":"a"}`,
		`{"ids":[{"video_id":"a"},{"lipsync_id":"b"}]}`: `{"ids":["a","b"]}`,
	} {
		got, fault := args.Check(p, argstest.Object(t, given), "")
		if raw, err := jsonwrite.Marshal(got); fault != nil || err != nil || string(raw) != want {
			t.Errorf("%s became %s, %+v; want %s", given, raw, fault, want)
		}
	}
	if got, fault := args.Check(p, argstest.Object(t, `{"avatar_id":{"voice_id":"a"}}`), ""); fault == nil {
		t.Errorf("a voice was taken for a look: %v", got)
	}
}
