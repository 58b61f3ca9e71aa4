package text

import (
	"strconv"
	"strings"
	"unicode"
)

// OnOneLine is what may be shown of a text on a line among others: at most so many characters, and how many more there
// are. It stays on its line and shows in order: it must not be able to pass for other lines.
func OnOneLine(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "… " + thousands(len(r)-most) + " more characters"
	}
	return text
}

// thousands writes a number of 0 or more with a comma between each three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
