package refusals

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args/inputs"
)

// allGets are tools for every get that is asked of an id, named by its operation.
func allGets() Tools {
	tools := Tools{"GET /v3/avatars/looks": "list_avatar_looks", "GET /v3/videos": "list_videos", "DELETE /v3/videos/{video_id}": "delete_video"}
	for _, get := range append(otherKinds("/v3/none"), otherKinds("/v3/ai-clipping")...) {
		tools[get] = "<" + get + ">"
	}
	tools["GET /v3/videos/{video_id}"], tools["GET /v3/avatars/looks/{look_id}"] = "get_video", "get_avatar_look"
	tools["GET /v3/video-translations/{video_translation_id}"] = "get_video_translation"
	return tools
}

// sendable takes ids of two kinds.
type sendable struct {
	Look  *string `json:"look_id" doc:"x"`
	Asset *string `json:"asset_id" doc:"x"`
}

// TestIDsOfOtherKinds holds what is said of an id that HeyGen knows as one of something else.
func TestIDsOfOtherKinds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		op, argument, is, message, step string
		input                           *inputs.Spec
	}{
		"a translation for a video": {
			"GET /v3/videos/{video_id}", "video_id", "GET /v3/video-translations/{video_translation_id}",
			"the given video_id: it is a video_translation_id.", "get_video_translation takes it, as video_translation_id.", nil,
		},
		"what can be deleted as what it is": {
			"DELETE /v3/avatars/looks/{look_id}", "look_id", "GET /v3/videos/{video_id}",
			"the given look_id: it is a video_id.", "delete_video takes it, as video_id.", nil,
		},
		"one of another kind under the same name": {
			"GET /v3/videos/{video_id}", "video_id", "GET /v3/models/videos/{video_id}",
			"the given video_id here: it is of another kind.", "takes it, as video_id.", nil,
		},
		"what the tool takes under another name": {
			"POST /v3/videos", "look_id", "GET /v3/assets/{asset_id}",
			"the given look_id: it is an asset_id.", "Send it as asset_id instead. Choose look_id from list_avatar_looks.",
			inputs.SpecOf(reflect.TypeFor[sendable]()),
		},
		"a group for a look": {
			"POST /v3/videos", "avatar_id", "GET /v3/avatars/{group_id}",
			"the given avatar_id: it is a group_id.", "list_avatar_looks with this group_id shows the looks to choose avatar_id from.", nil,
		},
		"a look for a group": {
			"GET /v3/avatars/{group_id}", "group_id", "GET /v3/avatars/looks/{look_id}",
			"the given group_id: it is a look_id.", "get_avatar_look shows by group_id which avatar the look is of.", nil,
		},
		"a video for an asset": {
			"GET /v3/assets/{asset_id}", "asset_id", "GET /v3/videos/{video_id}",
			"it is a video_id.", "A video is no asset: get_video gives its video_url, which can be sent as a URL.", nil,
		},
		"a translation for an asset": {
			"GET /v3/assets/{asset_id}", "asset_id", "GET /v3/video-translations/{video_translation_id}",
			"it is a video_translation_id.", "A translation is no asset: get_video_translation gives its video_url, which can be sent as a URL.", nil,
		},
	} {
		method, path, _ := strings.Cut(c.op, " ")
		_, found, _ := strings.Cut(c.is, " ")
		var asked []heygen.Op
		got := From(&heygen.Error{Op: heygen.Op{Method: method, Path: path}, Status: 404, Code: "not_found"}, Attempt{
			Tools: allGets(), Given: map[string]any{c.argument: "x"}, Input: c.input,
			Known: func(gets []heygen.Op, id string) (heygen.Op, bool) {
				asked = gets
				return heygen.Op{Method: "GET", Path: found}, id == "x"
			},
		})
		if !strings.Contains(got.Message, c.message) || !strings.HasSuffix(got.NextStep, c.step) {
			t.Errorf("%s: got %q, %q; want %q, %q", name, got.Message, got.NextStep, c.message, c.step)
		}
		if len(asked) != maxOtherKinds {
			t.Errorf("%s: %d gets were asked, want the bound of %d", name, len(asked), maxOtherKinds)
		}
	}
}

// TestIDsOfNoOtherKind holds that nobody is asked without one id, a collection and somebody to ask, and that an id that
// nobody knows is told as one that names nothing.
func TestIDsOfNoOtherKind(t *testing.T) {
	t.Parallel()
	e := &heygen.Error{Op: heygen.Op{Method: "POST", Path: "/v3/things"}, Status: 404, Code: "not_found"}
	for name, given := range map[string]map[string]any{
		"two ids of one name":   {"scenes": []any{map[string]any{"video_id": "x"}, map[string]any{"video_id": "y"}}},
		"three ids of one name": {"video_id": "x", "scenes": []any{map[string]any{"video_id": "y"}, map[string]any{"video_id": "x"}}},
		"an id of no kind":      {"widget_id": "x"},
		"an id that is no text": {"video_id": 7},
		"an empty one":          {"video_id": ""},
	} {
		r := new(Refusal)
		a := Attempt{Tools: allGets(), Given: given, Known: func([]heygen.Op, string) (heygen.Op, bool) {
			t.Errorf("%s: somebody was asked", name)
			return heygen.Op{}, false
		}}
		for _, argument := range []string{"video_id", "widget_id"} {
			if r.ofOtherKind(e, a, argument) {
				t.Errorf("%s: %s is said to be of another kind: %+v", name, argument, r)
			}
		}
	}
	a := Attempt{Tools: allGets(), Given: map[string]any{"scenes": []any{map[string]any{"video_id": "x"}, map[string]any{"video_id": "x"}}}}
	if id := a.idOf("video_id"); id != "x" {
		t.Errorf("got %q, want the one id that was given twice", id)
	}
	if new(Refusal).ofOtherKind(e, a, "video_id") {
		t.Error("an id is of another kind where nobody can be asked")
	}
	a.Known = func([]heygen.Op, string) (heygen.Op, bool) { return heygen.Op{}, false }
	if got := From(e, a); got.NextStep != "Choose video_id from list_videos." {
		t.Errorf("got %q, want where ids come from", got.NextStep)
	}
}

// TestOtherKindsAreOthers holds that an id is not asked for again where it was not found, nor twice.
func TestOtherKindsAreOthers(t *testing.T) {
	t.Parallel()
	for _, collection := range []string{"/v3/videos", "/v3/assets", "/v3/lipsyncs/batches", "/v3/none"} {
		gets := otherKinds(collection)
		for i, get := range gets {
			if strings.HasPrefix(get, "GET "+collection+"/{") || slices.Contains(gets[:i], get) {
				t.Errorf("%s: %s is asked in vain", collection, get)
			}
		}
	}
	if first := otherKinds("/v3/brand-kits")[0]; first != "GET /v3/brand-glossaries/{brand_glossary_id}" {
		t.Errorf("got %s first, want the likeliest", first)
	}
}

// TestWithArticle holds which article a name has.
func TestWithArticle(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"video_id": "a video_id", "asset_id": "an asset_id", "ai clipping": "an ai clipping", "": "a "} {
		if got := WithArticle(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
