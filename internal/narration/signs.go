package narration

import (
	"sync"
	"unicode"
)

// script is what a letter of a writing system is worth, in seconds.
type script struct {
	of    []*unicode.RangeTable
	worth float64
}

// scripts are the writing systems that are no alphabets. Each worth was measured, as narration_test.go
// says, and lies between what was measured and what speakers are known to do. Marks on letters count in
// none of them: they are vowels and tones of the letter that has them.
func scripts() []script {
	return []script{
		// A sign is a syllable.
		{[]*unicode.RangeTable{unicode.Han}, 0.30},
		{[]*unicode.RangeTable{unicode.Hangul}, 0.26},
		{[]*unicode.RangeTable{unicode.Ethiopic, unicode.Yi, unicode.Cherokee}, 0.22},
		// A sign is a mora; the small ones and the sign of length too.
		{[]*unicode.RangeTable{unicode.Hiragana, unicode.Katakana, prolonged()}, 0.17},
		// A sign is a consonant or a vowel, of which a syllable has two or three, without spaces
		// between words.
		{[]*unicode.RangeTable{unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}, 0.15},
		// A sign is a consonant with a vowel.
		{[]*unicode.RangeTable{
			unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
			unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala,
		}, 0.18},
		// A sign is a consonant or a long vowel; the short vowels are not written.
		{[]*unicode.RangeTable{unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana}, 0.135},
	}
}

// known is scripts, made once.
var known = sync.OnceValue(scripts) //nolint:gochecknoglobals // it is constant

// prolonged is the Japanese sign that makes a vowel long, which Unicode counts to no script.
func prolonged() *unicode.RangeTable {
	return &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x30fc, Hi: 0x30fc, Stride: 1}}}
}

// ofSign is what a letter is worth that counts by itself; own is false for those of alphabets, which
// count by their words, and for whatever is no letter.
func ofSign(c rune) (worth float64, own bool) {
	if c <= unicode.MaxLatin1 || !unicode.IsLetter(c) {
		return 0, false
	}
	for _, s := range known() {
		if unicode.In(c, s.of...) {
			return s.worth, true
		}
	}
	return 0, false
}
