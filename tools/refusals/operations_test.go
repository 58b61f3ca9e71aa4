package refusals

import (
	"testing"

	"heygen-mcp/heygen"
)

// TestCollections holds of which things an argument is an id, where its name alone does not tell.
func TestCollections(t *testing.T) {
	t.Parallel()
	tools := Tools{
		"GET /v3/avatars/looks/{look_id}": "get_avatar_look", "GET /v3/references/of/looks/{reference_look_id}": "get_reference",
		"GET /v3/brand-glossaries/{brand_glossary_id}": "get_brand_glossary", "GET /v3/folders/{folder_id}": "get_folder",
		"GET /v3/a/batches/{batch_id}": "get_a_batch", "GET /v3/b/batches/{batch_id}": "get_b_batch", "GET /v3/c/{batch_id}": "get_c",
		"GET /v3/videos": "list_videos",
	}
	for _, c := range []struct{ argument, path, want string }{
		{"look_id", "/v3/videos", "/v3/avatars/looks"}, {"avatar_id", "/v3/videos", "/v3/avatars/looks"},
		{"character_id", "/v3/videos", "/v3/avatars/looks"}, {"my_avatar_id", "/v3/videos", "/v3/avatars/looks"},
		{"reference_look_id", "/v3/videos", "/v3/references/of/looks"}, {"other_look_id", "/v3/avatars/x", "/v3/avatars/looks"},
		{"brand_voice_id", "/v3/videos", "/v3/brand-glossaries"}, {"parent_id", "/v3/folders", "/v3/folders"},
		{"style_id", "/v3/videos", "/v3/video-agents/styles"},
		{"batch_id", "/v3/b", "/v3/b/batches"}, {"batch_ids", "/v3/a/statuses", "/v3/a/batches"}, {"batch_id", "/v3/videos", "/v3/c"},
		{"batch_id", "/v3/b/batches/{batch_id}/stop", "/v3/b/batches"}, {"widget_id", "/v3/videos", ""},
	} {
		if got := tools.collection(c.argument, heygen.Op{Method: "POST", Path: c.path}); got != c.want {
			t.Errorf("%s of %s is an id of %q, want %q", c.argument, c.path, got, c.want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"/v3/a", "/v3/a", 3}, {"/v3/a", "/v3/a/b", 3}, {"/v3/a/b", "/v3/a", 3}, {"/v3/a", "/v3/b", 2}, {"x", "y", 0}} {
		if got := sharedSegments(c.a, c.b); got != c.want {
			t.Errorf("%s and %s share %d segments, want %d", c.a, c.b, got, c.want)
		}
	}
}

// TestSources holds where the ids of an argument come from.
func TestSources(t *testing.T) {
	t.Parallel()
	for argument, want := range map[string]string{
		"video_id": "Choose video_id from list_videos.", "voice_id": "Choose voice_id from list_voices, which shows own voices with type private.",
		"widget_id": "", "video": "", "video_ids": "",
	} {
		if got := someTools().Source(argument, heygen.Op{Method: "POST", Path: "/v3/videos"}); got != want {
			t.Errorf("%s: got %q, want %q", argument, got, want)
		}
	}
}

// TestReceived holds how what was sent is shown again: as JSON, up to a bound.
func TestReceived(t *testing.T) {
	t.Parallel()
	long := ""
	for range maxReceived - 2 { // two quotes
		long += "ä"
	}
	for given, want := range map[any]string{
		nil: "which was not sent", "a<b": `which was sent as "a<b"`, 7: "which was sent as 7",
		long: `which was sent as "` + long + `"`, long + "ä": `which was sent as "` + long + "ä…",
	} {
		if got := received(given); got != want {
			t.Errorf("%v: got %q, want %q", given, got, want)
		}
	}
	if got := received(func() {}); got != "as it was sent" {
		t.Errorf("got %q of what is no JSON", got)
	}
}

// TestNamesGivenForIDs holds when a search by name is pointed to: where a name was given for the id of what is
// searched.
func TestNamesGivenForIDs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		given map[string]any
		want  string
	}{
		"a name":              {map[string]any{"look_id": "Annie in Red"}, "Choose look_id from list_avatar_looks; its query finds one by name."},
		"one word":            {map[string]any{"look_id": "Annie"}, "Choose look_id from list_avatar_looks; its query finds one by name."},
		"an id":               {map[string]any{"look_id": "Annie_2024"}, "Choose look_id from list_avatar_looks."},
		"an id in lower case": {map[string]any{"look_id": "abc"}, "Choose look_id from list_avatar_looks."},
		"a name elsewhere":    {map[string]any{"look_id": "abc1", "title": "Annie in Red"}, "Choose look_id from list_avatar_looks."},
		"in a list":           {map[string]any{"scenes": []any{map[string]any{"look_id": "two words"}}}, "Choose look_id from list_avatar_looks; its query finds one by name."},
	} {
		got := From(&heygen.Error{Op: heygen.Op{Method: "POST", Path: "/v3/things"}, Status: 404, Code: "not_found"}, Attempt{Tools: someTools(), Given: c.given})
		if got.NextStep != c.want {
			t.Errorf("%s: got %q, want %q", name, got.NextStep, c.want)
		}
	}
	folder := From(&heygen.Error{Op: heygen.Op{Method: "POST", Path: "/v3/things"}, Status: 404, Code: "not_found"}, Attempt{Tools: someTools(), Given: map[string]any{"video_id": "My Video"}})
	if folder.NextStep != "Choose video_id from list_videos." {
		t.Errorf("got %q of a list that is not searched", folder.NextStep)
	}
}
