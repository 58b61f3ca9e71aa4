package spelling

import "testing"

// TestTrim holds what is taken away around an id, and that what has a meaning stays.
func TestTrim(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		" a ": "a", `"a"`: "a", "'a b'": "a b", "`a`": "a", "„a”": "a", "‘a’": "a", "«a»": "a", "<a>": "a", `" a "`: "a", `""`: "", `"`: `"`, `"a`: `"a`,
		`"a" or "b"`: `"a" or "b"`, "a\"": "a\"", "(a)": "(a)", "\u3164a\u2800": "a", "a\x00": "a", "z": "z", "0 Z": "0 Z", "": "", "_a_": "_a_",
	} {
		if got := Trim(given); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}

// TestSpeakable holds what counts as something to speak.
func TestSpeakable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"a": true, "7": true, "…": false, "": false, "<break/>": false, "<b>": false, "<b>x": true, "1 < 2": true, "< x": true, "<>": false,
	} {
		if got := IsSpeakable(text); got != want {
			t.Errorf("IsSpeakable(%q) is %t, want %t", text, got, want)
		}
	}
}
