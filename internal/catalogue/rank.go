package catalogue

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// How much a term counts that is not the word itself, and BM25's own constants: k for how soon more of
// the same counts no more, b for how much long rows are held back.
const (
	byStem, byMeaning, bySynonym, byPrefix, byMisspelling = 0.95, 0.9, 0.7, 0.6, 0.5
	k, b                                                  = 1.2, 0.3
	// least is how telling a word is at least: that half of all have it does not make it unimportant.
	least = 1.5
	// shortPrefix is the length from which on a word may be the beginning of another.
	shortPrefix = 3
	// shortMisspelling is the same of misspelt ones: shorter ones are like many others.
	shortMisspelling = 4
	// maxConcepts bounds a query, in words.
	maxConcepts = 16
)

// concept is a word of a query as the terms that rows have for it.
type concept struct {
	word string
	sure map[string]float64 // how surely a term is what was meant
}

// concepts reads a query. Words that say nothing are left out, unless there are no others.
func (q *Query) concepts(same map[string][]alias) []string {
	all := splitJoined(words(fold(q.Words)), same)
	for i := range all {
		all[i] = decade(all[i])
	}
	telling := slices.DeleteFunc(slices.Clone(all), isStopWord)
	if len(telling) == 0 {
		telling = all
	}
	slices.Sort(all)
	var out []string
	for _, w := range telling {
		if !slices.Contains(out, w) && len(out) < maxConcepts {
			out = append(out, w)
		}
	}
	return out
}

// search finds the rows of lists that fit, and how well, and the words that no row has.
func (c *Catalogue) search(shelves []searched, q *Query) (hits []hit, unknown []string) {
	asked := q.concepts(synonyms())
	if len(asked) == 0 {
		return allRows(shelves, q), nil
	}
	telling := make([]float64, len(asked))
	scores := make([]*scores, len(shelves))
	for at, s := range shelves {
		found := make([]concept, len(asked))
		for i, word := range asked {
			found[i] = s.mean(word, q.Means[word], synonyms())
			telling[i] = max(telling[i], s.telling(found[i]))
		}
		scores[at] = s.scores(found)
		defer scores[at].done()
	}
	total, n := 0.0, 0
	for i, tells := range telling {
		total += tells
		if tells == 0 {
			unknown = append(unknown, asked[i])
		}
	}
	for _, s := range scores {
		n += len(s.touched)
	}
	hits = make([]hit, 0, n)
	fits, gender := q.folded(), genderIn(asked)
	for at := range shelves {
		s := &shelves[at]
		for _, row := range scores[at].touched {
			if !fits.fits(&s.rows[row]) {
				continue
			}
			sc := &scores[at].of[row]
			// The fourth power of the share of the query that a row has: a row with all of its words comes before one
			// in which some of them count much.
			covered, whole := 0.0, true
			for i, tells := range telling {
				covered += tells * sc.has(i)
				whole = whole && (tells == 0 || sc.sure[i] > 0)
			}
			covered /= total
			covered *= covered
			for i, tells := range telling {
				if tells > 0 && sc.sure[i] == 0 && len(q.Means[asked[i]]) > 0 {
					covered /= otherLanguage
				}
			}
			if has := s.rows[row].Gender; gender != "" && has != gender && (has == male || has == female) {
				covered, whole = covered/otherGender, false
			}
			hits = append(hits, hit{place: placeOf(at, int(row)), whole: whole, score: float32(float64(sc.sum) * covered * covered)})
		}
	}
	return hits, unknown
}

// The genders that words name, and how much less a row counts that is of the other, or in none of the languages that a
// word means: squared. Nobody takes either for what they asked for.
const (
	male, female  = "male", "female"
	otherGender   = 4
	otherLanguage = 4
)

// genderIn is the one that the words of a query name, "" for none or both.
func genderIn(asked []string) (gender string) {
	for _, word := range asked {
		named := word
		if one := synonyms()[word]; word != male && word != female && len(one) > 0 {
			named = one[0].word
		}
		if strings.HasSuffix(word, "woman") || strings.HasSuffix(word, "women") || strings.HasSuffix(word, "frau") { // a businesswoman
			named = female
		}
		switch {
		case named != male && named != female, named == gender:
		case gender != "":
			return ""
		default:
			gender = named
		}
	}
	return gender
}

// placeOf is the place of a row of one of the lists that are searched.
func placeOf(list, row int) int32 { return int32(list*maxRows + row) } //nolint:gosec // G115: two lists of at most maxRows

// ranksBefore is the order of hits: the best first, and equal ones as they stand in their lists.
func ranksBefore(x, y hit) int {
	return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.place, y.place))
}

// sortFirst puts the first n hits in order. The others stay behind them as they are: most searches have thousands, and
// show twenty.
func sortFirst(hits []hit, n int) {
	low, high := 0, len(hits) // what is before low comes first, what is from high on comes last
	for high-low > n+16 && low < n {
		pivot := hits[low+(high-low)/2]
		at := low
		for i := low; i < high; i++ {
			if ranksBefore(hits[i], pivot) < 0 {
				hits[i], hits[at] = hits[at], hits[i]
				at++
			}
		}
		switch {
		case at >= n:
			high = at
		case at == low: // the pivot is the first
			i := low + slices.Index(hits[low:high], pivot)
			hits[i], hits[low] = hits[low], hits[i]
			low++
		default:
			low = at
		}
	}
	slices.SortFunc(hits[:high], ranksBefore)
}

// allRows are the rows that have what must hold.
func allRows(shelves []searched, q *Query) (hits []hit) {
	fits := q.folded()
	for at := range shelves {
		s := &shelves[at]
		for i := range s.rows {
			if fits.fits(&s.rows[i]) {
				hits = append(hits, hit{place: placeOf(at, i), whole: true})
			}
		}
	}
	return hits
}

// mean finds the terms of a list that a word may be.
func (s *shelf) mean(word string, meant []string, same map[string][]alias) concept {
	c := concept{word: word, sure: map[string]float64{}}
	add := func(term string, sure float64) {
		if len(s.terms[term]) > 0 {
			c.sure[term] = max(c.sure[term], sure)
		}
	}
	stem := stemOf(word)
	add(word, 1)
	add(stem, byStem)
	for _, other := range meant {
		for _, w := range words(fold(other)) {
			add(w, byMeaning)
		}
	}
	for _, from := range []string{word, stem} {
		for _, other := range same[from] {
			add(other.word, bySynonym)
			add(other.stem, bySynonym*byStem)
		}
	}
	for _, pair := range signPairs(word) {
		add(pair, byStem)
	}
	if strings.Contains(word, "ph") { // Raphael is Rafael
		add(strings.ReplaceAll(word, "ph", "f"), byStem)
	} else if strings.Contains(word, "f") {
		add(strings.ReplaceAll(word, "f", "ph"), byStem)
	}
	if len([]rune(word)) >= shortPrefix && (len(c.sure) == 0 || s.rare(c)) {
		terms := s.sorted
		at, _ := slices.BinarySearch(terms, word)
		for ; at < len(terms) && strings.HasPrefix(terms[at], word); at++ {
			add(terms[at], byPrefix)
		}
	}
	if meant := []rune(word); len(c.sure) == 0 && len(meant) >= shortMisspelling {
		var d distance
		for _, term := range s.sorted {
			if d.near(meant, term) {
				add(term, byMisspelling)
			}
		}
	}
	return c
}

// rare reports whether a word is in so few rows that it may be the beginning of others.
func (s *shelf) rare(c concept) bool {
	n := 0
	for term := range c.sure {
		n += len(s.terms[term])
	}
	return n < 3
}

// telling is how telling a word is: that of its surest terms.
func (s *shelf) telling(c concept) float64 {
	n := 0
	for term, sure := range c.sure {
		if sure >= bySynonym*byStem || len(c.sure) == 1 {
			n = max(n, len(s.terms[term]))
		}
	}
	if len(c.sure) == 0 {
		return 0
	}
	return max(least, s.idf(n))
}

// idf is BM25's weight of a term that n rows have.
func (s *shelf) idf(n int) float64 {
	all := float64(len(s.rows))
	return math.Log(1 + (all-float64(n)+0.5)/(float64(n)+0.5))
}

// byCount are words, those that are most often there first.
func byCount(counts map[string]int, most int) []string {
	var all []string
	for word := range counts {
		all = append(all, word)
	}
	slices.SortFunc(all, func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(x, y))
	})
	return all[:min(most, len(all))]
}
