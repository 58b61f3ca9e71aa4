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
		"a": true, "7": true, "…": false, "": false, "<break/>": false, "<b>": false, "<b>x": true, "1 < 2": true, "< x": true, "<x": true, "<": false, "< 7": false, "<>": false,
	} {
		if got := IsSpeakable(text); got != want {
			t.Errorf("IsSpeakable(%q) is %t, want %t", text, got, want)
		}
	}
}

// TestNarrow holds which wide characters are spelled as everybody's, up to the ends of their ranges.
func TestNarrow(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"１０８０ｐ": "1080p", "！": "!", "～": "~", "a\u3000b": "a b", "｟": "｟", "アｱ": "アｱ", "abc": "abc", "": "",
	} {
		if got := Narrow(given); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}

// TestBlank holds what nobody can see.
func TestBlank(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"": true, " \t\u200b\ufeff": true, "\u3164\u2800\x00": true, " a ": false, ".": false} {
		if got := IsBlank(text); got != want {
			t.Errorf("whether %q is blank is %t, want %t", text, got, want)
		}
	}
}
