package catalogue

import "strings"

// maxValues is how many values of a filter are told.
const maxValues = 24

// filter is one member of a query that must hold.
type filter struct {
	name  string
	drop  func(q *Query) (given bool)
	value func(r *Row) []string
}

// filters are those that are left out, one after the other, where nothing fits: the ones first that
// people care least about.
func filters() []filter {
	text := func(name string, of func(q *Query) *string, value func(r *Row) string) filter {
		return filter{
			name: name,
			drop: func(q *Query) bool {
				given := *of(q) != ""
				*of(q) = ""
				return given
			},
			value: func(r *Row) []string { return []string{value(r)} },
		}
	}
	return []filter{
		{"tags", func(q *Query) bool {
			given := len(q.Tags) > 0
			q.Tags = nil
			return given
		}, func(r *Row) []string { return r.Tags }},
		text("orientation", func(q *Query) *string { return &q.Orientation }, func(r *Row) string { return r.Orientation }),
		{"engine", func(q *Query) bool {
			given := q.Engine != ""
			q.Engine = ""
			return given
		}, func(r *Row) []string { return r.Engines }},
		text("avatar_type", func(q *Query) *string { return &q.Type }, func(r *Row) string { return r.Type }),
		text("gender", func(q *Query) *string { return &q.Gender }, func(r *Row) string { return r.Gender }),
		{"language", func(q *Query) bool {
			given := len(q.Languages) > 0
			q.Languages = nil
			return given
		}, func(r *Row) []string { return []string{r.Language} }},
	}
}

// nearest finds what comes near a query that nothing fits: what does without one of its filters, and
// else without all of them. It tells in found which those are and what they could have been.
func (c *Catalogue) nearest(shelves []searched, q *Query, found *Found) []hit {
	found.Values = map[string][]string{}
	var dropped []filter
	bare := *q
	for _, f := range filters() {
		without := *q
		if !f.drop(&without) {
			continue
		}
		f.drop(&bare)
		dropped = append(dropped, f)
		if hits, _ := c.search(shelves, &without); len(hits) > 0 {
			found.Without = []string{f.name}
			found.Values[f.name] = filterValues(shelves, hits, f)
			return hits
		}
	}
	if len(dropped) > 1 {
		if hits, _ := c.search(shelves, &bare); len(hits) > 0 {
			for _, f := range dropped {
				found.Without = append(found.Without, f.name)
				found.Values[f.name] = filterValues(shelves, hits, f)
			}
			return hits
		}
	}
	// No word is known: what there is may tell the words.
	everything := allRows(shelves, &Query{Group: q.Group})
	for _, f := range filters() {
		if f.name == "tags" || f.name == "language" {
			if there := filterValues(shelves, everything, f); len(there) > 0 {
				found.Values[f.name] = there
			}
		}
	}
	return nil
}

// filterValues are those that hits have of a filter, the most frequent first.
func filterValues(shelves []searched, hits []hit, f filter) []string {
	written := map[string]int{} // as they stand there
	for _, h := range hits {
		for _, v := range f.value(&shelves[h.place/maxRows].rows[h.place%maxRows]) {
			written[v]++
		}
	}
	counts := map[string]int{}
	for v, n := range written {
		if v = strings.TrimSpace(v); f.name == "tags" {
			v = strings.ToLower(v)
		}
		if v != "" {
			counts[v] += n
		}
	}
	return byCount(counts, maxValues)
}

// Values are the values that rows have of a filter, the most frequent first.
func (c *Catalogue) Values(owner string, kind Kind, name string) []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	counts := map[string]int{}
	for _, f := range filters() {
		if f.name != name {
			continue
		}
		for _, of := range []string{owner, Public} {
			if s := c.shelves[shelfKey{of, kind}]; s != nil {
				for i := range s.rows {
					for _, v := range f.value(&s.rows[i]) {
						if v != "" {
							counts[v]++
						}
					}
				}
			}
		}
	}
	return byCount(counts, len(counts))
}
