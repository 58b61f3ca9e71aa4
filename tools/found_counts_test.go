package tools_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// counter counts the calls of an agent.
type counter struct {
	*busyBench
	calls int
}

func (c *counter) call(t *testing.T, tool, args string) map[string]any {
	t.Helper()
	c.calls++
	res := c.CallTool(t, tool, args)
	if res["error"] != nil {
		t.Fatalf("%s %s: got %v, want error nil", tool, args, res)
	}
	return res
}

// pages reads a list page by page until enough says so, as an agent does who cannot search.
func (c *counter) pages(t *testing.T, tool, args string, enough func(row map[string]any) bool) {
	t.Helper()
	token := ""
	for {
		page := c.call(t, tool, fmt.Sprintf(`{%s%s}`, args, token))
		items, _ := page["items"].([]any)
		for _, item := range items {
			if row, ok := item.(map[string]any); ok && enough(row) {
				return
			}
		}
		next, _ := page["next_token"].(string)
		if next == "" {
			t.Fatalf("%s has no more after %d calls", tool, c.calls)
		}
		token = fmt.Sprintf(`,"token":%q`, next)
	}
}

// TestFindingTakesFewCalls holds how many calls everyday requests take with a search, beside how many they take page by
// page, on the large catalog: docs/catalogue.md has the table.
func TestFindingTakesFewCalls(t *testing.T) {
	t.Parallel()
	c := &counter{busyBench: manyLooks(t, nil)}
	says := func(row map[string]any, words ...string) bool {
		raw, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if !strings.Contains(strings.ToLower(string(raw)), word) {
				return false
			}
		}
		return true
	}
	// Whoever makes a video calls a create and a wait besides, before as now.
	requests := []struct {
		what        string
		before, now func()
		most        int
	}{
		{"a video of Zuri saying X", func() {
			group := ""
			c.pages(t, "list_avatar_groups", `"limit":50`, func(row map[string]any) bool {
				group, _ = row["group_id"].(string)
				return says(row, "zuri")
			})
			c.call(t, "list_avatar_looks", fmt.Sprintf(`{"group_id":%q}`, group))
		}, func() { c.call(t, "cast_video", `{"brief":"a video of Zuri","count":1}`) }, 1},
		{"three German voices of the same gender", func() {
			genders := map[any]int{}
			c.pages(t, "list_voices", `"limit":100`, func(row map[string]any) bool {
				if row["language"] == "German" {
					genders[row["gender"]]++
				}
				return genders["female"] == 3 || genders["male"] == 3
			})
		}, func() { c.call(t, "list_voices", `{"query":"german","language":"German","gender":"female"}`) }, 1},
		{"a doctor in portrait", func() {
			c.pages(t, "list_avatar_looks", `"limit":50`, func(row map[string]any) bool { return says(row, "doctor", "portrait") })
		}, func() { c.call(t, "list_avatar_looks", `{"query":"doctor","orientation":"portrait"}`) }, 1},
		{"a seated mechanic in a garage, 50, with avatar_v", func() {
			c.pages(t, "list_avatar_looks", `"limit":50,"detail":"full"`, func(row map[string]any) bool {
				return says(row, "mechanic", "garage", "50", "avatar_v", "portrait")
			})
		}, func() {
			c.call(t, "list_avatar_looks", `{"query":"mechanic garage 50","engine":"avatar_v","orientation":"portrait"}`)
		}, 1},
	}
	for _, r := range requests {
		c.calls = 0
		r.before()
		before := c.calls
		c.calls = 0
		r.now()
		t.Logf("%s: %d before, %d now", r.what, before, c.calls)
		if c.calls > r.most || before < c.calls {
			t.Errorf("%s takes %d calls, and took %d", r.what, c.calls, before)
		}
	}
}
