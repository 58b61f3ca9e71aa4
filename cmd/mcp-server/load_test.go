package main

import (
	"context"
	"sync"
	"time"
)

const (
	callsPerSecond = 200
	// callsRaced is what the race detector leaves of it, with which everything takes about ten times as long.
	callsRaced = 20
	// callsInFlight bounds the calls that have begun: a machine that cannot keep up falls behind rather than over.
	callsInFlight = 64
)

// atRate begins to do a thing every so often until it is over, and waits for what has begun. What was late is
// made up for, since a load does not wait for its answers.
func atRate(ctx context.Context, over <-chan struct{}, every time.Duration, do func(i int)) {
	var group sync.WaitGroup
	defer group.Wait()
	slots := make(chan struct{}, callsInFlight)
	begun, tick := time.Now(), time.NewTicker(every)
	defer tick.Stop()
	for i := 0; ; {
		for due := int(time.Since(begun) / every); i < due; i++ {
			select {
			case slots <- struct{}{}:
			case <-over:
				return
			case <-ctx.Done():
				return
			}
			n := i
			group.Go(func() {
				do(n)
				<-slots
			})
		}
		select {
		case <-tick.C:
		case <-over:
			return
		case <-ctx.Done():
			return
		}
	}
}

// tally counts, and has who asks wait for more.
type tally struct {
	mu   sync.Mutex
	grew *sync.Cond
	made int
}

func newTally() *tally {
	c := &tally{}
	c.grew = sync.NewCond(&c.mu)
	return c
}

// add counts one.
func (c *tally) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made++
	c.grew.Broadcast()
}

// more waits until so many more have been counted.
func (c *tally) more(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for until := c.made + n; c.made < until; {
		c.grew.Wait()
	}
}
