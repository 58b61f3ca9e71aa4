// Package search owns how a tool is found by what somebody wants done: an index of names and texts,
// and the words of the field that mean the same. It knows texts and nothing of tools, MCP or HeyGen's
// operations.
//
// A document is found in two ways, whose scores are added. The words of a query are looked for in what it is called
// and in its texts, as they stand and as what the field calls the same: that is sure of what it knows, and knows only
// what somebody has thought of. And questions that are known to mean a document say how likely a new one does: that
// knows how people talk. Each covers for the other, so a miss is mended by writing down more questions rather than a
// synonym.
//
// Reading order: search.go (the index and its ranking), match.go (words of a query in a document), questions.go (what
// is learned from questions), intent.go (what a query wants done), words.go (how texts become terms), synonyms.go (what
// people say for what things are called here), foreign.go and eastern.go (the same in other languages).
package search

import (
	"cmp"
	"slices"
	"strings"
)

// Doc is a document that can be found, such as a tool.
type Doc struct {
	// Name is in snake_case; its words count most, because names are made of the field's terms.
	Name string
	// Aliases are other names of the same thing.
	Aliases []string
	// Title and Description are prose.
	Title, Description string
	// Asked are words in which people ask for it and that are in none of its texts.
	Asked string
	// Rare says that few can use it: of two that fit alike, the other comes first.
	Rare bool
	// Questions are some that it is the answer to, as people put them.
	Questions []string
	// Arguments are the names and choices of what it takes.
	Arguments []string
}

// Hit is a document that fits a query.
type Hit struct {
	At    int     // the place of the document in the list that New was given
	Score float64 // for comparing hits of one query
}

// How much each of the two ways to find counts.
const (
	// byQuestions is how much what the known questions say counts beside the words of a document, where the best has 1.
	byQuestions = 0.12
	// likely is how much likelier than others, as a logarithm, the known questions must make a document that has none
	// of the words, certain the same where no document has any: then what is asked may be none of ours.
	likely, certain = 3.0, 5.0
	// calledSo is what a document gets whose name or title is all that was said: it is meant, and nothing like it.
	calledSo = 10
)

// Index finds documents. It is made once and safe for concurrent use.
type Index struct {
	docs     []indexed
	df       map[string]int  // in how many documents a term is
	dfNamed  map[string]int  // in how many it is in what they are called, and not only in a text
	names    map[string]bool // terms that are in a name
	verbs    map[string]int  // how many names begin with a term
	synonyms map[string][]string
	learned  *questions
}

// indexed is a document as terms.
type indexed struct {
	weights map[string]float64
	name    []string
	called  [][]string // its name and title
	rare    bool
}

// isCalled reports whether words are the name or the title of a document.
func (d *indexed) isCalled(words []string) bool {
	return slices.ContainsFunc(d.called, func(called []string) bool { return slices.Equal(called, words) })
}

// New makes the index.
func New(docs []Doc) *Index {
	x := &Index{
		docs: make([]indexed, len(docs)), df: map[string]int{}, dfNamed: map[string]int{}, names: map[string]bool{},
		verbs: map[string]int{}, synonyms: synonymTerms(), learned: learn(docs),
	}
	for i, d := range docs {
		one := indexed{weights: map[string]float64{}, name: terms(d.Name), rare: d.Rare}
		one.called = [][]string{one.name, terms(d.Title)}
		one.add(one.name, inName)
		for _, alias := range d.Aliases {
			one.add(terms(alias), inAlias)
		}
		one.add(terms(d.Title), inTitle)
		one.add(terms(d.Asked), inAsked)
		one.add(terms(d.Description), inText)
		for term, weight := range one.weights {
			x.df[term]++
			if weight >= inTitle {
				x.dfNamed[term]++
			}
		}
		for _, term := range one.name {
			x.names[term] = true
		}
		if len(one.name) > 0 {
			x.verbs[one.name[0]]++
		}
		x.docs[i] = one
	}
	// A choice of an argument tells a tool from others only where no name or text does.
	for i, d := range docs {
		x.docs[i].add(terms(strings.Join(d.Arguments, " ")), inArguments)
	}
	for _, d := range x.docs {
		for term := range d.weights {
			x.df[term] = max(x.df[term], 1)
		}
	}
	return x
}

// add notes terms of one part of a document. A term counts once in each part.
func (d *indexed) add(terms []string, weight float64) {
	seen := map[string]bool{}
	for _, t := range terms {
		if !seen[t] && !isStopWord(t) {
			seen[t] = true
			d.weights[t] += weight
		}
	}
}

// Find ranks the documents that fit a query, the best first, by the words of their names and texts, and by the
// questions that are known to mean them. Those that allowed says no to are left out. Nothing is found where the words
// of the query are not those of any document.
func (x *Index) Find(query string, allowed func(at int) bool) []Hit {
	query = x.written(query)
	byWords := x.byWords(query, allowed)
	best := 0.0
	for _, score := range byWords {
		best = max(best, score)
	}
	words := terms(query)
	learned := x.learned.meant(words)
	sure := likely
	if len(byWords) == 0 {
		if !x.learned.knows(words) {
			return nil
		}
		sure = certain
	}
	var hits []Hit
	for i := range x.docs {
		score, fits := byWords[i]
		if fits {
			score /= best
		}
		if learned != nil {
			score += byQuestions * learned[i]
			fits = fits || learned[i] >= sure
		}
		if x.docs[i].isCalled(words) {
			score += calledSo
		}
		if fits && allowed(i) {
			hits = append(hits, Hit{At: i, Score: score})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	return hits
}

// written is a query in English words, as far as it is in another language.
func (x *Index) written(query string) string {
	return inEnglish(fromEast(query), func(word string) bool {
		term := terms(word)[0]
		return x.df[term] > 0 || len(x.synonyms[term]) > 0 || isStopWord(term)
	})
}
