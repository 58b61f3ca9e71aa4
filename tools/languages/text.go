package languages

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// maxSpelling is longer than every name of a language, in bytes; what is longer is none.
const maxSpelling = 100

// fold is the one spelling under which names are compared: small letters without accents, and one
// blank for whatever stands between them.
func fold(s string) string {
	var b strings.Builder
	gap := false
	s = withoutFlags(s)
	for _, c := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, c) || c == '\'' || c == '’':
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mc, c):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(c)
		default:
			gap = true
		}
	}
	return b.String()
}

func contains(words []string, word string) bool { return slices.Contains(words, word) }

// distance is how many letters must be put in, taken out or replaced to make one word of the other.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			replaced := before
			if x[i-1] != y[j-1] {
				replaced++
			}
			before = row[j]
			row[j] = min(replaced, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(y)]
}

// withoutFlags writes the flags of regions, which are pairs of letters of their own, as the codes of these: 🇲🇽 is MX. A
// region is said by its name, so that no code of a language is meant.
func withoutFlags(s string) string {
	const first, last = '\U0001F1E6', '\U0001F1FF'
	isFlag := func(c rune) bool { return c >= first && c <= last }
	if strings.IndexFunc(s, isFlag) < 0 {
		return s
	}
	var b, code strings.Builder
	for _, c := range s {
		if !isFlag(c) {
			b.WriteRune(c)
			continue
		}
		if code.WriteRune('A' + c - first); code.Len() == 2 {
			if region, err := language.ParseRegion(code.String()); err == nil {
				b.WriteString(" " + display.English.Regions().Name(region) + " ")
			}
			code.Reset()
		}
	}
	return b.String()
}
