package store

import (
	"context"
	"heygen-mcp/internal/database"
	"sync"
)

// sqlite is the store of one process.
type sqlite struct {
	records
	mu    sync.Mutex
	turns map[string]*turn
}

// turn is whose turn it is to renew a grant's credential.
type turn struct {
	mu      sync.Mutex
	waiting int
}

// Renew implements Store. The transaction that keeps the result does not span the call in between: it would hold up
// every other writer for as long as HeyGen takes.
func (s *sqlite) Renew(ctx context.Context, grant string, renew func(context.Context, Grant) (*Renewal, error)) error {
	defer s.wait(grant)()
	g, err := s.Grant(ctx, grant)
	if err != nil {
		return err
	}
	r, err := renew(ctx, g)
	if err != nil || r == nil {
		return err
	}
	return s.change(ctx, grant, func(tx *database.Tx) error { return keepRenewal(ctx, tx, g, *r) })
}

// wait waits for the turn of one grant, and returns what ends it.
func (s *sqlite) wait(grant string) (done func()) {
	s.mu.Lock()
	t, ok := s.turns[grant]
	if !ok {
		t = &turn{}
		s.turns[grant] = t
	}
	t.waiting++
	s.mu.Unlock()
	t.mu.Lock()
	return func() {
		t.mu.Unlock()
		s.mu.Lock()
		defer s.mu.Unlock()
		if t.waiting--; t.waiting == 0 {
			delete(s.turns, grant)
		}
	}
}
