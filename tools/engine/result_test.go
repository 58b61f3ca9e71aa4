package engine

import (
	"strings"
	"testing"
)

// TestLongLists holds that a page in full that no client takes whole is given concisely, and says
// so.
func TestLongLists(t *testing.T) {
	t.Parallel()
	items := func(text string) map[string]any {
		return map[string]any{"items": []any{map[string]any{"id": "a", "text": text}}}
	}
	long := &Result[page]{object: items(strings.Repeat("x", maxListChars))}
	long.keepListFields([]string{"id"}, nil, true)
	if data := long.Data(); data["note"] == nil || len(data["items"].([]any)[0].(map[string]any)) != 1 {
		t.Error("a page too long was given in full")
	}
	short := &Result[page]{object: items("x")}
	short.keepListFields([]string{"id"}, nil, true)
	if data := short.Data(); data["note"] != nil || len(data["items"].([]any)[0].(map[string]any)) != 2 {
		t.Error("a short page was cut")
	}
}
