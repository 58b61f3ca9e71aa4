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

// TestNewFieldsPass holds that what HeyGen adds reaches the agent: from a get as it is, from a list in
// full, and that a status nobody knows yet is handed on.
func TestNewFieldsPass(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	look := b.FirstLook(t)
	made := b.CallTool(t, "create_video_from_avatar", fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there."}`, look))
	id := made["video_id"].(string)
	for path, call := range map[string][2]string{
		"/v3/avatars/looks/{look_id}": {"get_avatar_look", fmt.Sprintf(`{"look_id":%q}`, look)},
		"/v3/videos/{video_id}":       {"get_video", fmt.Sprintf(`{"video_id":%q}`, id)},
		"/v3/users/me":                {"get_current_user", `{}`},
	} {
		b.Control(t, "faults", fmt.Sprintf(`{"method":"GET","path":%q,"fault":"new_field","times":1}`, path))
		if res := b.CallTool(t, call[0], call[1]); res["zz_new_field"] == nil {
			t.Errorf("%s drops what is new: %v", call[0], res)
		}
	}
	b.Control(t, "faults", `{"method":"GET","path":"/v3/avatars/looks","fault":"new_field","times":1}`)
	full := b.CallTool(t, "list_avatar_looks", `{"limit":1,"detail":"full"}`)
	if full["items"].([]any)[0].(map[string]any)["zz_new_field"] == nil {
		t.Errorf("a list in full drops what is new: %v", full)
	}
	b.Control(t, "faults", `{"method":"GET","path":"/v3/videos/{video_id}","fault":"unknown_status","times":1}`)
	if res := b.CallTool(t, "get_video", fmt.Sprintf(`{"video_id":%q}`, id)); res["status"] != "archiving" || res["error"] != nil {
		t.Errorf("got %v, want %q and error nil", res, "archiving")
	}
}

// TestNumbersPassAsWritten holds that the values of a free map reach HeyGen digit by digit.
func TestNumbersPassAsWritten(t *testing.T) {
	t.Parallel()
	var body []byte
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ = io.ReadAll(req.Body)
		_, _ = io.WriteString(w, `{"data":{}}`)
	}))
	t.Cleanup(srv.Close)
	b := toolstest.NewAt(t, srv, "it answers everything without data")
	variables := `{"big":9007199254740993,"in":{"price":[1.50]}}`
	res := b.CallTool(t, "create_hyperframes_render", `{"project":"a","variables":`+variables+`}`)
	if res["error"] != nil || !strings.Contains(string(body), `"variables":`+variables) {
		t.Errorf("got %v, sent %s", res, body)
	}
}
