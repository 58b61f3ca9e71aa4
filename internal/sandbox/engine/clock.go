package engine

import (
	"sync"
	"time"
)

// clock is the sandbox's time. It runs with its source until it is held; a
// held clock moves only when it is advanced.
type clock struct {
	source func() time.Time

	mu     sync.Mutex
	held   bool
	at     time.Time     // the time while held
	offset time.Duration // what advances have added to the source
}

// Now is the sandbox's time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *clock) now() time.Time {
	if c.held {
		return c.at
	}
	return c.source().Add(c.offset)
}

// hold stops the clock where it is, or lets it run on from there.
func (c *clock) hold(held bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if held == c.held {
		return
	}
	now := c.now()
	c.held = held
	c.at = now
	c.offset = now.Sub(c.source())
}

// advance moves the clock forward, held or not.
func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	c.offset += d
}

// state is what control answers with.
func (c *clock) state() (now time.Time, held bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now(), c.held
}

// reset lets the clock run with its source again.
func (c *clock) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held, c.offset = false, 0
}
