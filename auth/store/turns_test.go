package store

import (
	"runtime"
	"testing"
)

// TestTurnsAreForgotten holds that the turn of a grant is kept while somebody has it or waits for it, and no longer.
func TestTurnsAreForgotten(t *testing.T) {
	t.Parallel()
	s := &sqlite{turns: map[string]*turn{}}
	first, second := s.wait("grant"), make(chan func())
	go func() { second <- s.wait("grant") }()
	for s.waiting("grant") < 2 {
		runtime.Gosched()
	}
	first()
	done := <-second
	if n := s.waiting("grant"); n != 1 {
		t.Errorf("%d have or want the turn, want the one that is left", n)
	}
	done()
	if len(s.turns) != 0 {
		t.Errorf("%d turns are kept, want none", len(s.turns))
	}
}

// waiting is how many have the turn of a grant or wait for it.
func (s *sqlite) waiting(grant string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.turns[grant]
	if t == nil {
		return 0
	}
	return t.waiting
}
