package catalogue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"
)

// maxText is how much of a text is looked at, in bytes.
const maxText = 1000

// letters are those that Unicode does not take apart into a letter and a mark.
func letters(c rune) string {
	switch c {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	}
	return ""
}

// fold writes a text in small letters without marks: José is jose.
func fold(s string) string {
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	var b strings.Builder
	for _, c := range norm.NFKD.String(unelided(strings.ToLower(s))) {
		switch plain := letters(c); {
		case plain != "":
			b.WriteString(plain)
		case unicode.Is(unicode.Mn, c) || c == '\'' || c == '’':
		default:
			b.WriteRune(c)
		}
	}
	return norm.NFC.String(b.String()) // Hangul comes apart in NFKD, and is one again
}

// unelided leaves out the articles and prepositions of French and Italian that stand before a word with an apostrophe.
func unelided(s string) string {
	if !strings.ContainsAny(s, "'’") {
		return s
	}
	parts := strings.Fields(strings.ReplaceAll(s, "’", "'"))
	for i, part := range parts {
		if rest, ok := strings.CutPrefix(part, "d'"); ok {
			parts[i] = rest
		} else if rest, ok := strings.CutPrefix(part, "l'"); ok {
			parts[i] = rest
		}
	}
	return strings.Join(parts, " ")
}

// words parts a folded text into words. What is written without blanks is one word.
func words(folded string) []string {
	return strings.FieldsFunc(folded, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.Is(unicode.Mc, c)
	})
}

// Words are the words of a text as a search has them: Means is by these.
func Words(text string) []string { return words(fold(text)) }

// termsOf are what a text is found by: its words and their stems, and of scripts that put no blanks
// between words each two signs that stand together.
func termsOf(text string) map[string]bool {
	terms := map[string]bool{}
	for _, w := range words(fold(text)) {
		w = decade(w)
		terms[w] = true
		if stem := stemOf(w); stem != w {
			terms[stem] = true
		}
		for _, pair := range signPairs(w) {
			terms[pair] = true
		}
		if latin := inLatin(w); latin != "" {
			terms[latin] = true
		}
	}
	return terms
}

// inLatin is how a word of Cyrillic letters is written in Latin ones, "" for any other.
func inLatin(w string) string {
	if first, _ := utf8.DecodeRuneInString(w); !unicode.Is(unicode.Cyrillic, first) {
		return ""
	}
	var b strings.Builder
	written := strings.Fields(latin)
	for _, c := range w {
		switch i := strings.IndexRune(cyrillic, c); {
		case i >= 0:
			b.WriteString(written[utf8.RuneCountInString(cyrillic[:i])])
		case c != 'ь' && c != 'ъ':
			return ""
		}
	}
	return b.String()
}

const (
	cyrillic = "абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґ"
	latin    = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya i yi ye g"
)

// stemOf is the stem of an English word, and any other word as it is.
func stemOf(w string) string {
	if len(w) < 4 || strings.ContainsFunc(w, func(c rune) bool { return c > unicode.MaxASCII || unicode.IsDigit(c) }) {
		return w
	}
	return english.Stem(w, true)
}

// decade reads 40s as 40, as ages are told.
func decade(w string) string {
	if cut, ok := strings.CutSuffix(w, "s"); ok && len(cut) == 2 && unicode.IsDigit(rune(cut[0])) && unicode.IsDigit(rune(cut[1])) {
		return cut
	}
	return w
}

// signPairs are the signs of a word of Han, Kana or Hangul, two by two.
func signPairs(w string) []string {
	signs := []rune(w)
	if len(signs) < 3 || !unicode.In(signs[0], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		return nil
	}
	var out []string
	for i := range len(signs) - 1 {
		out = append(out, string(signs[i:i+2]))
	}
	return out
}

// splitJoined takes apart what is written without blanks where it begins with words that have synonyms: 女教师 is 女 and
// 教师. A name, which has none, stays whole.
func splitJoined(all []string, same map[string][]alias) []string {
	var out []string
	for _, w := range all {
		if first, _ := utf8.DecodeRuneInString(w); !unicode.In(first, unicode.Han) || len(same[w]) > 0 {
			out = append(out, w)
			continue
		}
		signs := []rune(w)
		for len(signs) > 0 {
			n := longestSynonym(signs, same)
			if n == 0 {
				n = len(signs)
			}
			out, signs = append(out, string(signs[:n])), signs[n:]
		}
	}
	return out
}

// longestSynonym is how many signs the longest word with synonyms has that others begin with. One of a single sign
// counts before another word alone, since a sign may be the beginning of a name.
func longestSynonym(signs []rune, same map[string][]alias) int {
	const longest = 4
	for n := min(longest, len(signs)); n > 1; n-- {
		if len(same[string(signs[:n])]) > 0 {
			return n
		}
	}
	if len(signs) > 1 && len(same[string(signs[:1])]) > 0 && longestSynonym(signs[1:], same) > 0 {
		return 1
	}
	return 0
}

// isStopWord reports whether a word says nothing of what is wanted.
func isStopWord(w string) bool {
	switch w {
	case "a", "about", "an", "and", "any", "are", "as", "at", "avatar", "avatars", "be", "by", "can", "clip", "face", "find",
		"for", "from", "get", "give", "has", "have", "he", "her", "him", "his", "i", "in", "into", "is", "it", "its", "kind", "like",
		"look", "looking", "looks", "made", "make", "me", "must", "my", "need", "needs", "of", "on", "one", "or", "our",
		"people", "person", "please", "saying", "says", "she", "should", "show", "some", "somebody", "someone", "speak", "speaker",
		"speaking", "speaks", "style", "styles", "template", "templates", "that", "the", "their", "them", "they", "this", "to",
		"use", "very", "video", "videos", "voice", "voices", "want", "wearing", "wears", "we", "where", "which", "who", "whose",
		"with", "accent", "sounding", "sounds", "sound", "aged", "age", "around", "der", "die", "das", "ein", "eine", "el", "la",
		"los", "las", "un", "una", "de", "du", "le", "les", "im", "mit", "con", "en", "et", "y", "und", "years", "old", "year",
		"two", "three", "four", "five", "same", "different", "pair", "pairs", "create":
		return true
	}
	return false
}
