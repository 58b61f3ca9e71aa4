package tools

import (
	"strings"
	"testing"
)

// TestLinksSayWhenTheyEnd holds the forms in which signed links carry their end.
func TestLinksSayWhenTheyEnd(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]any{
		"https://files.heygen.ai/v.mp4?Expires=1790000000&Signature=x":                             "2026-09-21T14:13:20Z",
		"https://s3.example/v.mp4?X-Amz-Date=20260921T140000Z&X-Amz-Expires=3600&X-Amz-Signature=": "2026-09-21T15:00:00Z",
		"https://g.example/v.mp4?X-Goog-Date=20260921T140000Z&X-Goog-Expires=60":                   "2026-09-21T14:01:00Z",
		"https://files.heygen.ai/v.mp4":                                                            nil,
		"Expires=1790000000":                                                                       nil,
		"https://files.heygen.ai/v.mp4?Expires=3600":                                               nil,
		"https://files.heygen.ai/v.mp4?Expires=soon":                                               nil,
	} {
		res := map[string]any{"a": []any{map[string]any{"url": link}}}
		expiry(res)
		if res["links_expire_at"] != want {
			t.Errorf("%s: %v", link, res["links_expire_at"])
		}
	}
}

// TestLongLists holds that a page in full that no client takes whole is given concisely, and says so.
func TestLongLists(t *testing.T) {
	t.Parallel()
	items := func() map[string]any {
		return map[string]any{"items": []any{map[string]any{"id": "a", "text": strings.Repeat("x", mostText)}}}
	}
	page := items()
	shorten(page, []string{"id"}, true)
	if page["note"] == nil || len(page["items"].([]any)[0].(map[string]any)) != 1 {
		t.Error("a page too long was given in full")
	}
	short := map[string]any{"items": []any{map[string]any{"id": "a", "text": "x"}}}
	shorten(short, []string{"id"}, true)
	if short["note"] != nil || len(short["items"].([]any)[0].(map[string]any)) != 2 {
		t.Error("a short page was cut")
	}
}
