package poller

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// group are things that are asked for by one request.
type group[A any] struct {
	cfg    *Config
	source Source[A]

	mu     sync.Mutex
	things map[string]*thing[A]
	waits  map[*Wait[A]]struct{}
	// driver is the wait that sees to the next poll, and sleeps until then; nil where nobody waits.
	driver *Wait[A]
	sleeps time.Time
	flight *flight
	// turn is when the next poll may be made. Each poll puts it off by an interval; one that came early, by what was
	// left as well.
	turn  time.Time
	began time.Time // the last poll
	poked time.Time // the last one that a poke brought about
	left  time.Time // when somebody last left
}

// thing is what is known of one thing.
type thing[A any] struct {
	Answer[A]
	id    string
	waits []*Wait[A]
	first time.Time // when it was first waited for
	asked time.Time // the last poll that was about it, the zero time for none
	due   time.Time // the next one; the zero time once it has ended
	// urgent says that somebody has come who has not seen it yet, and poked that somebody says that it has changed.
	urgent, poked bool
	heard         time.Time // the last poke that counted
}

func (g *group[A]) join(ids []string, bell *Bell, now time.Time) *Wait[A] {
	g.mu.Lock()
	defer g.mu.Unlock()
	w := &Wait[A]{group: g, ids: ids, bell: bell}
	for _, id := range ids {
		t := g.things[id]
		if t == nil {
			t = &thing[A]{id: id, first: now}
			g.things[id] = t
		}
		if len(t.waits) == 0 {
			t.Answer = Answer[A]{} // since somebody waited it may have changed, even after its end
		}
		t.waits = append(t.waits, w)
		t.urgent, t.due = true, now
	}
	g.waits[w] = struct{}{}
	if g.driver == nil {
		g.driver = w
	}
	return w
}

func (g *group[A]) leave(w *Wait[A]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.waits, w)
	for _, id := range w.ids {
		t := g.things[id]
		t.waits = slices.DeleteFunc(t.waits, func(other *Wait[A]) bool { return other == w })
		if len(t.waits) == 0 && (!t.Found || len(g.things) > maxIdle) {
			delete(g.things, id)
		}
	}
	g.left = g.cfg.Now()
	if len(g.waits) == 0 {
		g.driver = nil
		if g.flight != nil {
			g.flight.abandoned = true
			g.flight.cancel()
		}
		return
	}
	if g.driver == w {
		for other := range g.waits {
			g.driver, g.sleeps = other, time.Time{}
			break
		}
		g.driver.bell.Ring()
	}
}

// idleSince reports whether nobody has waited since a moment.
func (g *group[A]) idleSince(since time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waits) == 0 && g.flight == nil && g.left.Before(since)
}

func (g *group[A]) poke(id string, now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := g.things[id]
	if t == nil || len(t.waits) == 0 || t.due.IsZero() {
		return false
	}
	if t.heard.IsZero() || !now.Before(t.heard.Add(pokesApart*g.cfg.Every)) {
		t.heard, t.poked, t.due = now, true, now
		g.driver.bell.Ring()
	}
	return true
}

// next is when the driver must look again.
func (g *group[A]) next(w *Wait[A]) (at time.Time, ok bool) {
	if g.driver != w {
		return at, false
	}
	for _, t := range g.things {
		if len(t.waits) == 0 || t.due.IsZero() {
			continue
		}
		if when := g.allowed(t); at.IsZero() || when.Before(at) {
			at = when
		}
	}
	g.sleeps = at
	return at, !at.IsZero()
}

// allowed is the moment from which a thing may be asked for.
func (g *group[A]) allowed(t *thing[A]) time.Time {
	turn := g.turn
	switch {
	case t.poked:
		turn = g.poked.Add(g.cfg.Every / apart)
	case t.urgent && t.Looks == 0 && len(g.waits) == 1:
		turn = g.began.Add(g.cfg.Every / gathers) // nobody else is put off by it
	case t.urgent && t.Looks > 0:
		turn = turn.Add(-g.early())
	case t.urgent:
		turn = latest(turn.Add(-g.early()), g.began.Add(g.cfg.Every/gathers))
	}
	return latest(turn, t.due)
}

// early is how long before its turn a poll may be made: one that has just been made is followed by another at once, and
// then by none for twice the usual time.
func (g *group[A]) early() time.Duration { return g.cfg.Every + g.cfg.Every/jitters }

// flightFor is the poll that a wait has to see the end of, which is begun here if it may be; nil for none. While there
// is one under way there is no other, so who needs one waits for its end whatever it is about.
func (g *group[A]) flightFor(ctx context.Context, w *Wait[A]) *flight {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.flight != nil && g.flight.has(w.ids) {
		return g.flight
	}
	now := g.cfg.Now()
	needs := func(t *thing[A]) bool { return !t.due.IsZero() && !now.Before(g.allowed(t)) }
	own := slices.ContainsFunc(w.ids, func(id string) bool { return needs(g.things[id]) })
	if g.flight != nil {
		if own {
			return g.flight
		}
		return nil
	}
	if !own && g.driver == w {
		for _, t := range g.things {
			if len(t.waits) > 0 && needs(t) {
				own = true // the driver asks for all
				break
			}
		}
	}
	if own {
		g.begin(ctx, now)
		return g.flight
	}
	if g.driver != w && slices.ContainsFunc(w.ids, func(id string) bool {
		t := g.things[id]
		return !t.due.IsZero() && (g.sleeps.IsZero() || g.allowed(t).Before(g.sleeps))
	}) {
		g.driver.bell.Ring() // it sleeps too long for this
	}
	return nil
}

// choose takes what the next poll is about: what was never asked for first, then what is due or nearly so, from that
// which was asked for the longest ago. A call that is not full takes more along.
func (g *group[A]) choose(now time.Time) []*thing[A] {
	regular := !now.Before(g.turn)
	var first, again, more []*thing[A]
	for _, t := range g.things {
		switch {
		case len(t.waits) == 0 || t.due.IsZero():
		case t.asked.IsZero():
			first = append(first, t)
		case !now.Before(g.allowed(t)), regular && !now.Before(t.due.Add(-g.cfg.Every/2)):
			again = append(again, t)
		default:
			more = append(more, t)
		}
	}
	for _, some := range [][]*thing[A]{first, again, more} {
		slices.SortFunc(some, func(a, b *thing[A]) int { return cmp.Or(a.asked.Compare(b.asked), a.first.Compare(b.first)) })
	}
	batch := max(1, g.source.Batch)
	first = first[:min(len(first), maxFirst*batch)]
	again = again[:min(len(again), maxAgain*batch)]
	chosen := slices.Concat(first, again)
	room := (batch - len(chosen)%batch) % batch
	return append(chosen, more[:min(len(more), room)]...)
}

// latest is the later of two moments.
func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
