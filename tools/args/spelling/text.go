// Package spelling owns what is spelled in many ways and means the same: words for a choice, true
// and false, sizes, times, lists of languages, names, URLs, and what is invisible around all of
// them. It knows no argument: who asks says what a word may mean. What has no one meaning stays as
// it was.
//
// Reading order: text.go (characters), choices.go with sizes.go and spans.go (one of several
// words), bools.go, language_lists.go, urls.go, names.go and near.go (names of arguments), and
// values.go (what a value is made of).
package spelling

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Trim takes away what is invisible around an id, a URL, a choice or a language, and one pair of
// quotes: what comes along when these are copied.
func Trim(s string) string {
	if n := len(s); n > 0 && isPlain(s[0]) && isPlain(s[n-1]) {
		return s
	}
	s = strings.TrimFunc(s, IsInvisible)
	first, size := utf8.DecodeRuneInString(s)
	if last, ok := closingQuote(first); ok && len(s) > size && strings.HasSuffix(s, last) {
		inner := strings.TrimFunc(strings.TrimSuffix(s[size:], last), IsInvisible)
		if !strings.Contains(inner, last) {
			return inner
		}
	}
	return s
}

// isPlain reports whether a byte is an ASCII letter or digit.
func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z'
}

// IsInvisible reports whether a character cannot be seen: blanks of any width, and the marks of
// direction, joining and byte order that copied text has around it.
func IsInvisible(c rune) bool {
	return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) || unicode.IsControl(c) || c == '\u3164' || c == '\u2800'
}

// IsSpeakable reports whether a text has a letter or a digit outside of markup.
func IsSpeakable(text string) bool {
	inTag := false
	for _, c := range text {
		switch {
		case c == '<':
			inTag = true
		case c == '>':
			inTag = false
		case !inTag && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			return true
		}
	}
	return inTag && strings.IndexFunc(text, unicode.IsLetter) >= 0 // a < that begins no markup
}

// IsBlank reports whether nothing of a text can be seen.
func IsBlank(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return !IsInvisible(c) }) < 0
}

// closingQuote is the other half of a pair of quotes or of the brackets around a URL in a text.
func closingQuote(open rune) (string, bool) {
	switch open {
	case '"', '\'', '`':
		return string(open), true
	case '“', '„':
		return "”", true
	case '‘':
		return "’", true
	case '«':
		return "»", true
	case '<':
		return ">", true
	}
	return "", false
}

// Narrow spells the wide letters, digits and marks of East Asian keyboards as everybody's: １０８０ｐ is 1080p.
func Narrow(s string) string {
	if strings.IndexFunc(s, isWide) < 0 {
		return s
	}
	return width.Fold.String(strings.ReplaceAll(s, "\u3000", " "))
}

// isWide reports whether a character is a wide form of one of ASCII's.
func isWide(c rune) bool { return c == '\u3000' || c >= '\uff01' && c <= '\uff5e' }
