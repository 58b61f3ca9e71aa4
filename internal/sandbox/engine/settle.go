package engine

import (
	"maps"
	"slices"
	"time"
)

// Settle accounts for what has ended by now, in the order in which it ended: it charges what
// succeeded and tells whoever asked to know. What that starts may have ended by now as well.
func (e *Engine) Settle(a *Account, now time.Time) {
	for e.settleRound(a, now) {
	}
}

// settleRound says whether anything had ended.
func (e *Engine) settleRound(a *Account, now time.Time) bool {
	var over []*Job
	still := a.running[:0]
	for _, j := range a.running {
		if j.Done(now) {
			over = append(over, j)
		} else {
			still = append(still, j)
		}
	}
	clear(a.running[len(still):])
	a.running = still
	slices.SortStableFunc(over, func(x, y *Job) int { return x.Ends.Compare(y.Ends) })
	for _, j := range over {
		j.Ended = true
		if !j.Fails { // v3 charges nothing for a job that failed
			a.charge(j)
		}
		for _, tell := range e.jobEnd {
			tell(j)
		}
		e.noteBatch(j.batch, now)
	}
	return len(over) > 0
}

// settleAll accounts for every account, so that what happens at a job's end happens when the clock
// is moved past it.
func (e *Engine) settleAll() {
	now := e.clock.Now()
	for _, name := range slices.Sorted(maps.Keys(e.accounts)) { // sorted, so that what they start gets the same ids
		e.Settle(e.accounts[name], now)
	}
}
