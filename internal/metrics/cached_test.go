package metrics

import (
	"sync"
	"sync/atomic"
	"testing"
)

// TestSeriesAreFoundOnce holds that each series is looked for once, however many ask at once, and is the same for all.
func TestSeriesAreFoundOnce(t *testing.T) {
	t.Parallel()
	var found atomic.Int64
	s := cached[requestKey, *int]{find: func(k requestKey) *int {
		found.Add(1)
		n := k.status
		return &n
	}}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for status := range 100 {
				if one := s.of(requestKey{status: status}); *one != status || one != s.of(requestKey{status: status}) {
					t.Errorf("the series of %d is that of %d, or another each time", status, *one)
				}
			}
		})
	}
	group.Wait()
	if n := found.Load(); n != 100 {
		t.Errorf("%d were looked for, want 100", n)
	}
}
