package poller

import (
	"context"
	"sync"
	"time"
)

// Bell ends a sleep. The zero value has not rung.
type Bell struct {
	mu   sync.Mutex
	rung bool
	wake context.CancelFunc // of who sleeps, nil for nobody
}

// Ring ends the sleep under way, or the next one.
func (b *Bell) Ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung = true
	if b.wake != nil {
		b.wake()
	}
}

// Quiet forgets that it has rung: what there was to see is about to be looked at.
func (b *Bell) Quiet() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rung = false
}

// Sleep sleeps by the given function until it ends, the bell rings or ctx ends. It says whether the bell has rung.
func (b *Bell) Sleep(
	ctx context.Context, sleep func(context.Context, time.Duration) error, d time.Duration,
) (rung bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	b.mu.Lock()
	if b.rung {
		b.rung = false
		b.mu.Unlock()
		return true
	}
	b.wake = cancel
	b.mu.Unlock()
	_ = sleep(ctx, d) // why it ended is seen by what is known afterwards
	b.mu.Lock()
	defer b.mu.Unlock()
	rung = b.rung
	b.wake, b.rung = nil, false
	return rung
}
