package spelling

import (
	"strings"
	"testing"
)

// TestPlainName holds that spellings of one name fold together, in letters of any script.
func TestPlainName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Voice_ID": "voiceid", "a-b c.d": "abcd", "ÄB_ç": "äbç", "AZ": "az", "@[": "@[", "Z9-z": "z9z", "\x7f_A": "\x7fa", "\u0080_A": "\u0080a"} {
		if got := Plain(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// TestSameName holds what does not count in a name.
func TestSameName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"create_video", "CreateVideo", true}, {"`create-video`", "create_video", true}, {"create_video()", "create video", true},
		{"create_video", "create_videos", false}, {"", "", false}, {"()", "", false}, {"@x", "x", true},
		{strings.Repeat("_", 127) + "x", "x", true}, {"x", strings.Repeat("_", 127) + "x", true}, {strings.Repeat("_", 128) + "x", "x", false}, {"x", strings.Repeat("_", 128) + "x", false},
	} {
		if got := SameName(c.a, c.b); got != c.want {
			t.Errorf("whether %q is %q is %t, want %t", c.a, c.b, got, c.want)
		}
	}
}

// TestCamel holds the other spelling of a name.
func TestCamel(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"voice_id": "voiceId", "title": "title", "a_b_c": "aBC", "a__b": "aB", "sha_256": "sha256", "": ""} {
		if got := Camel(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
