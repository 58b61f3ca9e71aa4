package tools

import "testing"

// TestListAssetsKnowsWhose holds that the name which v3 wants is looked up only where none is given,
// and that an empty folder is the root and not no folder.
func TestListAssetsKnowsWhose(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.call(t, "upload_asset", `{"filename":"a.mp3","data":"SUQzIA=="}`)
	for _, c := range []struct {
		args         string
		items, asked int
	}{
		{`{"username":"test"}`, 1, 0},
		{`{"username":""}`, 0, 0},
		{`{}`, 1, 1},
		{`{"folderId":""}`, 1, 2},
		{`{"folderId":"none"}`, 0, 3},
	} {
		res := b.call(t, "list_assets", c.args)
		if n := len(res["items"].([]any)); n != c.items {
			t.Errorf("%s: %d items", c.args, n)
		}
		if n := b.calls(t, "GET", "/v3/users/me"); n != c.asked {
			t.Errorf("%s: asked %d times who is calling", c.args, n)
		}
	}
	full := b.call(t, "list_assets", `{"detail":"full"}`)
	brief := b.call(t, "list_assets", `{}`)
	if full["items"].([]any)[0].(map[string]any)["url"] == nil || brief["items"].([]any)[0].(map[string]any)["url"] != nil {
		t.Errorf("%v\n%v", full, brief)
	}
}
