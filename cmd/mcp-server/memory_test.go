package main

import "testing"

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
