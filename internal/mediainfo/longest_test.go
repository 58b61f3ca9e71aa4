package mediainfo

import (
	"testing"
)

// TestLongestIsABound holds that nothing that people make is longer than its size lets it be, however thin: speech at
// the lowest rates that encoders have, and a picture that does not change.
func TestLongestIsABound(t *testing.T) {
	t.Parallel()
	const seconds = 60.0
	still := []string{"-vf", "select='eq(n,0)',loop=-1:1,fps=5,trim=duration=60", "-c:v", "libx264", "-crf", "40"}
	for name, of := range map[string]struct {
		mediaType string
		arguments []string
	}{
		"thin.mp3":   {"audio/mpeg", []string{"-map", "1:a", "-ar", "8000", "-ac", "1", "-b:a", "8k"}},
		"thin.opus":  {"audio/ogg", []string{"-map", "1:a", "-c:a", "libopus", "-b:a", "6k", "-ac", "1"}},
		"screen.mp4": {"video/mp4", append(still, "-c:a", "aac", "-ar", "8000", "-ac", "1", "-b:a", "8k")},
		"screen.mkv": {"video/x-matroska", append(still, "-c:a", "libopus", "-ac", "1", "-b:a", "6k")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw := made(t, "60", name, of.arguments...)
			most := Longest(int64(len(raw)), of.mediaType)
			if t.Logf("%d bytes: %.0f s at the most", len(raw), most); most < seconds {
				t.Errorf("%d bytes are bounded by %v s, and last %v", len(raw), most, seconds)
			}
		})
	}
	for size, want := range map[int64]float64{-1: 0, 0: 0, 1_500_000: 2500} {
		if got := Longest(size, "video/x-flv"); got != want {
			t.Errorf("%d bytes: %v s, want %v", size, got, want)
		}
	}
}
