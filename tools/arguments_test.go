package tools_test

import (
	"maps"
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/args"
)

// TestSuggests holds that an unknown name is answered with the nearest known one, and never comes
// back at any length.
func TestSuggests(t *testing.T) {
	t.Parallel()
	p := specs()["create_video_from_avatar"]
	for name, near := range map[string]string{"avatarid": "avatar_id", "voice": "voice_id", "scrpt": "script", "aspect": "aspect_ratio"} {
		_, r := p.Check(map[string]any{name: "x"}, "")
		if !strings.Contains(r.NextStep, "Did you mean "+near+"?") {
			t.Errorf("%s: %s", name, r.NextStep)
		}
	}
	if _, r := p.Check(map[string]any{strings.Repeat("x", 1<<20): "x"}, ""); len(r.Message)+len(r.Param)+len(r.NextStep) > 2000 {
		t.Error("a long name came back whole")
	}
}

// TestLenience holds what is taken although it is not what was published.
func TestLenience(t *testing.T) {
	t.Parallel()
	p := specs()["create_video_from_avatar"]
	same := func(tool *args.InputSpec, raw string, want map[string]any) {
		t.Helper()
		got, refusal := tool.Check(mustDecode(t, raw), "")
		if refusal != nil {
			t.Fatalf("%s: %v", raw, refusal)
		}
		a, _ := args.Encode(got)
		b, _ := args.Encode(want)
		if string(a) != string(b) {
			t.Errorf("%s became %s, want %s", raw, a, b)
		}
	}
	same(p, `{"avatarId":"A","voiceSettings":{"engineSettings":{"engineType":"elevenlabs","similarityBoost":1},"pitch":"0"},"title":null}`, map[string]any{
		"aspect_ratio": "auto", "avatar_id": "A", "voice_settings": map[string]any{"engine_settings": map[string]any{"engine_type": "elevenlabs", "similarity_boost": 1}, "pitch": 0}})
	same(p, `{"avatar_id":"A","watermark":{"image":"https://x.y/z.png"}}`, map[string]any{
		"aspect_ratio": "auto", "avatar_id": "A", "watermark": map[string]any{"image": map[string]any{"type": "url", "url": "https://x.y/z.png"}}})
	same(p, `{"avatar_id":"A","watermark":{"image":"asset1"}}`, map[string]any{
		"aspect_ratio": "auto", "avatar_id": "A", "watermark": map[string]any{"image": map[string]any{"type": "asset_id", "asset_id": "asset1"}}})
	same(specs()["wait_for_jobs"], `{"kind":"video","ids":"a, b","timeoutSeconds":"42"}`, map[string]any{
		"kind": "video", "ids": []any{"a", "b"}, "timeout_seconds": 42})
	same(specs()["create_video_translation"], `{"video":"a","output_languages":"Chinese (Cantonese, Traditional), English"}`, map[string]any{
		"video": map[string]any{"type": "asset_id", "asset_id": "a"}, "output_languages": []any{"Chinese (Cantonese, Traditional)", "English"}})
	same(specs()["create_model_audio_voice"], `{"mode":"instant","audio":"https://x.y/z.mp3"}`, map[string]any{
		"mode": "instant", "audio": []any{map[string]any{"type": "url", "url": "https://x.y/z.mp3"}}})
	same(specs()["design_voice"], `{"prompt":"x","seed":9007199254740993}`, map[string]any{"prompt": "x", "seed": int64(9007199254740993)})
}

func mustDecode(t *testing.T, s string) map[string]any {
	t.Helper()
	v, err := args.Decode([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// specs are the inputs of all tools by name.
func specs() map[string]*args.InputSpec {
	m := map[string]*args.InputSpec{}
	for _, e := range tools.Declared() {
		m[e.Name] = e.Input
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
