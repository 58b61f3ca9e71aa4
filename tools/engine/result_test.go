package engine

import (
	"strings"
	"testing"
)

// TestLongLists holds that a page in full that no client takes whole is given concisely, and says so.
func TestLongLists(t *testing.T) {
	t.Parallel()
	items := func() map[string]any {
		return map[string]any{"items": []any{map[string]any{"id": "a", "text": strings.Repeat("x", maxListChars)}}}
	}
	page := items()
	keepListFields(page, []string{"id"}, true)
	if page["note"] == nil || len(page["items"].([]any)[0].(map[string]any)) != 1 {
		t.Error("a page too long was given in full")
	}
	short := map[string]any{"items": []any{map[string]any{"id": "a", "text": "x"}}}
	keepListFields(short, []string{"id"}, true)
	if short["note"] != nil || len(short["items"].([]any)[0].(map[string]any)) != 2 {
		t.Error("a short page was cut")
	}
}
