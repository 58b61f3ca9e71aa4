package search

import (
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
)

// terms parts a text into the stems of its words, in order: "lip-syncs" is lip and sync.
func terms(s string) []string {
	words := wordsOf(s)
	for i, w := range words {
		words[i] = term(w)
	}
	return words
}

// term is the stem of a word.
func term(word string) string {
	stem := english.Stem(word, true)
	const ending = 3 // letters of one that leaves a word what it says, as in doing
	if isStopWord(stem) && len(word) > len(stem)+ending {
		return word // a likeness is more than like
	}
	return stem
}

// wordsOf parts a text into its words in lower case.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// isStopWord reports whether a term, which is a stem, says nothing of what is wanted.
func isStopWord(term string) bool {
	switch term {
	case "about", "after", "again", "against", "also", "am", "an", "and", "ani", "anoth",
		"are", "as", "at", "avail", "be", "been", "befor", "but", "by", "can", "could",
		"cours", "did", "do", "doe", "don", "els", "for", "from", "give", "go", "got", "had",
		"has", "have", "he", "help", "her", "here", "heygen", "him", "his", "how", "if", "in",
		"instead", "into", "is", "it", "its", "just", "know", "let", "like", "ll", "me",
		"mine", "more", "most", "my", "no", "not", "now", "of", "off", "on", "one", "onli",
		"onto", "or", "our", "out", "over", "own", "pleas", "put", "re", "same", "shall",
		"she", "should", "so", "some", "someth", "than", "that", "the", "their", "them",
		"then", "there", "these", "they", "thing", "this", "those", "to", "too", "tool", "up",
		"us", "use", "using", "ve", "veri", "via", "was", "way", "we", "were", "when", "where",
		"whether", "whi", "while", "who", "whose", "will", "with", "without", "would", "you",
		"your":
		return true
	}
	return len(term) < 2
}

// alike adds the terms that a word is a part of, and those that it is a misspelling of.
func (x *Index) alike(terms map[string]weights, word string) {
	const least = 4 // letters; shorter words are part of many by chance
	if len(word) < least {
		return
	}
	for term := range x.df {
		switch {
		case len(term) >= least && (strings.HasPrefix(term, word) || strings.HasPrefix(word, term)):
			x.mean(terms, term, byPart)
		case len(word) > least && misspelt(word, term):
			x.mean(terms, term, byMisspelling)
		}
	}
}

// misspelt reports whether two words differ in one letter besides the first: replaced, missing, too many, or
// swapped with its neighbor.
func misspelt(a, b string) bool {
	if a == "" || b == "" || a[0] != b[0] {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return true
	}
	return a[i+1:] == b[i+1:] ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
