package tools_test

import (
	"fmt"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestLists holds the concise and the full form, and the cursor.
func TestLists(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	brief := b.CallTool(t, "list_avatar_looks", `{"limit":2}`)
	full := b.CallTool(t, "list_avatar_looks", `{"limit":2,"detail":"full"}`)
	one := brief["items"].([]any)[0].(map[string]any)
	two := full["items"].([]any)[0].(map[string]any)
	if one["preview_image_url"] != nil || two["preview_image_url"] == nil || one["look_id"] != two["look_id"] {
		t.Errorf("%v\n%v", one, two)
	}
	next := b.CallTool(t, "list_avatar_looks", fmt.Sprintf(`{"limit":2,"token":%q}`, brief["next_token"]))
	if next["items"].([]any)[0].(map[string]any)["look_id"] == one["look_id"] {
		t.Error("the cursor did not move")
	}
	for _, tool := range []string{"list_avatar_groups", "list_voices", "list_videos", "get_current_user"} {
		if res := b.CallTool(t, tool, `{}`); res["error"] != nil {
			t.Errorf("%s: got %v, want error nil", tool, res)
		}
	}
	look := b.CallTool(t, "get_avatar_look", fmt.Sprintf(`{"look_id":%q}`, one["look_id"]))
	if look["look_id"] != one["look_id"] {
		t.Errorf("%v", look)
	}
	if v := b.CallTool(t, "design_voice", `{"prompt":"warm"}`); v["voices"] == nil {
		t.Errorf("got %v, want voices not nil", v)
	}
}
