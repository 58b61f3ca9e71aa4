package jobs

import (
	"context"
	"sync"
	"time"
)

// stopper ends the waits when the server is about to: a drain must not wait for them. One goroutine
// does that for all, while there are any.
type stopper struct {
	stopping <-chan struct{} // nil for a server that never stops

	mu    sync.Mutex
	waits map[*context.CancelFunc]struct{}
	idle  chan struct{} // closed when the last wait has ended
}

// bound gives a context that ends after a time, or with the server.
func (s *stopper) bound(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	bounded, cancel := context.WithTimeout(ctx, limit)
	if s.stopping == nil {
		return bounded, cancel
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped() { // and nobody may be there any more who would see it
		cancel()
		return bounded, cancel
	}
	if len(s.waits) == 0 {
		s.waits, s.idle = map[*context.CancelFunc]struct{}{}, make(chan struct{})
		go s.watch(s.idle)
	}
	own := &cancel
	s.waits[own] = struct{}{}
	return bounded, func() {
		cancel()
		s.forget(own)
	}
}

// watch ends all waits with the server.
func (s *stopper) watch(idle <-chan struct{}) {
	select {
	case <-idle:
		return
	case <-s.stopping:
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for cancel := range s.waits {
		(*cancel)()
	}
}

// forget is for a wait that has ended.
func (s *stopper) forget(own *context.CancelFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.waits[own]; !there {
		return
	}
	if delete(s.waits, own); len(s.waits) == 0 {
		close(s.idle)
	}
}

// stopped reports whether the server is about to end.
func (s *stopper) stopped() bool {
	select {
	case <-s.stopping:
		return true
	default: // also of a nil channel
		return false
	}
}
