package poller

import (
	"context"
	"slices"
	"time"
)

// Wait is the wait of one caller for some things of a group.
type Wait[A any] struct {
	group *group[A]
	ids   []string
	bell  *Bell
}

// Answer is what polls have told of a thing so far.
type Answer[A any] struct {
	// Told is the last answer about it. Where it is not known to whom is asked, Found is false.
	Told  A
	Found bool
	// Looks is how often somebody has looked, with an answer or in vain.
	Looks int
}

// Look has those things asked for that are due, as far as the group may be asked now, and waits for the poll under way
// if it is about one of them. The poll has the values of the ctx of whoever began it. The error is that of the poll, or
// of ctx.
func (w *Wait[A]) Look(ctx context.Context) error {
	var trouble error
	for {
		f := w.group.flightFor(ctx, w)
		if f == nil {
			return trouble
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if f.has(w.ids) && !f.abandoned {
			trouble = f.err
		}
	}
}

// Answers is what is known of its things.
func (w *Wait[A]) Answers() map[string]Answer[A] {
	w.group.mu.Lock()
	defer w.group.mu.Unlock()
	all := make(map[string]Answer[A], len(w.ids))
	for _, id := range w.ids {
		all[id] = w.group.things[id].Answer
	}
	return all
}

// Next is when Look must be called at the latest; ok is false where another wait of the group sees to that.
func (w *Wait[A]) Next() (at time.Time, ok bool) {
	w.group.mu.Lock()
	defer w.group.mu.Unlock()
	return w.group.next(w)
}

// Leave ends the wait.
func (w *Wait[A]) Leave() { w.group.leave(w) }

// flight is a poll under way.
type flight struct {
	ids    []string // sorted
	cancel context.CancelFunc
	done   chan struct{}
	// What follows is set before done is closed.
	err       error
	abandoned bool // nobody waited any more, so it was ended and nothing of it counts
}

// has reports whether the poll is about one of these.
func (f *flight) has(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		_, is := slices.BinarySearch(f.ids, id)
		return is
	})
}
