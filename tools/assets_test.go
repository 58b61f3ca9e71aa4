package tools_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestListAssetsKnowsWhose holds that the name which v3 wants is looked up only where none is given,
// that an empty one is refused before anything is asked, and that an empty folder is the root and
// not no folder.
func TestListAssetsKnowsWhose(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	b.CallTool(t, "upload_asset", `{"filename":"a.mp3","data":"SUQzIA=="}`)
	for _, c := range []struct {
		args         string
		items, asked int
	}{
		{`{"username":"test"}`, 1, 0},
		{`{"username":"nobody"}`, 0, 0},
		{`{}`, 1, 1},
		{`{"folderId":""}`, 1, 2},
		{`{"folderId":"none"}`, 0, 3},
	} {
		res := b.CallTool(t, "list_assets", c.args)
		items, ok := res["items"].([]any)
		if !ok || len(items) != c.items {
			t.Errorf("%s: got %v, want %d items", c.args, res, c.items)
		}
		if n := b.Asked(t, "GET", "/v3/users/me"); n != c.asked {
			t.Errorf("%s: asked %d times who is calling, want %d", c.args, n, c.asked)
		}
	}
	own := b.CallTool(t, "list_assets", `{"username":""}`)
	if items, ok := own["items"].([]any); !ok || len(items) != 1 {
		t.Errorf("an empty username: got %v, want the caller's own asset", own)
	}
	full := b.CallTool(t, "list_assets", `{"detail":"full"}`)
	brief := b.CallTool(t, "list_assets", `{}`)
	if full["items"].([]any)[0].(map[string]any)["url"] == nil || brief["items"].([]any)[0].(map[string]any)["url"] != nil {
		t.Errorf("%v\n%v", full, brief)
	}
}

// TestAssetsOfNobody holds that a caller whose username HeyGen does not tell is asked for one, and
// that a file too large for a call is sent on to the upload that takes it.
func TestAssetsOfNobody(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.URL.Path != "/v3/users/me" {
			t.Errorf("asked %s", req.URL)
		}
		_, _ = io.WriteString(w, `{"data":{}}`)
	}))
	t.Cleanup(srv.Close)
	b := toolstest.NewAt(t, srv, "it answers everything without data")
	if res := b.CallTool(t, "list_assets", `{}`); res["param"] != "username" {
		t.Errorf("got %v, want %q", res, "username")
	}
	data := strings.Repeat("A", 10_001)
	for tool, args := range map[string]string{
		"upload_asset":            `{"filename":"a.png","data":"` + data + `"}`,
		"create_video_from_image": `{"image":{"type":"base64","media_type":"image/png","data":"` + data + `"},"script":"x","voice_id":"v"}`,
	} {
		if res := b.CallTool(t, tool, args); !strings.Contains(fmt.Sprint(res["next_step"]), "create_asset_upload") {
			t.Errorf("%s: got %v, want %q in it", tool, res, "create_asset_upload")
		}
	}
}
