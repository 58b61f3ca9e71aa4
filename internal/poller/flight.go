package poller

import (
	"context"
	"slices"
	"time"
)

// begin begins a poll. The caller holds the lock.
func (g *group[A]) begin(ctx context.Context, now time.Time) {
	chosen := g.choose(now)
	ids := make([]string, len(chosen))
	for i, t := range chosen {
		ids[i] = t.id
		if t.poked {
			g.poked = now
		}
		t.urgent, t.poked = false, false
	}
	slices.Sort(ids)
	// Who began it may leave before it ends.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), g.cfg.Limit)
	f := &flight{ids: ids, cancel: cancel, done: make(chan struct{})}
	g.flight, g.began = f, now
	g.turn = latest(g.turn, now).Add(g.cfg.Every + g.cfg.Jitter(g.cfg.Every/jitters))
	go func() {
		defer cancel()
		answers, err := g.source.Ask(ctx, ids)
		g.land(f, answers, err)
	}()
}

// land takes what a poll has brought, and tells those whom it concerns.
func (g *group[A]) land(f *flight, answers map[string]A, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	defer close(f.done)
	g.flight, f.err = nil, err
	if f.abandoned {
		return // who has come since has everything asked for that it has not seen
	}
	now := g.cfg.Now()
	for _, id := range f.ids {
		t := g.things[id]
		if t == nil {
			continue // nobody waits for it any more
		}
		answer, found := answers[id]
		news := err != nil
		switch {
		case found:
			news = news || !t.Found || !g.source.Same(t.Told, answer)
			t.Answer = Answer[A]{Told: answer, Found: true, Looks: t.Looks + 1}
		case err == nil:
			news = true
			t.Answer = Answer[A]{Looks: t.Looks + 1}
		}
		t.asked, t.due = now, now.Add(g.interval(t, now))
		if found && g.source.Ended(answer) {
			t.due = time.Time{}
		}
		if news {
			for _, w := range t.waits {
				w.bell.Ring()
			}
		}
	}
}

// interval is how long after one poll a thing is due for the next.
func (g *group[A]) interval(t *thing[A], now time.Time) time.Duration {
	return min(max(g.cfg.Every, now.Sub(t.first)/youth), slowest*g.cfg.Every)
}
