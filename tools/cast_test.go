package tools_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestCastsCanBeSent holds that the arguments of every pair make a video, and that the cost is told
// before as the call tells it.
func TestCastsCanBeSent(t *testing.T) {
	t.Parallel()
	b := manyLooks(t, nil)
	filled(t, b, "list_voices", `{"query":"warm"}`)
	filled(t, b, "list_avatar_looks", `{"query":"doctor"}`)
	for _, c := range []struct {
		args, language, gender, ratio string
		count                         int
	}{
		{`{"brief":"a video of Amelia saying \"Hello, this is our new shop.\""}`, "", "", "", 3},
		{`{"brief":"a doctor saying: Drink more water.","orientation":"portrait","count":5}`, "", "", "9:16", 5},
		{`{"brief":"business, sagt \"Guten Tag\"","language":"Deutsch","gender":"woman","count":4}`, "German", "female", "", 4},
		{`{"brief":"a Portuguese speaking chef saying \"Bom dia\"","count":1}`, "Portuguese", "", "", 1},
	} {
		res := b.CallTool(t, "cast_video", c.args)
		pairs, _ := res["pairs"].([]any)
		if len(pairs) != c.count {
			t.Errorf("%s: %d pairs: %v", c.args, len(pairs), res)
		}
		people := map[any]bool{}
		for _, it := range pairs {
			pair := it.(map[string]any)
			given, _ := pair["arguments"].(map[string]any)
			people[given["avatar_id"]] = true
			if c.language != "" && pair["language"] != c.language || c.gender != "" && pair["gender"] != c.gender ||
				c.ratio != "" && given["aspect_ratio"] != c.ratio {
				t.Errorf("%s: %v", c.args, pair)
			}
			raw, err := json.Marshal(given)
			if err != nil {
				t.Fatal(err)
			}
			made := b.CallTool(t, "create_video_from_avatar", string(raw))
			if made["video_id"] == nil {
				t.Errorf("%s: %s makes %v", c.args, raw, made)
			}
			told, _ := pair["estimated_cost_usd"].(float64)
			later, _ := made["estimated_cost_usd"].(float64)
			if told < later-1e-6 || told > later+0.011 {
				t.Errorf("%s: %v was told, and then %v", c.args, told, later)
			}
		}
		b.Control(t, "clock", `{"advance_seconds":900}`) // so that these jobs end before the next begin
		if len(people) != c.count {
			t.Errorf("%s: %d different looks", c.args, len(people))
		}
	}
}

// TestACastWithoutWords holds that nothing is made up where the brief says nothing of what is said.
func TestACastWithoutWords(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	res := b.CallTool(t, "cast_video", `{"brief":"somebody in a suit"}`)
	pairs, _ := res["pairs"].([]any)
	if len(pairs) == 0 || !strings.Contains(fmt.Sprint(res["next_step"]), "script") {
		t.Fatalf("got %v", res)
	}
	pair := pairs[0].(map[string]any)
	if given, _ := pair["arguments"].(map[string]any); given["script"] != nil || pair["usd_per_second"] == nil {
		t.Errorf("got %v", pair)
	}
}
