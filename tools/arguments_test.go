package tools_test

import (
	"maps"
	"strings"
	"testing"

	"heygen-mcp/internal/jsonread"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/tools"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/args/inputs"
	"heygen-mcp/tools/toolstest"
)

// TestSuggests holds that an unknown name is answered with the nearest known one, and never comes
// back at any length.
func TestSuggests(t *testing.T) {
	t.Parallel()
	p := specs()["create_video_from_avatar"]
	for name, near := range map[string]string{
		"voice": "voice_id", "scrpt": "script", "aspect": "aspect_ratio", "titel": "title",
		"input_text": "script", "text": "script", "dimension": "aspect_ratio", "orientation": "aspect_ratio",
		"webhook_url": "callback_url", "subtitles": "caption", "speed": "voice_settings.speed",
		"stability": "voice_settings.engine_settings.stability",
	} {
		_, r := args.Check(p, map[string]any{name: "x"}, "")
		if r == nil || !strings.Contains(r.NextStep, "Did you mean "+near+"?") {
			t.Errorf("%s: got %v, want %s to be suggested", name, r, near)
		}
	}
	for _, name := range []string{"fps", "ion", "zz", "colour_profile_of_the_studio"} {
		if _, r := args.Check(p, map[string]any{name: "x"}, ""); r == nil || strings.Contains(r.NextStep, "Did you mean") {
			t.Errorf("%s: got %v, want nothing to be suggested", name, r)
		}
	}
	if _, r := args.Check(specs()["create_video_translation"], map[string]any{"target_language": "x"}, ""); !strings.Contains(r.NextStep, "Did you mean output_languages?") {
		t.Errorf("target_language: %v", r)
	}
	if _, r := args.Check(p, map[string]any{strings.Repeat("x", 1<<20): "x"}, ""); len(r.Message)+len(r.Param)+len(r.NextStep) > 2000 {
		t.Error("a long name came back whole")
	}
}

// TestSuggestsByTool holds what other APIs' names and nested members mean, tool by tool; "" is for
// names that nothing here is like.
func TestSuggestsByTool(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tool, name, near string }{
		{"list_videos", "query", "title"}, {"list_videos", "search", "title"}, {"list_videos", "name", "title"},
		{"search_assets", "q", "query"}, {"search_audio_sounds", "name", "query"},
		{"create_photo_avatar", "image", "file"}, {"create_photo_avatar", "photo_url", "file"},
		{"create_digital_twin", "video_url", "file"}, {"clone_voice", "file", "audio"},
		{"delete_video", "id", "video_id"}, {"get_video", "id", "video_id"},
		{"create_video_batch", "avatar_id", "videos[].avatar_id"},
		{"create_video_agent", "script", "prompt"}, {"send_video_agent_message", "text", "message"},
		{"create_speech", "script", "text"}, {"clone_voice", "name", "voice_name"},
		{"create_webhook_endpoint", "callback_url", "url"},
		{"generate_from_template", "template_variables", "variables"},
		{"create_lipsync", "file", ""},
		{"create_speech", "model_id", ""}, {"create_video_from_avatar", "target_language", ""},
		{"create_video_from_avatar", "video_inputs", ""}, {"create_video_from_avatar", "avatar_style", ""},
		{"list_templates", "genre", ""}, {"list_videos", "status", ""},
	} {
		_, r := args.Check(specs()[c.tool], map[string]any{c.name: "x"}, "")
		want := "Did you mean " + c.near + "?"
		switch {
		case r == nil:
			t.Errorf("%s: %s was taken", c.tool, c.name)
		case c.near == "" && strings.Contains(r.NextStep, "Did you mean"), c.near != "" && !strings.Contains(r.NextStep, want):
			t.Errorf("%s: got %q for %s, want %q", c.tool, r.NextStep, c.name, want)
		}
	}
}

// TestLenience holds what is taken although it is not what was published.
func TestLenience(t *testing.T) {
	t.Parallel()
	p := specs()["create_video_from_avatar"]
	same := func(tool *inputs.Spec, raw string, want map[string]any) {
		t.Helper()
		got, refusal := args.Check(tool, mustDecode(t, raw), "")
		if refusal != nil {
			t.Fatalf("%s: got %v, want refusal nil", raw, refusal)
		}
		a, _ := jsonwrite.Marshal(got)
		b, _ := jsonwrite.Marshal(want)
		if string(a) != string(b) {
			t.Errorf("%s became %s, want %s", raw, a, b)
		}
	}
	// What is left out is sent where HeyGen would take something else.
	same(p, `{"avatar_id":"A","aspect_ratio":null}`,
		map[string]any{"avatar_id": "A", "aspect_ratio": "auto"})
	same(p, `{"avatarId":"A","aspectRatio":"9:16","title":null,"voiceSettings":{"pitch":"0",`+
		`"engineSettings":{"engineType":"elevenlabs","similarityBoost":1}}}`, map[string]any{
		"avatar_id": "A", "aspect_ratio": "9:16",
		"voice_settings": map[string]any{
			"engine_settings": map[string]any{"engine_type": "elevenlabs", "similarity_boost": 1},
			"pitch":           0,
		}})
	same(p, `{"avatar_id":"A","watermark":{"image":"https://x.y/z.png"}}`, map[string]any{
		"avatar_id": "A", "aspect_ratio": "auto",
		"watermark": map[string]any{"image": map[string]any{"type": "url", "url": "https://x.y/z.png"}}})
	same(p, `{"avatar_id":"A","watermark":{"image":"asset1"}}`, map[string]any{
		"avatar_id": "A", "aspect_ratio": "auto",
		"watermark": map[string]any{"image": map[string]any{"type": "asset_id", "asset_id": "asset1"}}})
	same(specs()["wait_for_jobs"], `{"kind":"video","ids":"a, b","timeoutSeconds":"42"}`, map[string]any{
		"kind": "video", "ids": []any{"a", "b"}, "timeout_seconds": 42})
	same(specs()["create_video_translation"], `{"video":"a","output_languages":"Chinese (Cantonese, Traditional), English"}`, map[string]any{
		"video": map[string]any{"type": "asset_id", "asset_id": "a"}, "output_languages": []any{"Chinese (Cantonese, Traditional)", "English"}})
	same(specs()["create_model_audio_voice"], `{"audio":"https://x.y/z.mp3"}`, map[string]any{
		"audio": []any{map[string]any{"type": "url", "url": "https://x.y/z.mp3"}}})
	same(specs()["design_voice"], `{"prompt":"x","seed":9007199254740993}`, map[string]any{"prompt": "x", "seed": int64(9007199254740993)})
}

func mustDecode(t *testing.T, s string) map[string]any {
	t.Helper()
	v, err := jsonread.Decode([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// specs are the inputs of all tools by name.
func specs() map[string]*inputs.Spec {
	m := map[string]*inputs.Spec{}
	for _, e := range tools.Declared() {
		m[e.Name] = e.Input()
	}
	return m
}

// TestOneSpelling holds that no two arguments of a tool share a spelling.
func TestOneSpelling(t *testing.T) {
	t.Parallel()
	for name, p := range specs() {
		spellings := map[string]bool{}
		for _, f := range p.Fields {
			for s := range maps.Keys(map[string]bool{f.Name: true, f.Camel: true}) {
				if spellings[s] {
					t.Errorf("%s: %s is ambiguous", name, s)
				}
				spellings[s] = true
			}
		}
	}
}

// TestArgumentsAsText holds that the arguments of a call, and those of a call inside another, may be
// the text of their JSON, as some agents send them.
func TestArgumentsAsText(t *testing.T) {
	t.Parallel()
	b := toolstest.Limited(t, false, tools.All, "discover")
	for tool, raw := range map[string]string{
		"list_voices":    `"{\"limit\":2,\"type\":\"public\"}"`,
		"call_read_tool": `{"name":"list_voices","arguments":"{\"limit\":2,\"type\":\"public\"}"}`,
	} {
		if items, _ := b.CallTool(t, tool, raw)["items"].([]any); len(items) != 2 {
			t.Errorf("%s %s: got %v, want two voices", tool, raw, items)
		}
	}
}
