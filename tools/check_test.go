package tools

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// TestRefusals holds that bad input is refused with the argument, the rule and a next step, before
// anything is sent.
func TestRefusals(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s %s was sent", r.Method, r.URL.Path)
	}))
	t.Cleanup(srv.Close)
	b := newBenchAt(t, srv)
	cases := []struct{ tool, args, param, says string }{
		{"get_current_user", `{"x":1}`, "x", "not an argument"},
		{"get_current_user", `[]`, "", "one JSON object"},
		{"list_avatar_groups", `{"ownership":"mine"}`, "ownership", "one of the choices"},
		{"list_avatar_groups", `{"limit":51}`, "limit", "from 1 to 50"},
		{"list_avatar_looks", `{"groupid":"g"}`, "groupid", "not an argument"},
		{"list_avatar_looks", `{"group_id":"g","groupId":"g"}`, "group_id", "two spellings"},
		{"list_avatar_looks", `{"limit":1.5}`, "limit", "whole number"},
		{"get_avatar_look", `{}`, "look_id", "required"},
		{"get_avatar_look", `{"look_id":null}`, "look_id", "required"},
		{"get_avatar_look", `{"look_id":"../users/me"}`, "look_id", "without"},
		{"list_voices", `{"limit":"many"}`, "limit", "number"},
		{"design_voice", `{"prompt":""}`, "prompt", "at least 1"},
		{"design_voice", `{"prompt":"x","seed":-1}`, "seed", "at least 0"},
		{"create_video_from_avatar", `{"avatar_id":"A"}`, "script", "Exactly one"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","audioUrl":"https://a.b/c.mp3"}`, "script", "Exactly one"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","voice_settings":{"speed":3}}`, "voice_settings.speed", "from 0.5 to 1.5"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","voiceSettings":{"sped":1}}`, "voice_settings.sped", "not an argument"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","engine":{"type":"avatar_iii"},"motion_prompt":"wave"}`, "motion_prompt", "avatar_iii"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","engine":{"type":"avatar_v"},"expressiveness":"low"}`, "expressiveness", "avatar_iv only"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","output_format":"webm","background":{"type":"color","value":"#fff"}}`, "background", "webm"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","background":{"type":"color"}}`, "background.value", "value"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","watermark":{"image":{"type":"url"}}}`, "watermark.image", "takes url"},
		{"create_video_from_avatar", `{"avatar_id":"A","script":"x","idempotency_key":"a b"}`, "idempotency_key", "not allowed"},
		{"create_video_from_avatar", `{"avatar_id":7,"script":"x"}`, "avatar_id", "string"},
		{"get_video", `{"video_id":""}`, "video_id", "at least 1"},
		{"list_videos", `{"title":""}`, "title", "at least 1"},
		{"delete_video", `{"videoid":"v"}`, "videoid", "not an argument"},
		{"wait_for_jobs", `{"kind":"lipsync","ids":["a"]}`, "kind", "choices"},
		{"wait_for_jobs", `{"kind":"video","ids":[]}`, "ids", "1 to 100"},
		{"wait_for_jobs", `{"kind":"video","ids":["a"],"timeout_seconds":500}`, "timeout_seconds", "from 0 to 240"},
	}
	covered := map[string]bool{}
	for _, c := range cases {
		covered[c.tool] = true
		r := b.call(t, c.tool, c.args)
		param, _ := r["param"].(string)
		if r["error"] != true || r["error_code"] != "invalid_parameter" || param != c.param || r["next_step"] == "" {
			t.Errorf("%s %s: %v", c.tool, c.args, r)
		}
		if !strings.Contains(r["message"].(string), c.says) {
			t.Errorf("%s %s: %q does not say %q", c.tool, c.args, r["message"], c.says)
		}
	}
	for _, info := range Describe() {
		if !covered[info.Name] {
			t.Errorf("%s has no refusal in the table", info.Name)
		}
	}
}

// TestSuggests holds that an unknown name is answered with the nearest known one, and never comes
// back at any length.
func TestSuggests(t *testing.T) {
	t.Parallel()
	p := plans()["create_video_from_avatar"]
	for name, near := range map[string]string{"avatarid": "avatar_id", "voice": "voice_id", "scrpt": "script", "aspect": "aspect_ratio"} {
		r := p.unknown(name, "")
		if !strings.Contains(r.NextStep, "Did you mean "+near+"?") {
			t.Errorf("%s: %s", name, r.NextStep)
		}
	}
	if r := p.unknown(strings.Repeat("x", 1<<20), ""); len(r.Message)+len(r.Param)+len(r.NextStep) > 2000 {
		t.Error("a long name came back whole")
	}
}

// TestLenience holds what is taken although it is not what was published.
func TestLenience(t *testing.T) {
	t.Parallel()
	p := plans()["create_video_from_avatar"]
	same := func(tool *plan, args string, want map[string]any) {
		t.Helper()
		got, refusal := tool.check(mustDecode(t, args), "")
		if refusal != nil {
			t.Fatalf("%s: %v", args, refusal)
		}
		a, _ := encode(got)
		b, _ := encode(want)
		if string(a) != string(b) {
			t.Errorf("%s became %s, want %s", args, a, b)
		}
	}
	same(p, `{"avatarId":"A","voiceSettings":{"engineSettings":{"camelKey":1},"pitch":"0"},"title":null}`, map[string]any{
		"avatar_id": "A", "voice_settings": map[string]any{"engine_settings": map[string]any{"camelKey": 1}, "pitch": 0}})
	same(p, `{"avatar_id":"A","watermark":{"image":"https://x.y/z.png"}}`, map[string]any{
		"avatar_id": "A", "watermark": map[string]any{"image": map[string]any{"type": "url", "url": "https://x.y/z.png"}}})
	same(p, `{"avatar_id":"A","watermark":{"image":"asset1"}}`, map[string]any{
		"avatar_id": "A", "watermark": map[string]any{"image": map[string]any{"type": "asset_id", "asset_id": "asset1"}}})
	same(plans()["wait_for_jobs"], `{"kind":"video","ids":"a, b","timeoutSeconds":"42"}`, map[string]any{
		"kind": "video", "ids": []any{"a", "b"}, "timeout_seconds": 42})
	same(plans()["design_voice"], `{"prompt":"x","seed":9007199254740993}`, map[string]any{"prompt": "x", "seed": int64(9007199254740993)})
}

func mustDecode(t *testing.T, s string) map[string]any {
	t.Helper()
	v, err := decode([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// plans are the inputs of all tools by name.
func plans() map[string]*plan {
	m := map[string]*plan{}
	for _, e := range all() {
		m[e.info.Name] = e.plan
	}
	return m
}

// TestOneSpelling holds that no two arguments of a tool share a spelling.
func TestOneSpelling(t *testing.T) {
	t.Parallel()
	for name, p := range plans() {
		spellings := map[string]bool{}
		for _, f := range p.fields {
			for s := range maps.Keys(map[string]bool{f.name: true, f.camel: true}) {
				if spellings[s] {
					t.Errorf("%s: %s is ambiguous", name, s)
				}
				spellings[s] = true
			}
		}
		if !slices.ContainsFunc(p.fields, func(field) bool { return true }) && name != "get_current_user" {
			t.Errorf("%s takes nothing", name)
		}
	}
}
