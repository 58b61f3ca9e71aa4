package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// TestGuidesPromptsAndRecords holds, over HTTP, what besides tools a client may read.
func TestGuidesPromptsAndRecords(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	ask := func(method, params string) string {
		t.Helper()
		_, body, err := s.post(t.Context(), s.mcpURL, "reader", fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":%q,"params":%s}`, method, params))
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	items, _ := s.tool(t, "reader", "list_avatar_looks", `{"limit":1}`)["items"].([]any)
	look, _ := items[0].(map[string]any)["look_id"].(string)
	for _, c := range []struct{ method, params, has string }{
		{"resources/list", `{}`, `heygen://guides/engines`},
		{"resources/read", `{"uri":"heygen://guides/limits"}`, `Prices are`},
		{"resources/templates/list", `{}`, `heygen://videos/{video_id}`},
		{"resources/read", `{"uri":"heygen://looks/` + look + `"}`, `supported_api_engines`},
		{"resources/read", `{"uri":"heygen://looks/nobody"}`, `list_avatar_looks`},
		{"prompts/list", `{}`, `make_video`},
		{"prompts/get", `{"name":"translate_video","arguments":{"video":"https://a.b/c.mp4","languages":"German"}}`, `Translate the video https://a.b/c.mp4`},
		{"completion/complete", `{"ref":{"type":"ref/prompt","name":"translate_video"},"argument":{"name":"languages","value":"ger"}}`, `German (Germany)`},
		{"completion/complete", `{"ref":{"type":"ref/resource","uri":"heygen://looks/{look_id}"},"argument":{"name":"look_id","value":"` + look[:3] + `"}}`, look},
	} {
		if body := ask(c.method, c.params); !strings.Contains(body, c.has) {
			t.Errorf("%s %s: got %.400s, want %q in it", c.method, c.params, body, c.has)
		}
	}
	var list struct {
		Result struct{ Tools []json.RawMessage }
	}
	if err := json.Unmarshal([]byte(ask("tools/list", `{}`)), &list); err != nil || len(list.Result.Tools) == 0 {
		t.Errorf("got %v, want no error and len(list.Result.Tools) not 0", err)
	}
}
