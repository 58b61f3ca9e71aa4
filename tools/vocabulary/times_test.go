package vocabulary

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestTimes holds the forms in which HeyGen tells times, and the one in which they are answered.
func TestTimes(t *testing.T) {
	t.Parallel()
	const want = "2026-11-28T18:24:25Z"
	for _, sent := range []any{
		json.Number("1795890265"), json.Number("1795890265.75"), json.Number("1795890265123"),
		"2026-11-28T18:24:25Z", "2026-11-28T18:24:25.123456Z", "2026-11-28T18:24:25", "2026-11-28T18:24:25.123456",
		"2026-11-28T20:24:25+02:00", "2026-11-28T20:24:25.5+0200", "2026-11-28 18:24:25", "2026-11-28 18:24:25.123456+00:00",
	} {
		for _, name := range []string{"created_at", "completed_at", "expires_at", "something_new_at"} {
			data := map[string]any{"deep": []any{map[string]any{name: sent}}}
			withTimes(data)
			if got := data["deep"].([]any)[0].(map[string]any)[name]; got != want {
				t.Errorf("%s %v: got %v, want %v", name, sent, got, want)
			}
		}
	}
}

// TestWhatIsNoTime holds that nothing else is changed: not what counts something, not what has
// another form, and nothing whose names are a user's own. A time of 0 is none.
func TestWhatIsNoTime(t *testing.T) {
	t.Parallel()
	number := json.Number("1795890265")
	same := func() map[string]any {
		free := map[string]any{"created_at": number}
		return map[string]any{
			"seed": number, "size_bytes": number, "start_time": number, "expires_in_seconds": number, "title": "2026-11-28T18:24:25",
			"paused_at": json.Number("12.5"), "renewed_at": "when paid", "shown_at": []any{"x"}, "format": "2026-11-28T18:24:25",
			"variables": free, "metadata": free, "upload_headers": free, "meta": []any{free},
			"nodes": []any{map[string]any{"config": free, "value": free}},
		}
	}
	got := same()
	got["updated_at"] = json.Number("0")
	withTimes(got)
	if want := same(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	day := map[string]any{"resets_at": "2026-12-01"}
	withTimes(day)
	if want := "2026-12-01T00:00:00Z"; day["resets_at"] != want {
		t.Errorf("got %v, want %v", day["resets_at"], want)
	}
}

// TestWithTimesBut holds that named members stay as they came, with all that is in them, and that what is no object is
// told as anything else.
func TestWithTimesBut(t *testing.T) {
	t.Parallel()
	number := json.Number("1795890265")
	const told = "2026-11-28T18:24:25Z"
	object := map[string]any{"graph": map[string]any{"made_at": number}, "made_at": number, "ended_at": json.Number("0"), "deep": map[string]any{"seen_at": number}}
	WithTimesBut(object, []string{"graph", "absent"})
	if want := (map[string]any{"graph": map[string]any{"made_at": number}, "made_at": told, "deep": map[string]any{"seen_at": told}}); !reflect.DeepEqual(object, want) {
		t.Errorf("got %v, want %v", object, want)
	}
	for _, verbatim := range [][]string{nil, {"made_at"}} {
		list := []any{map[string]any{"made_at": number}}
		WithTimesBut(list, verbatim)
		if want := []any{map[string]any{"made_at": told}}; !reflect.DeepEqual(list, want) {
			t.Errorf("but %v: got %v, want %v", verbatim, list, want)
		}
	}
	all := map[string]any{"made_at": number}
	if WithTimesBut(all, nil); all["made_at"] != told {
		t.Errorf("but nothing: got %v", all)
	}
}
