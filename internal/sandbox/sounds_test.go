package sandbox

import (
	"strings"
	"testing"
)

func TestSoundsAreFoundByTheirWords(t *testing.T) {
	t.Parallel()
	b := newBox(t, Config{})
	music := b.get("/v3/audio/sounds?query=upbeat+lofi+hip-hop&limit=3").want(200, "")
	if music.at("data", 0, "score") != 1.0 || music.text("data", 0, "type") != "music" || music.at("has_more") != true {
		t.Errorf("got %s, want data.0.score %v, data.0.type %q and has_more %v", music.body, 1.0, "music", true)
	}
	last := 1.0
	seen := map[string]bool{}
	for token := ""; ; {
		page := b.get("/v3/audio/sounds?query=upbeat+lofi+hip-hop&limit=3&min_score=0&token="+token).want(200, "")
		for i := range page.list("data") {
			score, _ := page.at("data", i, "score").(float64)
			if score > last || seen[page.text("data", i, "id")] {
				t.Fatalf("out of order, or twice: %s", page.body)
			}
			last, seen[page.text("data", i, "id")] = score, true
		}
		if token = page.text("next_token"); token == "" {
			break
		}
	}
	if len(seen) != 36 {
		t.Errorf("%d tracks of music", len(seen))
	}
	effect := b.get("/v3/audio/sounds?query=whoosh&type=sound_effects").want(200, "")
	if len(effect.list("data")) != 1 || effect.text("data", 0, "placement") != "hit" {
		t.Errorf("got %s, want len(effect.list(\"data\")) %v and data.0.placement %q", effect.body, 1, "hit")
	}
	file := b.do("GET", effect.text("data", 0, "audio_url"), "").want(200, "")
	if !strings.HasPrefix(file.body, "RIFF") || len(file.body) != len(fileOf(t, ".wav", 1.2)) {
		t.Errorf("%d bytes", len(file.body))
	}
	if none := b.get("/v3/audio/sounds?query=bagpipes").want(200, ""); len(none.list("data")) != 0 {
		t.Errorf("got %s, want len(none.list(\"data\")) %v", none.body, 0)
	}
	b.get("/v3/audio/sounds?query=+").want(400, "invalid_parameter")
	b.get("/v3/audio/sounds").want(400, "invalid_parameter")
	b.get("/v3/audio/sounds?query=x&min_score=2").want(400, "invalid_parameter")
}
