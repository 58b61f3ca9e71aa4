// Package tally counts the calls that are made through each grant, in memory, and hands the counts
// on now and then: a call costs no write. It knows nothing of what is called.
package tally

import (
	"context"
	"errors"
	"sync"
	"time"

	"heygen-mcp/auth/store"
)

// Tally are the counts of one process that have not been handed on. Its zero value is none.
type Tally struct {
	mu     sync.Mutex
	counts map[key]store.Calls
}

// key is a grant and a day, in days since 1970.
type key struct {
	grant string
	day   int64
}

// Note counts a call.
func (t *Tally) Note(grant string, now time.Time) {
	t.add(store.Calls{Grant: grant, Count: 1, Last: now})
}

func (t *Tally) add(c store.Calls) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[key]store.Calls{}
	}
	k := key{c.Grant, c.Last.UnixMilli() / (24 * time.Hour).Milliseconds()}
	had := t.counts[k]
	c.Count += had.Count
	if had.Last.After(c.Last) {
		c.Last = had.Last
	}
	t.counts[k] = c
}

// HandOn gives the counts to a store. What it does not take is kept for the next time.
func (t *Tally) HandOn(ctx context.Context, to store.Store) error {
	t.mu.Lock()
	counts := t.counts
	t.counts = nil
	t.mu.Unlock()
	var faults []error
	for _, c := range counts {
		if err := to.AddCalls(ctx, c); err != nil {
			t.add(c)
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}
