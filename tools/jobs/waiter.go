package jobs

import (
	"context"
	"time"

	"heygen-mcp/tools/engine"
)

// waiter is one wait under way. Thousands may be under way at once, so that it keeps little.
type waiter struct {
	jobs    *Jobs
	engine  *engine.Engine
	report  engine.Progress
	ctx     context.Context    //nolint:containedctx // a wait has no goroutine that could have it
	bounded context.Context    //nolint:containedctx // it ends with the time that the wait has in all, or with the server
	cancel  context.CancelFunc // of bounded
	watch   *watch
	limit   time.Duration
	start   time.Time

	news  bool          // there may be something to see
	told  bool          // some poll has told how far the jobs are
	ended int           // how many had ended then
	state string        // of one that had not, "" where that is not known
	last  error         // of the last poll that told nothing
	most  time.Duration // how long to sleep at the most

	// What follows is what the wait has come to.
	over  bool
	known *jobStates
	err   error
}

// beginWait begins to wait for jobs, for so long at the most. Its turns must go on until the wait is over.
func (j *Jobs) beginWait(
	ctx context.Context, c *engine.Call, ids []string, limit time.Duration, k *Kind,
) (*waiter, error) {
	e := c.Engine()
	bounded, cancel := j.stopper.bound(ctx, max(limit, minPollTime))
	w := &waiter{
		jobs: j, engine: e, report: c.Report, ctx: ctx, bounded: bounded, cancel: cancel, limit: limit, start: e.Now(), news: true,
	}
	refs := refsOf(k, ids)
	if k == nil {
		var err error
		if refs, err = j.kindsOf(bounded, e, ids); err != nil {
			cancel()
			return nil, err
		}
	}
	if j.waiting != nil {
		j.waiting(len(refs))
	}
	w.watch = j.watch(ctx, e, refs)
	return w, nil
}

// Turn looks at how far the jobs are, tells the client, and says whether the wait is over.
func (w *waiter) Turn() (over bool) { return w.turn(true) }

// turn is Turn. Without tells the client hears only of the end.
func (w *waiter) turn(tells bool) (over bool) {
	whole := false
	defer func() {
		if w.over = w.over || !whole; w.over { // also after a panic
			w.end()
		}
	}()
	w.look()
	refs := w.watch.refs
	elapsed := w.engine.Now().Sub(w.start)
	if w.err == nil && !w.told && (w.jobs.stopper.stopped() || w.bounded.Err() != nil && w.last == nil) {
		w.known, w.told = allPending(refs), true // whoever is asked next will know more
	}
	w.most = w.limit - elapsed
	if !w.told && w.last == nil {
		w.most = max(w.limit, minPollTime) - elapsed // one look there is for everybody
	}
	w.over = w.err != nil || w.known != nil && w.known.settled() || w.most <= 0 || w.bounded.Err() != nil
	if w.known != nil {
		w.ended = len(refs) - len(w.known.pending)
		if w.ended < len(refs) {
			w.state = stateText(w.known.pending[0].told, w.state)
		}
	}
	if w.err == nil && (tells || w.over) {
		reportProgress(w.report, elapsed, w.limit, w.ended, len(refs), w.state)
	}
	switch {
	case w.over && w.err == nil && w.known == nil:
		w.known = w.watch.sorted()
		switch {
		case w.known == nil && w.last != nil:
			w.err = w.last
		case w.known == nil:
			w.known = allPending(refs)
		}
	case !w.over:
		w.known = nil // it is made anew from what all who wait have
	}
	whole = true
	return w.over
}

// look takes in what is known of the jobs by now.
func (w *waiter) look() {
	if w.ctx.Err() != nil {
		w.err = w.ctx.Err() // the caller has left
		return
	}
	if !w.news {
		return
	}
	w.news = false
	now, trouble := w.watch.look(w.bounded)
	switch {
	case w.ctx.Err() != nil:
		w.err = w.ctx.Err()
	case trouble != nil && w.bounded.Err() == nil && !isTransient(trouble):
		w.err = trouble
	case now != nil:
		w.known, w.told = now, true
	case trouble != nil:
		w.last = trouble
	}
}

// Sleep sleeps until the next turn.
func (w *waiter) Sleep() {
	most := w.most
	if w.report != nil {
		most = min(most, toTick(w.engine.Now(), progressEvery*w.jobs.pollEvery))
	}
	// A sleep cut short ends the wait at the next turn.
	w.news = w.watch.sleep(w.bounded, w.engine, most)
}

// toTick is the time from a moment to the last tick that is within d of it. Ticks are the same for all waits, so that
// thousands of them are woken together, a hundred times in d: most of what a wait costs is to wake the process for it
// alone.
func toTick(now time.Time, d time.Duration) time.Duration {
	const ticks = 100 // of fewer, more are woken at once than a few goroutines can serve where the machine is busy
	return now.Add(d).Truncate(d / ticks).Sub(now)
}

// end leaves the polls.
func (w *waiter) end() {
	w.watch.leave()
	w.cancel()
	if w.jobs.waiting != nil {
		w.jobs.waiting(-len(w.watch.refs))
	}
}
