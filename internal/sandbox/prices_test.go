package sandbox

import (
	"fmt"
	"math"
	"testing"

	"heygen-mcp/internal/sandbox/media"
)

// TestVideosCostWhatIsPublished holds the price of a second of every engine, kind of avatar and resolution.
func TestVideosCostWhatIsPublished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, model, resolution string
		second                  float64
	}{
		{photoAvatar, engineIII, "1080p", 0.0433},
		{digitalTwin, engineIII, "1080p", 0.0167},
		{digitalTwin, engineIII, "4k", 0.02},
		{photoAvatar, engineIV, "1080p", 0.05},
		{photoAvatar, engineIV, "4k", 0.0667},
		{digitalTwin, engineIV, "1080p", 0.0667},
		{digitalTwin, engineIV, "4k", 0.0833},
		{digitalTwin, engineV, "1080p", 0.12},
	} {
		b := newBox(t, Config{})
		made := b.do("POST", "/v3/videos", fmt.Sprintf(
			`{"type":"avatar","avatar_id":%q,"engine":{"type":%q},"resolution":%q,"script":"one two three four five"}`,
			b.look(c.kind, c.model), c.model, c.resolution))
		made.want(200, "")
		b.advance(600)
		if paid := 100 - b.balance(); math.Abs(paid-2*c.second) > 1e-6 {
			t.Errorf("%+v: two seconds cost %v", c, paid)
		}
	}
}

// TestScriptsOfAllKindsLastPlausibly holds that the letters of no writing system count as words or
// for nothing, and that breaks, figures and long words take their time.
func TestScriptsOfAllKindsLastPlausibly(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]float64{
		"one two three four five":                         2,
		`one two <break time="3s"/> three four five`:      5,
		"Donaudampfschifffahrtsgesellschaft is a company": 3.7,
		"In 2026 there were 12":                           4.2,
		"ยินดีต้อนรับสู่โปรแกรมฝึกอบรมใหม่ของเรา": 3.9,
		"យើងខ្ញុំសូមស្វាគមន៍អ្នកមកកាន់":           2.5,
		"हमारे नए कार्यक्रम में आपका स्वागत है":   3.9,
		"مرحبا بكم في برنامجنا الجديد":            2.9,
	} {
		if got := media.SpeechSeconds(script, 1); math.Abs(got-want) > want/5 {
			t.Errorf("%s: %v s, want about %v", script, got, want)
		}
	}
}
