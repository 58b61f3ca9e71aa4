package text_test

import (
	"strings"
	"testing"

	"heygen-mcp/internal/text"
)

// TestOnOneLine holds that what others wrote stays on its line and in its order, and that what is left out is counted.
func TestOnOneLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		given string
		most  int
		want  string
	}{
		{"", 0, ""},
		{"a b", 3, "a b"},
		{"a\nb\r\tc\u2028d\u00a0e", 20, "a b  c d e"},
		{"a\u202eb\x00c\u200bd\x1b[1m", 20, "abcd[1m"},
		{"añ漢😀", 4, "añ漢😀"},
		{"añ漢😀e", 4, "añ漢😀… 1 more characters"},
		{"abc", 0, "… 3 more characters"},
		{strings.Repeat("é", 1000), 1, "é… 999 more characters"},
		{strings.Repeat("é", 1001), 1, "é… 1,000 more characters"},
		{strings.Repeat("x", 12_346), 1, "x… 12,345 more characters"},
		{strings.Repeat("x", 1_234_568), 1, "x… 1,234,567 more characters"},
	} {
		if got := text.OnOneLine(c.given, c.most); got != c.want {
			t.Errorf("%.20q on %d: got %q, want %q", c.given, c.most, got, c.want)
		}
	}
}
