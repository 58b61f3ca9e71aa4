package spelling

import (
	"strings"
	"testing"
)

// TestNearest holds which of some names another is a misspelling of.
func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"create_video", "list_videos", "get_video"}
	for name, want := range map[string]string{
		"createVideo": "create_video", "creat_vidoe": "create_video", "list-video": "list_videos", "delete": "", "get_vid": "",
		"gte_vdieo": "get_video", "xxt_video": "get_video", "xxx_video": "", strings.Repeat("_", 55) + "get_video": "get_video",
		strings.Repeat("_", 56) + "get_video": "",
	} {
		if got := Nearest(name, names); got != want {
			t.Errorf("%q is nearest to %q, want %q", name, got, want)
		}
	}
}

// TestDistance holds the letters between two names.
func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "bac", 1}, {"abc", "acb", 1}, {"abcd", "abd", 1},
		{"abd", "abcd", 1}, {"ca", "abc", 3}, {"kitten", "sitting", 3}, {"aab", "baa", 2}, {"xab", "yba", 2}} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("from %q to %q it is %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// TestWordsOf holds how names of any spelling are parted.
func TestWordsOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"voiceId": "voice id", "target_languages": "target language", "A-b c.D": "a b c d", "__x__": "x", "HTTPServer": "httpserver", "": "",
		"aZ": "a z", "zA": "z a",
	} {
		if got := strings.Join(Words(name), " "); got != want {
			t.Errorf("%q is of the words %q, want %q", name, got, want)
		}
	}
}
