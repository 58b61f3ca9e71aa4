package search

import (
	"math"
	"slices"
)

// How much a term counts by where it stands, and how much one counts that is only like a word of the
// query.
const (
	inName, inAlias, inAsked, inTitle, inText, inArguments = 4, 3, 3, 2, 1, 0.4
	bySynonym, byPart, byMisspelling                       = 0.8, 0.4, 0.5
	// enough is the share of a query, weighed by how telling its words are, that a document must have.
	enough = 0.15
	// unasked is what is left of the score of what is rare, and of what changes or ends something where
	// nobody asked for that.
	unasked = 0.8
	// wanted is how much more what ends something counts for those who want that: of all that is said it is what
	// matters.
	wanted = 1.3
	// inClause is how much a word counts that only says more of what was named before: a pipeline that ends in a video
	// is a pipeline.
	inClause = 0.7
	// deciding is how much more a word counts that says by itself what is wanted: a question for the price of something
	// is about prices.
	deciding = 2
	// waiting is the term of what waits, batch that of what does many things at once.
	waiting, batch = "wait", "batch"
	// common is in how many names a first word stands that says what is done and not to what: create, get.
	common = 3
)

// byWords is how well the documents fit a query by the words of their names and texts, by their places.
func (x *Index) byWords(query string, allowed func(at int) bool) map[int]float64 {
	concepts := x.concepts(query)
	// Who asks only whether something is ready is told what waits, whatever it is for.
	total, saysWhat, onlyWhat, waits, asksForMany, ends := 0.0, false, true, false, false, false
	for _, c := range concepts {
		_, many := c.terms[batch]
		_, end := c.terms["delet"]
		_, stop := c.terms["stop"]
		ends = ends || c.done && (end || stop)
		asksForMany = asksForMany || many
		_, wait := c.terms[waiting]
		onlyWhat, waits = onlyWhat && c.done, waits || wait
		total += c.telling * c.share()
		saysWhat = saysWhat || c.done
	}
	fit := map[int]float64{}
	for i := range x.docs {
		if !allowed(i) {
			continue
		}
		score, covered := x.docs[i].score(concepts)
		if covered > 0 && covered >= enough*total && (onlyWhat && waits || x.isAbout(i, concepts)) {
			if x.docs[i].rare || !saysWhat && undoes(x.docs[i].name) {
				score *= unasked
			}
			if ends && endsIt(x.docs[i].name) {
				score *= wanted
			}
			if !asksForMany && isOfMany(x.docs[i].name) {
				score *= unasked
			}
			fit[i] = score
		}
	}
	return fit
}

// concept is one word of a query, as the terms by which documents have it.
type concept struct {
	terms   map[string]weights
	telling float64 // how much is missing where a document has none of them
	done    bool    // it is what is to be done, and not to what
	decides bool    // whatever else a query has says of what
}

// weights are how surely a term is what was meant, times how telling it is in a text, and in what a document
// is called: a word that many texts have and one name is telling where it is the name.
type weights struct{ text, named float64 }

// share is how much of a word is missed by a document that has none of its terms: less of one that no
// document has, since users say more than what they want done.
func (c *concept) share() float64 {
	if len(c.terms) == 0 {
		return 0.5
	}
	return 1
}

// concepts reads a query in English words.
func (x *Index) concepts(query string) []concept {
	var all []concept
	sure := 1.0
	for _, word := range terms(joinPhrases(query)) {
		if len(all) > 1 && isRelative(word) {
			sure = inClause
		}
		if isStopWord(word) {
			continue
		}
		c := concept{terms: map[string]weights{}, telling: x.idf(word), done: x.isDone(word), decides: asksForPrice(word)}
		x.mean(c.terms, word, sure)
		for _, other := range x.synonyms[word] {
			x.mean(c.terms, other, sure*bySynonym)
		}
		if len(c.terms) == 0 {
			x.alike(c.terms, word)
		}
		if len(c.terms) > 0 {
			c.telling = 0
			for _, w := range c.terms {
				c.telling = max(c.telling, w.text)
			}
		}
		all = append(all, c)
	}
	return all
}

// isAbout reports whether a document has in its name or title what a query is about, and not only what
// is to be done.
func (x *Index) isAbout(at int, concepts []concept) bool {
	for _, c := range concepts {
		for term := range c.terms {
			if !c.done && x.verbs[term] < common && x.docs[at].weights[term] >= inTitle {
				return true
			}
		}
	}
	return false
}

// isDone reports whether a word of a query is what is to be done, and not to what: a verb of many
// names, or a word that is in no name and means such a verb.
func (x *Index) isDone(word string) bool {
	if x.names[word] {
		return x.verbs[word] >= common
	}
	return slices.ContainsFunc(x.synonyms[word], func(other string) bool { return x.verbs[other] >= common })
}

// mean adds a term to a concept if there is any document that has it.
func (x *Index) mean(terms map[string]weights, term string, sure float64) {
	if x.df[term] > 0 {
		w := terms[term]
		terms[term] = weights{max(w.text, sure*x.idf(term)), max(w.named, sure*x.telling(x.dfNamed[term]))}
	}
}

// idf is how telling a term is: the fewer documents have it, the more.
func (x *Index) idf(term string) float64 { return x.telling(x.df[term]) }

// telling is how telling a term is that so many documents have.
func (x *Index) telling(have int) float64 {
	return math.Log(1 + float64(len(x.docs))/float64(1+have))
}

// score is how well a document fits, and how much of the query it covers.
func (d *indexed) score(concepts []concept) (score, covered float64) {
	named := map[string]bool{}
	for _, c := range concepts {
		best, sure := 0.0, 0.0
		for term, weight := range c.terms {
			has := d.weights[term]
			if has == 0 {
				continue
			}
			telling := weight.text
			if has >= inTitle {
				telling = weight.named
			}
			best, sure = max(best, telling*has), max(sure, weight.text)
			named[term] = true
		}
		if c.decides {
			best *= deciding
		}
		score += best
		if best > 0 {
			covered += sure
		}
	}
	// Of two names that have what was asked for, the one that has little else is meant.
	known := 0
	for _, term := range d.name {
		if named[term] {
			known++
		}
	}
	// And one that has more of what was said is meant rather than one that has a part of it in many places.
	return score * (0.75 + 0.25*float64(known)/float64(max(1, len(d.name)))) * (1 + covered), covered
}
