package catalogue

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// shelf is one list as an index: which rows have a term, and how much it counts there.
type shelf struct {
	rows    []Row
	byID    map[string]int32
	byGroup map[string][]int32
	terms   map[string][]posting
	lengths float64  // of all rows together, in terms
	length  []uint16 // of each row
	sorted  []string // the terms, for prefixes; shorter than terms where it must be made anew
	state   State
}

// posting is a term in a row.
type posting struct {
	row    int32
	weight float32
}

// How much a term counts by where it stands.
const inName, inPerson, inTag, inOther = 3, 2.5, 2, 1.2

func newShelf() *shelf {
	return &shelf{byID: map[string]int32{}, byGroup: map[string][]int32{}, terms: map[string][]posting{}}
}

// fitting leaves out rows without an id, and those beyond what may be kept.
func (s *shelf) fitting(rows []Row, owner string) []Row {
	most := maxRows
	if owner != Public {
		most = maxOwnRows
	}
	room := most - len(s.rows)
	return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool {
		if _, known := s.byID[r.ID]; known {
			return false
		}
		room--
		return r.ID == "" || room < 0
	})
}

// put adds rows, or what is new of rows that are there.
func (s *shelf) put(rows []Row, nameOf func(group string) string) {
	for _, r := range rows {
		if r.Person == "" && r.Group != "" {
			r.Person = nameOf(r.Group)
		}
		at, known := s.byID[r.ID]
		if !known {
			at = int32(len(s.rows)) //nolint:gosec // G115: at most maxRows
			s.rows, s.length = append(s.rows, r), append(s.length, 0)
			s.byID[r.ID] = at
			if r.Group != "" {
				s.byGroup[r.Group] = append(s.byGroup[r.Group], at)
			}
		} else {
			s.forget(at)
			s.rows[at] = r
		}
		s.index(at)
	}
}

// weights are the terms of a row.
func (r *Row) weights() map[string]float32 {
	weights := map[string]float32{}
	add := func(text string, weight float32) {
		for term := range maps.Keys(termsOf(text)) {
			weights[term] = max(weights[term], weight) + min(weights[term], weight)/4
		}
	}
	add(r.Name, inName)
	if !strings.Contains(r.Name, r.Person) {
		add(r.Person, inPerson)
	}
	add(strings.Join(r.Tags, " "), inTag)
	add(r.Language, inTag)
	for _, text := range []string{r.Gender, r.Orientation, strings.ReplaceAll(r.Type, "_", " ")} {
		add(text, inOther)
	}
	for _, engine := range r.Engines {
		add(engine, inOther)
	}
	return weights
}

// index adds the terms of a row.
func (s *shelf) index(at int32) {
	weights := s.rows[at].weights()
	for term, weight := range weights {
		s.terms[term] = append(s.terms[term], posting{at, weight})
	}
	s.length[at] = uint16(min(len(weights), math.MaxUint16))
	s.lengths += float64(s.length[at])
}

// forget takes the terms of a row out.
func (s *shelf) forget(at int32) {
	for term := range s.rows[at].weights() {
		s.terms[term] = slices.DeleteFunc(s.terms[term], func(p posting) bool { return p.row == at })
	}
	s.lengths -= float64(s.length[at])
}

// name tells the looks of an avatar whose they are.
func (s *shelf) name(group, person string) {
	for _, at := range s.byGroup[group] {
		if s.rows[at].Person != person {
			s.forget(at)
			s.rows[at].Person = person
			s.index(at)
		}
	}
}

// inOrder are the terms in order. The caller holds the lock for writing where sort says that they must
// be made anew.
func (s *shelf) inOrder() []string {
	if len(s.sorted) != len(s.terms) {
		s.sorted = slices.Sorted(maps.Keys(s.terms))
	}
	return s.sorted
}
