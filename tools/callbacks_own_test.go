package tools_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestOwnCallbacks holds that a create without a callback of its own has this server's, that one
// with a callback keeps it, and that the key of a create does not depend on it.
func TestOwnCallbacks(t *testing.T) {
	t.Parallel()
	var keys, urls []string
	b := toolstest.Upstream(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			var sent struct {
				URL string `json:"callback_url"`
			}
			raw, _ := io.ReadAll(r.Body)
			if err := json.Unmarshal(raw, &sent); err != nil {
				t.Error(err)
			}
			keys, urls = append(keys, r.Header.Get("Idempotency-Key")), append(urls, sent.URL)
		}
		_, _ = io.WriteString(w, `{"data":{"video_id":"v","status":"waiting"}}`)
	}, "it answers any request alike")
	const args = `{"avatar_id":"a","voice_id":"b","script":"Hello."`
	b.CallTool(t, "create_video_from_avatar", args+`}`)
	b.Change(t, func(c *tools.Config) {
		c.CallbackURL = func(_ context.Context, kind string) string { return "https://mcp.example/hooks/" + kind }
	})
	b.CallTool(t, "create_video_from_avatar", args+`}`)
	b.CallTool(t, "create_video_from_avatar", args+`,"callback_url":"https://hooks.example/mine"}`)
	b.CallTool(t, "create_video_agent", `{"prompt":"A film."}`)
	want := []string{"", "https://mcp.example/hooks/video", "https://hooks.example/mine", "https://mcp.example/hooks/video_agent"}
	for i, url := range want {
		if i >= len(urls) || urls[i] != url {
			t.Fatalf("the creates had the callbacks %v, want %v", urls, want)
		}
	}
	if keys[0] == "" || keys[0] != keys[1] {
		t.Errorf("the keys are %v, want the same with a callback of ours", keys[:2])
	}
}
