package limit

import (
	"context"
	"errors"
	"sync"
)

// ErrFull says that as many are at work, or wait for it, as may.
var ErrFull = errors.New("limit: too many at once")

// Slots bounds how many of one key are at work at once. Who comes then waits, as long as few do.
type Slots[K comparable] struct {
	each, waiting int

	mu  sync.Mutex
	all map[K]*slot
}

type slot struct {
	busy chan struct{}
	here int // at work or waiting
}

// NewSlots lets each key have so many at work and so many waiting.
func NewSlots[K comparable](each, waiting int) *Slots[K] {
	return &Slots[K]{each: each, waiting: waiting, all: map[K]*slot{}}
}

// Enter waits for a slot of a key's and returns what gives it back. ErrFull is for too many who wait,
// and the context's error for one that ended.
func (s *Slots[K]) Enter(ctx context.Context, key K) (leave func(), err error) {
	s.mu.Lock()
	own, ok := s.all[key]
	if !ok {
		own = &slot{busy: make(chan struct{}, s.each)}
		s.all[key] = own
	}
	if own.here >= s.each+s.waiting {
		s.mu.Unlock()
		return nil, ErrFull
	}
	own.here++
	s.mu.Unlock()
	select {
	case own.busy <- struct{}{}:
		return func() { <-own.busy; s.forget(key, own) }, nil
	case <-ctx.Done():
		s.forget(key, own)
		return nil, context.Cause(ctx)
	}
}

// forget counts one less, and drops a key that nobody uses.
func (s *Slots[K]) forget(key K, own *slot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if own.here--; own.here == 0 {
		delete(s.all, key)
	}
}
