package tools_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/tools/toolstest"
)

// TestOneCueIsCorrected holds that corrections change the texts that they name in the file that HeyGen
// serves, and nothing else.
func TestOneCueIsCorrected(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	before := longSRT(30, 3)
	if res := uploadSRT(t, b, id, map[string]any{"srt": before}); res["proofread_id"] != id {
		t.Fatalf("got %v", res)
	}
	if got := servedSRT(t, b, id); got != before {
		t.Fatalf("canonical subtitles became %q, want %q", got, before)
	}
	corrections := []any{map[string]any{"index": 7, "text": "Seven,\n\nmended"}, map[string]any{"index": "30", "text": "The end --> here"}}
	if res := uploadSRT(t, b, id, map[string]any{"corrections": corrections}); res["error"] != nil {
		t.Fatalf("got %v", res)
	}
	want := strings.Replace(strings.Replace(before, "ééé 7\n", "Seven,\nmended\n", 1), "ééé 30\n", "The end → here\n", 1)
	if got := servedSRT(t, b, id); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	seen := downloadSRT(t, b, id, map[string]any{"from_index": 7, "to_index": 7})["cues"].([]any)
	if one := seen[0].(map[string]any); len(seen) != 1 || one["text"] != "Seven,\nmended" || one["start"] != 6.0 || one["end"] != 6.5 {
		t.Errorf("got %v", seen)
	}
}

// TestCorrectionsInOtherForms holds that corrections by index and as pairs are the same as the list of them, and
// that subtitles may be the list of their lines.
func TestCorrectionsInOtherForms(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	before := longSRT(12, 3)
	want := strings.Replace(strings.Replace(before, "ééé 3\n", "Three\n", 1), "ééé 10\n", "Ten\n", 1)
	for _, corrections := range []any{
		map[string]any{"3": "Three", "10": "Ten"}, `{"3":"Three","10":"Ten"}`, map[string]any{"10": map[string]any{"text": "Ten"}, " 3": "Three"},
		[]any{map[string]any{"3": "Three"}, map[string]any{"index": 10, "text": "Ten"}}, []any{[]any{3, "Three"}, []any{"10", "Ten"}},
	} {
		if res := uploadSRT(t, b, id, map[string]any{"srt": toAny(strings.Split(before, "\n"))}); res["error"] != nil {
			t.Fatalf("the lines: %v", res)
		}
		if res := uploadSRT(t, b, id, map[string]any{"corrections": corrections}); res["error"] != nil {
			t.Errorf("%v: got %v, want error nil", corrections, res)
		}
		if got := servedSRT(t, b, id); got != want {
			t.Errorf("%v: got %q, want %q", corrections, got, want)
		}
	}
	for _, srt := range []any{ // where the whole text is due
		[]any{map[string]any{"index": 3, "text": "Three"}, map[string]any{"index": 10, "text": "Ten"}}, `[{"index":3,"text":"Three"},{"index":"10","text":"Ten"}]`,
		map[string]any{"3": "Three", "10": "Ten"},
	} {
		if res := uploadSRT(t, b, id, map[string]any{"srt": before}); res["error"] != nil {
			t.Fatalf("the text: %v", res)
		}
		if res := uploadSRT(t, b, id, map[string]any{"srt": srt}); res["error"] != nil {
			t.Errorf("srt %v: %v", srt, res)
		}
		if got := servedSRT(t, b, id); got != want {
			t.Errorf("srt %v: got %q, want %q", srt, got, want)
		}
	}
	if res := uploadSRT(t, b, id, map[string]any{"corrections": map[string]any{"three": "Three"}}); res["error"] != true {
		t.Errorf("a word for an index was taken: %v", res)
	}
}

// TestToldCuesAreCorrections holds that cues can be sent back as they were told, with another text: their times are
// held against those that are there.
func TestToldCuesAreCorrections(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	id := proofreadOf(t, b)
	before := longSRT(12, 3)
	if res := uploadSRT(t, b, id, map[string]any{"srt": base64.StdEncoding.EncodeToString([]byte(before))}); res["error"] != nil {
		t.Fatalf("base64 of the text: %v", res)
	}
	told := downloadSRT(t, b, id, map[string]any{"from_index": 7, "to_index": 8})["cues"].([]any)
	one := told[0].(map[string]any)
	one["text"] = "Seven"
	if res := uploadSRT(t, b, id, map[string]any{"corrections": told}); res["error"] != nil {
		t.Fatalf("got %v", res)
	}
	want := strings.Replace(before, "ééé 7\n", "Seven\n", 1)
	if got := servedSRT(t, b, id); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	one["end"] = 99.5
	res := uploadSRT(t, b, id, map[string]any{"corrections": told})
	if res["param"] != "corrections[0].start" || !strings.Contains(fmt.Sprint(res["message"]), "texts alone") || servedSRT(t, b, id) != want {
		t.Errorf("another time was taken: %v", res)
	}
	for given, said := range map[string]string{
		`{"cues":[{"text":"x"}]}`: "JSON", "[Script Info]\nDialogue: 0,0:00:00.00,0:00:02.00,Default,Hi": "SubStation Alpha",
	} {
		if res := uploadSRT(t, b, id, map[string]any{"srt": given}); res["param"] != "srt" || !strings.Contains(fmt.Sprint(res["message"]), said) {
			t.Errorf("%s: got %v, want %s to be named", given, res, said)
		}
	}
}
