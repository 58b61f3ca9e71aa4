package args

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Clip keeps a name that a client made up from coming back at any length.
func Clip(name string) string {
	const most = 60 // longer than every name of v3
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
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

// Join puts a member under its path.
func Join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// SortedKeys are the keys of m in order; it makes the first fault of several the same one every time.
func SortedKeys[V any](m map[string]V) []string {
	keys := slices.AppendSeq(make([]string, 0, len(m)), maps.Keys(m))
	slices.Sort(keys)
	return keys
}

// isInvisible reports whether nothing of a text can be seen.
func isInvisible(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return !invisible(c) }) < 0
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
