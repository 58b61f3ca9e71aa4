// Package poller asks how far things are on behalf of all who wait for them. What belongs to one group, as the jobs of
// one kind that one credential may see, is asked for together and at a bounded rate, with one poll in flight at the
// most. It knows neither what is asked for nor who answers, and has no goroutine but that of a poll under way: those
// who wait keep the time. One of them, the driver of its group, sleeps until the next poll is due; the others until
// there is news.
//
// Reading order: poller.go (groups), wait.go (one who waits), group.go (when a group is asked), flight.go (a poll under
// way), bell.go (sleeping until there is news).
package poller

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// The bounds of a group, in intervals of Config.Every.
const (
	// slowest is the longest interval: what was first asked for ten intervals ago or more is asked for after a tenth of
	// its age, up to that.
	slowest = 6
	// pokesApart is the least between two pokes of one thing that count.
	pokesApart = 2
	// remembered is how long what nobody waits for is known.
	remembered = 60
)

const (
	// youth is how much older than an interval a thing is when it is asked for less often.
	youth = 10
	// gathers is the part of an interval for which more are waited for who come early, and apart the one between two
	// polls for pokes.
	gathers, apart = 20, 5
	// jitters is the part of an interval by which it is longer at the most.
	jitters = 10
	// maxFirst and maxAgain are how many calls a poll may make for what was never asked for, and for what was.
	maxFirst, maxAgain = 100, 10
	// maxIdle is how many things of a group are remembered that nobody waits for.
	maxIdle = 1000
)

// Config has the settings of all groups.
type Config struct {
	// Every is the least time between two polls of a group.
	Every time.Duration
	// Limit bounds one poll.
	Limit time.Duration
	// Now tells the time.
	Now func() time.Time
	// Jitter gives what is added to Every, at most the bound that it is given; nil takes any time up to it, so that
	// groups that began together do not go on together.
	Jitter func(bound time.Duration) time.Duration
}

// Source is whom a group asks, about things whose answers are an A.
type Source[A any] struct {
	// Ask asks for some things by their ids, and must not panic. Those that are not among the answers are not known,
	// unless there is an error: then nothing is known of them.
	Ask func(ctx context.Context, ids []string) (map[string]A, error)
	// Batch is how many ids go into one call.
	Batch int
	// Ended says that nothing will change, and Same that nothing has changed that matters to those who wait.
	Ended func(A) bool
	Same  func(a, b A) bool
}

// Poller polls for groups of things that are waited for. It is safe for use by many goroutines.
type Poller[A any] struct {
	cfg Config

	mu     sync.Mutex
	groups map[string]*group[A]
	swept  time.Time
}

// New makes a Poller of no groups.
func New[A any](cfg Config) *Poller[A] {
	if cfg.Jitter == nil {
		cfg.Jitter = func(bound time.Duration) time.Duration {
			return rand.N(bound + 1) //nolint:gosec // G404: nobody gains by guessing when a poll is made
		}
	}
	return &Poller[A]{cfg: cfg, groups: map[string]*group[A]{}}
}

// Join begins to wait for some things of a group, which are asked for as soon as the group may be. The bell rings when
// there is news of one of them. Leave must be called.
func (p *Poller[A]) Join(key string, source Source[A], ids []string, bell *Bell) *Wait[A] {
	now := p.cfg.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(now)
	g := p.groups[key]
	if g == nil {
		g = &group[A]{cfg: &p.cfg, source: source, things: map[string]*thing[A]{}, waits: map[*Wait[A]]struct{}{}}
		p.groups[key] = g
	}
	return g.join(ids, bell, now)
}

// Poke has a thing asked for soon, if somebody waits for it here, and says whether that is so. More pokes of the same
// thing within a few intervals do nothing.
func (p *Poller[A]) Poke(match func(key string) bool, id string) bool {
	now := p.cfg.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	poked := false
	for key, g := range p.groups {
		if match(key) && g.poke(id, now) {
			poked = true
		}
	}
	return poked
}

// Groups is how many groups are known.
func (p *Poller[A]) Groups() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.groups)
}

// sweep forgets groups that nobody has waited in for long. The caller holds the lock.
func (p *Poller[A]) sweep(now time.Time) {
	old := now.Add(-remembered * p.cfg.Every)
	if p.swept.After(old) {
		return
	}
	p.swept = now
	for key, g := range p.groups {
		if g.idleSince(old) {
			delete(p.groups, key)
		}
	}
}
