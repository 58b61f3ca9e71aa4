package catalogue

import (
	"math"
	"sync"
)

// score is what a row has of a query: the sum of what its terms count, the most that one of the word's that is looked
// at counts, and how surely each of the words is there, in parts of 255.
type score struct {
	sum, best float32
	sure      [maxConcepts]uint8
}

// has is how surely a row has a word, from 0 to 1.
func (s *score) has(i int) float64 { return float64(s.sure[i]) / math.MaxUint8 }

// scores are those of a list's rows; touched are the rows that have any. They are used again by later searches, in
// which most rows have none.
type scores struct {
	of      []score
	touched []int32
}

var usedScores = sync.Pool{New: func() any { return &scores{} }} //nolint:gochecknoglobals // memory that is free

// done gives the memory back.
func (s *scores) done() {
	for _, row := range s.touched {
		s.of[row] = score{}
	}
	s.touched = s.touched[:0]
	usedScores.Put(s)
}

// scores are those of a query. done must be called.
func (s *shelf) scores(asked []concept) *scores {
	out, _ := usedScores.Get().(*scores)
	if len(out.of) < len(s.rows) {
		out.of = make([]score, len(s.rows))
	}
	if len(s.rows) == 0 {
		return out
	}
	average := float32(s.lengths / float64(len(s.rows)))
	for i, c := range asked {
		tells := s.telling(c)
		for term, sure := range c.sure {
			weigh, surely := float32(tells*sure), uint8(sure*math.MaxUint8)
			for _, p := range s.terms[term] {
				at := &out.of[p.row]
				value := weigh * p.weight * (k + 1) / (p.weight + k*(1-b+b*float32(s.length[p.row])/average))
				if at.sum == 0 && at.best == 0 {
					out.touched = append(out.touched, p.row)
				}
				at.best = max(at.best, value)
				at.sure[i] = max(at.sure[i], surely)
			}
		}
		for _, row := range out.touched {
			at := &out.of[row]
			at.sum, at.best = at.sum+at.best, 0
		}
	}
	return out
}
