package main

import (
	"context"
	"runtime"
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
			t.Errorf("%v: %d %d", c.env, percent, limit)
		}
	}
}

// TestTheLimitFollowsWhatLives holds that the collector always has room: a limit below what lives would keep it at work all the time.
func TestTheLimitFollowsWhatLives(t *testing.T) {
	t.Parallel()
	for lives, want := range map[int64]int64{0: memoryLimit, memoryLimit / 2: memoryLimit, memoryLimit: memoryLimit * 3 / 2, 4 * memoryLimit: 6 * memoryLimit} {
		if got := limitFor(lives); got != want {
			t.Errorf("where %d live the limit is %d, want %d", lives, got, want)
		}
	}
}

// TestRestGivesBackOnce holds that memory is given back when nothing happens any more, so often and not again, and anew after calls.
func TestRestGivesBackOnce(t *testing.T) { //nolint:paralleltest // it counts the collections of the whole process
	ctx, stop := context.WithCancel(t.Context())
	tick, ended := make(chan time.Time), make(chan struct{})
	go func() { defer close(ended); rest(ctx, tick) }()
	collections := func(ticks int) uint32 {
		var before, after runtime.MemStats
		tick <- time.Time{} // taken when what was before is done
		runtime.ReadMemStats(&before)
		for range ticks {
			tick <- time.Time{}
		}
		runtime.ReadMemStats(&after)
		return after.NumGC - before.NumGC
	}
	if got := collections(restRounds + 5); got > restRounds {
		t.Errorf("without calls, memory is collected %d times, want at most %d", got, restRounds)
	}
	if got := collections(3); got != 0 {
		t.Errorf("later, memory is collected %d times, want none", got)
	}
	busy := make([][]byte, 0, restsBelow>>20+1)
	for range cap(busy) {
		busy = append(busy, make([]byte, 1<<20))
	}
	if got := collections(restRounds + 1); len(busy) > 0 && got == 0 {
		t.Error("after calls, memory is not collected")
	}
	stop()
	<-ended
}
