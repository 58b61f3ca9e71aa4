package engine

import (
	"reflect"
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
	long := &Result[page]{Extras: Extras{object: items(strings.Repeat("x", MaxListChars))}}
	long.keepListFields([]string{"id"}, nil, true)
	if data := long.Data(); data["note"] == nil || len(data["items"].([]any)[0].(map[string]any)) != 1 {
		t.Error("a page too long was given in full")
	}
	short := &Result[page]{Extras: Extras{object: items("x")}}
	short.keepListFields([]string{"id"}, nil, true)
	if data := short.Data(); data["note"] != nil || len(data["items"].([]any)[0].(map[string]any)) != 2 {
		t.Error("a short page was cut")
	}
}

// TestVerbatim holds that what is declared verbatim is told as it came, nulls and names included, so that
// it can be sent back, and that nothing else is.
func TestVerbatim(t *testing.T) {
	t.Parallel()
	came := func() any {
		return map[string]any{
			"graph": map[string]any{"message": "Hi", "fixed": nil}, "gone": nil, "note": "n",
			"other": map[string]any{"message": "Hi", "fixed": nil},
		}
	}
	want := map[string]any{
		"graph": map[string]any{"message": "Hi", "fixed": nil}, "heygen_note": "n",
		"other": map[string]any{"heygen_message": "Hi"},
	}
	if got := withoutAdviceBut(came(), []string{"graph", "gone", "missing"}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	want["graph"] = map[string]any{"heygen_message": "Hi"}
	if got := withoutAdviceBut(came(), nil); !reflect.DeepEqual(got, want) {
		t.Errorf("without any, got %v, want %v", got, want)
	}
	if got := withoutAdviceBut([]any{nil}, []string{"graph"}); !reflect.DeepEqual(got, []any{nil}) {
		t.Errorf("of a list, got %v, want it as it came", got)
	}
}
