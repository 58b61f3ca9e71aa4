// Package narration owns how long a text takes to say. It knows every writing system by what its signs
// are worth in speech, and no voice: a text is taken to be read at the pace of ordinary English
// narration, two and a half words a second. It does not know what is charged for speech.
//
// Reading order: narration.go (a text), signs.go (what a sign is worth), markup.go (pauses).
package narration

import (
	"strings"
	"unicode"
)

// Least is how long the shortest text lasts, in seconds: a voice begins and ends.
const Least = 1.0

// Spread is by which part a voice may be slower or faster than Seconds says. The voices of one language
// differ by that much.
const Spread = 0.2

// Seconds is about how long a text takes to say at a speed, 1 being the usual. Pauses that it asks for
// count, whatever the speed.
func Seconds(text string, speed float64) float64 {
	spoken, pauses := withoutMarkup(text)
	if speed <= 0 {
		speed = 1
	}
	return max(Least, signs(spoken)/speed+pauses)
}

// What signs of alphabets are worth, in seconds. A word has its letters and a beginning of its own.
const (
	word       = 0.08
	letter     = 0.076
	shortest   = 0.34 // of a word: "a", "to"; with Spread that is a word in 0.4 s, as slow narrators say them
	spelled    = 0.27 // a letter that is said by its name
	digit      = 0.55 // "2026" is six syllables, and "1,250" nine
	symbol     = 0.38 // one that is said: "percent", "dot"
	longestAbb = 5    // letters of what is written in capitals and spelled
)

// signs is how long the words, figures and symbols of a text last.
func signs(text string) (seconds float64) {
	lower := strings.IndexFunc(text, unicode.IsLower) >= 0
	var run []rune // of letters of one alphabet
	flush := func() {
		seconds += ofWord(run, lower)
		run = run[:0]
	}
	for field := range strings.FieldsSeq(text) {
		inside := []rune(field)
		for i, c := range inside {
			worth, own := ofSign(c)
			switch {
			case own:
				flush()
				seconds += worth
			case unicode.IsLetter(c):
				run = append(run, c)
			case unicode.IsMark(c), c == '\'', c == '’':
				// It is a part of the letter before, or joins two parts of a word.
			case unicode.IsNumber(c):
				flush()
				seconds += digit
			case saidAloud(c, inside, i):
				flush()
				seconds += symbol
			default:
				flush()
			}
		}
		flush()
	}
	return seconds
}

// ofWord is how long a word of an alphabet lasts. lower says that the text has small letters, so that
// capitals mean something.
func ofWord(run []rune, lower bool) float64 {
	if len(run) == 0 {
		return 0
	}
	n := float64(len(run))
	if len(run) > 1 && (vowelless(run) || lower && len(run) <= longestAbb && capitals(run)) {
		return max(shortest, n*spelled)
	}
	return max(shortest, word+letter*n)
}

// vowelless reports whether a word of Latin letters has none that is a vowel, as in www and https.
func vowelless(run []rune) bool {
	for _, c := range run {
		if !unicode.Is(unicode.Latin, c) || c > unicode.MaxASCII || strings.ContainsRune("aeiouyAEIOUY", c) {
			return false
		}
	}
	return true
}

// capitals reports whether a word is all of capitals, as in HTML.
func capitals(run []rune) bool {
	for _, c := range run {
		if !unicode.IsUpper(c) {
			return false
		}
	}
	return true
}

// saidAloud reports whether a sign has a name that is said where it stands. A dot, a slash and a dash
// have one between the letters of an address, but not at the end of a sentence or in a number.
func saidAloud(c rune, field []rune, at int) bool {
	if strings.ContainsRune("%$€£¥₹@&+=#~^*|°§©®™<>", c) {
		return true
	}
	within := at > 0 && at < len(field)-1
	beside := func(i int) bool { return unicode.IsLetter(field[i]) || field[i] == '/' || field[i] == ':' }
	switch c {
	case '.':
		return within && beside(at-1) && beside(at+1) && (!alone(field, at-1) || !alone(field, at+1))
	case '_', '\\', '?':
		return within && beside(at-1) && beside(at+1)
	case '/', ':':
		return within && strings.ContainsRune(string(field), '/') && beside(at-1)
	}
	return false
}

// alone reports whether no letter stands beside the one at a place, as in U.S.
func alone(field []rune, at int) bool {
	letter := func(i int) bool { return i >= 0 && i < len(field) && unicode.IsLetter(field[i]) }
	return !letter(at-1) && !letter(at+1)
}
