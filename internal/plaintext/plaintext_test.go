package plaintext_test

import (
	"strings"
	"testing"

	"heygen-mcp/internal/plaintext"
)

// byteByByte is Len without words.
func byteByByte(s string) int {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x80 || c == '"' || c == '\\' {
			return i
		}
	}
	return len(s)
}

// TestEveryByteAtEveryPlace holds that each byte ends the beginning or does not, wherever in a word it stands and
// whatever stands around.
func TestEveryByteAtEveryPlace(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		for at := range 20 {
			for _, around := range []string{"a", " ", "~", "#", "[", "!"} {
				s := strings.Repeat(around, at) + string([]byte{byte(c)}) + strings.Repeat(around, 20-at)
				if got, want := plaintext.LenString(s), byteByByte(s); got != want {
					t.Fatalf("%q: got %d, want %d", s, got, want)
				}
			}
		}
	}
}

// FuzzLen holds words to single bytes.
func FuzzLen(f *testing.F) {
	for _, s := range []string{"", "plain", `a "quoted" one`, "https://files2.heygen.ai/a.mp4?Expires=1&Signature=b", "äöü", "a\nb", "\x1f\x20\x7f\x80"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := plaintext.LenString(s), byteByByte(s); got != want || plaintext.Len([]byte(s)) != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	})
}
