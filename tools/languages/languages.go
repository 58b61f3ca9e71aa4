// Package languages owns what people call languages and locales: it reads a tag, a code or a name
// in any spelling and finds what an API calls that. It knows the names and tags of Unicode's locale
// data, which golang.org/x/text has, and is given the names of an API's own list; it knows neither
// HTTP nor MCP, and no tool.
//
// Reading order: languages.go (what is asked and answered), meaning.go (what a spelling may mean),
// qualifiers.go (the words beside a language: regions, scripts), names.go (the index of names),
// othernames.go (names that the locale data lacks), list.go (choosing from a list),
// text.go.
package languages

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// The forms in which an API without a list takes languages.
const (
	Code    = "code"    // a code or a tag: de, pt-BR
	ISO639  = "iso639"  // the code of a language alone, of two letters where it has one: de, pt
	Locale  = "locale"  // a tag, of which the region is the accent: en-GB
	English = "english" // the English name of a language alone: German, Portuguese
)

// IsForm reports whether a word is one of the forms; any other names a list.
func IsForm(word string) bool {
	return word == Code || word == ISO639 || word == Locale || word == English
}

// Found is the outcome of looking for a spelling.
type Found struct {
	// Word is how the API calls it, or the spelling itself where nothing is known of it; "" where
	// Several or None says why there is none.
	Word string
	// Added says that Word tells a region or a script that the spelling did not, Dropped that it no
	// longer tells one that the spelling did.
	Added, Dropped bool
	// Several are the words that the spelling may mean.
	Several []string
	// None says that a list has no such language. Near are then its names that come near, if any.
	None bool
	Near []string
}

// In finds what a spelling is called in a form, such as a code of ISO 639.
func In(form, spelling string) Found {
	var words []string
	dropped := false
	for _, m := range meanings(spelling) {
		if len(m.rest) > 0 || m.base == "" || m.capitals && form != Locale {
			continue
		}
		word, less := m.in(form)
		if word == "" || contains(words, word) {
			continue
		}
		words, dropped = append(words, word), dropped || less
		if !m.doubtful {
			break // what comes behind is said less plainly
		}
	}
	switch len(words) {
	case 0:
		return Found{Word: spelling}
	case 1:
		return Found{Word: words[0], Dropped: dropped}
	}
	return Found{Several: words}
}

// in is a meaning in a form, "" where it has none, and whether that tells less.
func (m meaning) in(form string) (word string, less bool) {
	switch form {
	case Code:
		return compose(m.twoLetters(), m.script, m.region).String(), false
	case Locale:
		return m.tag().String(), false
	case ISO639:
		return m.twoLetters(), m.region != "" || m.script != ""
	}
	less = m.region != "" || m.script != ""
	if m.key() == "no" {
		return "Norwegian", less // x/text has Bokmål's name for it
	}
	return display.English.Languages().Name(language.Make(m.key())), less
}

// twoLetters is the code of two letters where the language has one.
func (m meaning) twoLetters() string {
	code := m.code()
	if len(code) == 2 {
		return code
	}
	const letters = "abcdefghijklmnopqrstuvwxyz"
	for _, first := range letters {
		for _, second := range letters {
			short := string([]rune{first, second})
			if tag, err := language.Parse(short); err == nil && baseOf(tag) == code {
				return short
			}
		}
	}
	return code
}
