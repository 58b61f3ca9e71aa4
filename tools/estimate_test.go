package tools_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestSpokenSeconds holds that a script without spaces is not taken for one word.
func TestSpokenSeconds(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]float64{
		"Hi.":                        1,
		strings.Repeat("word ", 150): 60,
		strings.Repeat("你好", 120):    60,
	} {
		if got := tools.SpokenSeconds(script, 1); got != want {
			t.Errorf("%.12s: %v s, want %v", script, got, want)
		}
	}
	if got := tools.SpokenSeconds(strings.Repeat("word ", 150), 1.5); got != 40 {
		t.Errorf("at 1.5: %v s", got)
	}
}

// TestEstimatesOfMany holds that 4k costs what it does, that a batch costs what its videos do, and that nothing is said
// where one of them is not known.
func TestEstimatesOfMany(t *testing.T) {
	t.Parallel()
	b := toolstest.New(t)
	words := strings.Repeat("word ", 150) // a minute
	plain := `{"type":"avatar","avatar_id":"A","script":"` + words + `"}`
	sharp := `{"type":"image","image":"https://a.b/c.png","voice_id":"v","resolution":"4k","script":"` + words + `"}`
	film := `{"type":"cinematic_avatar","avatar_id":["A"],"prompt":"x"}`
	heard := `{"type":"avatar","avatar_id":"A","audio_url":"https://a.b/c.mp3"}`
	for videos, want := range map[string]any{
		plain:                            4.0,
		sharp:                            5.0,
		plain + "," + sharp + "," + film: 16.0,
		plain + "," + heard:              nil,
	} {
		in := &tools.CreateVideos{}
		if _, refusal := specs()["create_video_batch"].Bind([]byte(`{"videos":[`+videos+`]}`), in); refusal != nil {
			t.Fatal(refusal)
		}
		if got := tools.CostOf(in); got != want {
			t.Errorf("%.40s: %v, want %v", videos, got, want)
		}
	}
	two := b.CallTool(t, "create_proofread", `{"video":"https://a.b/c.mp4","title":"x","output_languages":["Spanish (Spain)","French (France)"]}`)
	if two["usd_per_minute"] != 1.0 {
		t.Errorf("a proofread in two languages: %v", two)
	}
	three := b.CallTool(t, "create_video_translation", `{"video":"https://a.b/c.mp4","mode":"precision","output_languages":["Spanish (Spain)","French (France)"]}`)
	if three["usd_per_minute"] != 8.0 {
		t.Errorf("a precise translation into two languages: %v", three)
	}
}
