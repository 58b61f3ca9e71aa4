package text_test

import (
	"testing"
	"unicode/utf8"

	"heygen-mcp/internal/text"
)

func TestClip(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		given string
		limit int
		want  string
	}{
		{"", 0, ""}, {"abc", 3, "abc"}, {"abcd", 3, "abc…"}, {"abc", 0, "…"}, {"abc", -1, "…"},
		{"aé", 2, "a…"}, {"aé", 3, "aé"}, {"a😀b", 4, "a…"}, {"a😀b", 5, "a😀…"}, {"😀", 3, "…"},
		{"\ufffdab", 3, "\ufffd…"}, {"a\xff\xfe\xfd", 3, "a…"},
	} {
		if got := text.Clip(c.given, c.limit); got != c.want {
			t.Errorf("Clip(%q, %d) is %q, want %q", c.given, c.limit, got, c.want)
		}
	}
}

func TestTruncateCutsNoCharacter(t *testing.T) {
	t.Parallel()
	const given = "añ漢😀é"
	for limit := range len(given) + 1 {
		got := text.Truncate(given, limit)
		if len(got) > limit || len(got) < limit-utf8.UTFMax+1 || !utf8.ValidString(got) || given[:len(got)] != got {
			t.Errorf("Truncate(%q, %d) is %q, want the characters that fit", given, limit, got)
		}
	}
}
