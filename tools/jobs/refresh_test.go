package jobs

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestOneSweepAtATime holds that all who look at the jobs of a group at once share one look.
func TestOneSweepAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var j Jobs
		var all sync.WaitGroup
		looks := make(chan string, 20)
		for range 5 {
			for _, group := range []string{"a", "b"} {
				all.Go(func() {
					j.sweep(group, func() {
						time.Sleep(time.Second)
						looks <- group
					})
				})
			}
		}
		all.Wait()
		if len(looks) != 2 {
			t.Errorf("ten that come at once look %d times, want once for each of two groups", len(looks))
		}
		j.sweep("a", func() { looks <- "a" })
		if len(looks) != 3 {
			t.Error("who comes later does not look")
		}
	})
}
