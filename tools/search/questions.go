package search

import (
	"iter"
	"math"
	"slices"
	"strings"
)

// questions is what is learned from the questions that are known to mean each document: how often each word, and each
// pair of words that follow each other, is in them. A new question means the documents whose questions have more of its
// words than all questions have.
//
// Nobody writes down every way to ask, so a document also learns from others: from those that do the same with other
// things ("throw the podcast away" says how one asks to delete), and from those that do other things with the same. The
// first word of a name says what is done, and the others to what.
type questions struct {
	counts   map[part][]count // in whose questions each is
	total    float64          // of all counts
	before   []float64        // how likely each document is meant before anything is said, as a logarithm
	own      []float64        // sums of counts, of each document,
	ofAction []float64        // of all that do the same,
	ofObject []float64        // and of all that do something with the same
	action   []int            // by document
	object   []int
}

// part is a word of a question, or two that follow each other.
type part [2]string

// isPair reports whether a part is two words.
func (p part) isPair() bool { return p[1] != "" }

// count is how often a word is in the questions of the document at a place.
type count struct {
	at int
	n  float64
}

// How much a word's share in the questions of one document counts beside its share in those of the same action, those
// of the same object, and all. They were chosen with questions that are no part of what is learned, and anything near
// them does as well.
const (
	ofOne, ofAction, ofObject, ofAll = 2, 0.5, 0.5, 1
	// asPair is how much a pair of words counts, whose words count too.
	asPair = 0.4
	// everyday is how much it counts that more is known to be asked of a document than of others.
	everyday = 1
	// often is how often a pair must be asked: one that is there once tells nothing of others.
	often = 2
)

// learn reads the questions of all documents.
func learn(docs []Doc) *questions {
	q := &questions{
		counts: map[part][]count{}, own: make([]float64, len(docs)), before: make([]float64, len(docs)),
		action: make([]int, len(docs)), object: make([]int, len(docs)),
	}
	actions, objects := map[string]int{}, map[string]int{}
	read := make([][][]string, len(docs)) // the words of each question of each document
	pairs := map[part]int{}
	stems := map[string]string{} // most words are in many questions
	for i, d := range docs {
		name := terms(d.Name)
		verb := min(1, len(name))
		q.action[i] = numberOf(strings.Join(name[:verb], " "), actions)
		q.object[i] = numberOf(strings.Join(name[verb:], " "), objects)
		for _, question := range asked(d) {
			words := wordsOf(question)
			for at, w := range words {
				if stems[w] == "" {
					stems[w] = term(w)
				}
				words[at] = stems[w]
			}
			read[i] = append(read[i], words)
			for p := range parts(words) {
				if p.isPair() {
					pairs[p]++
				}
			}
		}
	}
	q.ofAction, q.ofObject = make([]float64, len(actions)), make([]float64, len(objects))
	for i := range docs {
		for _, words := range read[i] {
			for p := range parts(words) {
				if !p.isPair() || pairs[p] >= often {
					q.add(p, i)
				}
			}
		}
	}
	for i := range docs {
		q.before[i] = everyday * math.Log(q.own[i]*float64(len(docs))/q.total)
	}
	return q
}

// asked are the questions that mean a document, and what it is called, which is a way to ask for it. One for which
// nobody wrote any questions is asked for by its words.
func asked(d Doc) []string {
	all := append([]string{d.Name, d.Title}, d.Questions...)
	if len(d.Questions) == 0 {
		all = append(all, d.Asked)
	}
	return all
}

// numberOf is the number of a text in those known, which it becomes one of.
func numberOf(text string, known map[string]int) int {
	if _, ok := known[text]; !ok {
		known[text] = len(known)
	}
	return known[text]
}

// parts are the words of a question and the pairs of them.
func parts(words []string) iter.Seq[part] {
	return func(yield func(part) bool) {
		for i, w := range words {
			if !yield(part{w}) || i > 0 && !yield(part{words[i-1], w}) {
				return
			}
		}
	}
}

// add counts a part of a question of the document at a place. Documents come in their order.
func (q *questions) add(p part, at int) {
	list := q.counts[p]
	if last := len(list) - 1; last >= 0 && list[last].at == at {
		list[last].n++
	} else {
		list = append(list, count{at, 1})
	}
	q.counts[p] = list
	q.total++
	q.own[at]++
	q.ofAction[q.action[at]]++
	q.ofObject[q.object[at]]++
}

// meant is how much likelier the words of a question are in one that means the document at each place than in any:
// logarithms, 0 where nothing speaks for or against it. nil is the answer where none of the words is known.
func (q *questions) meant(words []string) []float64 {
	var odds []float64
	actions, objects := make([]float64, len(q.ofAction)), make([]float64, len(q.ofObject))
	own := make([]float64, len(q.own))
	for p := range parts(q.spelled(words)) {
		counts := q.counts[p]
		if len(counts) == 0 {
			continue
		}
		if odds == nil {
			odds = slices.Clone(q.before)
		}
		clear(actions)
		clear(objects)
		clear(own)
		all := 0.0
		for _, c := range counts {
			own[c.at] = c.n
			actions[q.action[c.at]] += c.n
			objects[q.object[c.at]] += c.n
			all += c.n
		}
		all /= q.total
		weight := 1.0
		if p.isPair() {
			weight = asPair
		}
		for i := range odds {
			likely := ofAll*all + ofOne*share(own[i], q.own[i]) + ofAction*share(actions[q.action[i]], q.ofAction[q.action[i]]) +
				ofObject*share(objects[q.object[i]], q.ofObject[q.object[i]])
			odds[i] += weight * math.Log(likely/(all*(ofAll+ofOne+ofAction+ofObject)))
		}
	}
	return odds
}

// spelled are words with those that nobody has used written as the known one that they misspell.
func (q *questions) spelled(words []string) []string {
	spelled := slices.Clone(words)
	for i, w := range words {
		const least = 5 // letters; shorter words differ in one by chance
		if len(w) < least || len(q.counts[part{w}]) > 0 {
			continue
		}
		most := 0
		for known, counts := range q.counts {
			if known.isPair() || len(counts) < most || !misspelt(w, known[0]) || len(counts) == most && known[0] > spelled[i] {
				continue
			}
			spelled[i], most = known[0], len(counts)
		}
	}
	return spelled
}

// knows reports whether all that a question says has been asked before, and not by chance: people who ask for a video
// name all things of the world once.
func (q *questions) knows(words []string) bool {
	said := false
	for _, w := range words {
		if isStopWord(w) {
			continue
		}
		said = true
		asked := 0.0
		for _, c := range q.counts[part{w}] {
			asked += c.n
		}
		if asked < often {
			return false
		}
	}
	return said
}

// share is a part of a sum, 0 of one that is 0.
func share(part, sum float64) float64 {
	if sum == 0 {
		return 0
	}
	return part / sum
}
