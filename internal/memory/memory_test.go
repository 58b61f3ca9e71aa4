package memory

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"time"
)

// Whoever runs the server may know better than we do.
func TestOperatorsTuneMemory(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env     []string
		percent int
		limit   int64
	}{
		{nil, collectAt, memoryLimit},
		{[]string{"GOGC=off"}, -1, memoryLimit},
		{[]string{"A=GOGC=1", "GOMEMLIMIT=1GiB"}, collectAt, -1},
	} {
		if percent, limit := memory(c.env); percent != c.percent || limit != c.limit {
			t.Errorf("%v: got %d %d, want %v and %v", c.env, percent, limit, c.percent, c.limit)
		}
	}
}

// TestThePaceFollowsWhatLives holds that the collector always has room, since a limit below what lives would keep it at
// work all the time, that it has more of it while calls come fast, and that the operator's settings stay.
func TestThePaceFollowsWhatLives(t *testing.T) {
	t.Parallel()
	ours, theirs := pace{collectAt, memoryLimit}, pace{-1, -1}
	for _, c := range []struct {
		set       pace
		lives     int64
		perSecond float64
		want      pace
	}{
		{ours, 0, 0, ours},
		{ours, memoryLimit / 2, 0, ours},
		{ours, memoryLimit, 0, pace{collectAt, memoryLimit * 3 / 2}},
		{ours, 4 * memoryLimit, busyAt, pace{collectAt, 6 * memoryLimit}},
		{ours, busyHeap / 24, busyAt - 1, ours},
		{ours, busyHeap / 24, busyAt, pace{2300, memoryLimit}},
		{ours, busyHeap / 4, busyAt, ours},
		{ours, 0, busyAt, ours},
		{pace{2300, memoryLimit}, busyHeap / 24, 0, ours},
		{pace{-1, memoryLimit}, busyHeap / 24, busyAt, pace{-1, memoryLimit}},
		{theirs, busyHeap / 24, busyAt, theirs},
		{theirs, 4 * memoryLimit, 0, theirs},
	} {
		if got := c.set.next(c.lives, c.perSecond); got != c.want {
			t.Errorf("%v where %d live and %g a second are allocated: got %v, want %v", c.set, c.lives, c.perSecond, got, c.want)
		}
	}
}

// TestRestGivesBackOnce holds that memory is given back after the start, when nothing happens any more, so often and
// not again, and anew after calls.
func TestRestGivesBackOnce(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	tick, given, ended := make(chan time.Time), make(chan struct{}, 100), make(chan struct{})
	var bytes atomic.Uint64
	go func() {
		defer close(ended)
		Rest(ctx, tick, bytes.Load, func() { given <- struct{}{} })
	}()
	after := func(ticks int) int {
		for range ticks {
			tick <- time.Time{}
		}
		tick <- time.Time{} // taken when what was before is done; it is one more quiet tick
		return len(given)
	}
	if got := after(restRounds + 5); got != 1+restRounds {
		t.Errorf("after the start and without calls, memory is given back %d times, want %d", got, 1+restRounds)
	}
	bytes.Add(restsBelow)
	if got := after(3); got != 1+restRounds {
		t.Errorf("after next to nothing, memory is given back %d times in all, want %d", got, 1+restRounds)
	}
	bytes.Add(restsBelow + 1)
	if got := after(restRounds + 5); got != 1+2*restRounds {
		t.Errorf("after calls, memory is given back %d times in all, want %d", got, 1+2*restRounds)
	}
	stop()
	<-ended
}

// TestAllocatedGrows holds that what rest goes by is what the process allocates.
func TestAllocatedGrows(t *testing.T) {
	t.Parallel()
	before := Allocated()
	kept := make([]byte, 8*restsBelow)
	if got := Allocated() - before; got < uint64(len(kept)) {
		t.Errorf("%d bytes more, want at least the %d that were allocated", got, len(kept))
	}
}

// TestTuneFollowsWhatLives holds that the collector is set as it should be, that the operator's own settings stay, and
// that the limit rises with what lives and comes down again.
//
//nolint:paralleltest // the settings are the whole process's
func TestTuneFollowsWhatLives(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
	Tune([]string{"GOGC=100", "GOMEMLIMIT=1GiB"})
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("the operator's GOGC became %d", got)
	}
	if got := debug.SetMemoryLimit(-1); got != limit {
		t.Errorf("the operator's limit became %d, want %d", got, limit)
	}
	Tune(nil)
	if got := debug.SetGCPercent(100); got != collectAt {
		t.Errorf("the collector works at %d, want %d", got, collectAt)
	}
	if got := debug.SetMemoryLimit(-1); got != memoryLimit {
		t.Errorf("the limit is %d, want %d", got, memoryLimit)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	until := func(otherwise string, is func(limit int64) bool, do func()) {
		for !is(debug.SetMemoryLimit(-1)) {
			if ctx.Err() != nil {
				t.Fatal(otherwise)
			}
			do()
		}
	}
	collectUntil := func(otherwise string, is func(limit int64) bool) {
		until(otherwise, is, func() {
			runtime.GC() // after which the limit is set by a goroutine of the runtime's
			runtime.Gosched()
		})
	}
	lives := make([]byte, memoryLimit) // of which nothing is written to, so that no memory is taken for it
	collectUntil("the limit does not rise", func(limit int64) bool { return limit >= memoryLimit+memoryLimit/headroom })
	runtime.KeepAlive(lives)
	collectUntil("the limit does not come down", func(limit int64) bool { return limit == memoryLimit })

	percentIs := func(is func(percent int) bool) func(int64) bool {
		return func(int64) bool {
			percent := debug.SetGCPercent(100) // which is told by nothing else
			debug.SetGCPercent(percent)
			return is(percent)
		}
	}
	var garbage []byte
	until("the collector works as often while much is allocated", percentIs(func(percent int) bool { return percent > 2*collectAt }), func() {
		garbage = make([]byte, 1<<20)
	})
	runtime.KeepAlive(garbage)
	collectUntil("the collector works as seldom while nothing is allocated", percentIs(func(percent int) bool { return percent == collectAt }))
}
