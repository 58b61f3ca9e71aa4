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
