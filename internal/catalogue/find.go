package catalogue

import (
	"context"
	"slices"
	"strings"
)

// Query says which rows are wanted. An empty member excludes none.
type Query struct {
	// Words are ranked by; the rest must hold.
	Words string
	// Means are other words that stand for a word, as Words gives it, such as the name of a language.
	Means       map[string][]string
	Gender      string
	Orientation string
	Type        string
	Engine      string
	// Languages are the names of one that lists give it.
	Languages []string
	Tags      []string
	Group     string
	Ownership Ownership
}

// Ownership says whose rows are wanted.
type Ownership string

// The values of Ownership; "" is both.
const (
	PublicOnly Ownership = "public"
	OwnOnly    Ownership = "private"
)

// Found is what a search has found.
type Found struct {
	Rows []Row // those of the page
	// Total is how many have something of the words and all else, of which Rows are a part; Whole how
	// many of them have all the words.
	Total, Whole int
	// Near is how many come near where none fits.
	Near int
	// Without names the filters that had to be left out for anything to fit, and Unknown the words that
	// nothing has.
	Without, Unknown []string
	// Values are those that there are of what was asked for and fits nothing, by the filter.
	Values map[string][]string
}

// Find searches the rows of everybody and of one account, from the row at from, 0 being the first, and
// gives n of them at the most. The account's own come first where they fit as well.
func (c *Catalogue) Find(ctx context.Context, owner string, kind Kind, q Query, from, n int) Found {
	shelves := c.ready(ctx, owner, kind, q.Ownership)
	c.mu.RLock()
	defer c.mu.RUnlock()
	hits, unknown := c.search(shelves, &q)
	n = min(n, maxRows)
	found := Found{Total: len(hits), Unknown: unknown}
	for _, h := range hits {
		if h.whole {
			found.Whole++
		}
	}
	if len(hits) == 0 {
		hits = c.nearest(shelves, &q, &found)
		found.Near = len(hits)
	}
	from = min(from, len(hits))
	to := min(from+n, len(hits))
	sortFirst(hits, to)
	for _, h := range hits[from:to] {
		of := shelves[h.place/maxRows]
		row := of.rows[h.place%maxRows]
		row.Own = of.own
		found.Rows = append(found.Rows, row)
	}
	return found
}

// searched is a list in a search.
type searched struct {
	*shelf
	own bool
}

// ready are the lists to be searched, with their terms in order.
func (c *Catalogue) ready(ctx context.Context, owner string, kind Kind, whose Ownership) []searched {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []searched
	if whose != PublicOnly && owner != Public {
		out = append(out, searched{c.shelfOf(ctx, shelfKey{owner, kind}), true})
	}
	if whose != OwnOnly {
		out = append(out, searched{c.shelfOf(ctx, shelfKey{Public, kind}), false})
	}
	for _, s := range out {
		s.inOrder()
	}
	return out
}

// hit is a row that fits.
type hit struct {
	place int32 // that of its list among those searched times maxRows, and of the row in it
	score float32
	whole bool // it has all the words that any row has
}

// fitting is what must hold of a query, folded.
type fitting Query

// folded is what must hold.
func (q *Query) folded() *fitting {
	f := fitting(*q)
	for _, text := range []*string{&f.Gender, &f.Orientation, &f.Type} {
		*text = fold(*text)
	}
	return &f
}

// fits says whether a row has what must hold.
func (q *fitting) fits(r *Row) bool {
	same := func(wanted, has string) bool { return wanted == "" || wanted == has || wanted == fold(has) }
	return (q.Group == "" || q.Group == r.Group) && same(q.Gender, r.Gender) && same(q.Orientation, r.Orientation) &&
		same(q.Type, r.Type) && (len(q.Languages) == 0 || slices.Contains(q.Languages, r.Language)) &&
		(q.Engine == "" || slices.Contains(r.Engines, q.Engine)) &&
		!slices.ContainsFunc(q.Tags, func(tag string) bool { return !r.tagged(tag) })
}

// tagged says whether a row has a tag in any spelling, or all of its words in its tags.
func (r *Row) tagged(tag string) bool {
	var has strings.Builder
	for _, one := range r.Tags {
		if fold(one) == fold(tag) {
			return true
		}
		has.WriteString(" " + strings.Join(words(fold(one)), " ") + " ")
	}
	for _, w := range words(fold(tag)) {
		if !strings.Contains(has.String(), " "+w+" ") {
			return false
		}
	}
	return true
}
