package poller_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-mcp/internal/poller"
)

// TestWhoLeavesDisturbsNobody holds that the wait that began a poll, and the one that keeps the time, can leave, and
// that a poll nobody waits for any more is ended.
func TestWhoLeavesDisturbsNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		s.takes = 2 * time.Second
		s.set("a", "running")
		s.set("b", "running")
		leaves, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if took, _, err := wait(leaves, p, s, "k", time.Minute, "a"); err == nil || took != time.Second {
				t.Errorf("who left was answered after %v: %v", took, err)
			}
		})
		all.Go(func() {
			time.Sleep(500 * time.Millisecond)
			if took, known, err := wait(t.Context(), p, s, "k", time.Minute, "a", "b"); err != nil || known["a"].Told != "done" || took > 20*time.Second {
				t.Errorf("after %v: %v, %v", took, known, err)
			}
		})
		time.Sleep(time.Second)
		leave()
		time.Sleep(10 * time.Second)
		s.set("a", "done")
		s.set("b", "done")
		all.Wait()
		alone, gone := context.WithTimeout(t.Context(), time.Second)
		defer gone()
		s.set("c", "running")
		_, _, _ = wait(alone, p, s, "other", time.Minute, "c")
		synctest.Wait()
		if s.inside != 0 {
			t.Error("a poll goes on that nobody waits for")
		}
		if took, _, err := wait(t.Context(), p, s, "other", 8*time.Second, "c"); err != nil || took != 8*time.Second {
			t.Errorf("who came after it: %v after %v", err, took)
		}
	})
}

// TestFaults holds that a poll that fails is told to who has seen it, and that the next goes on.
func TestFaults(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		s.err = errors.New("away")
		if _, known, err := wait(t.Context(), p, s, "k", time.Minute, "a"); err == nil || known["a"].Looks != 0 {
			t.Errorf("got %v, %v, want an error and known[\"a\"].Looks %v", known, err, 0)
		}
		s.err = nil
		_, known, err := wait(t.Context(), p, s, "k", 19*time.Second, "a")
		if a := known["a"]; err != nil || a.Found || a.Looks < 2 {
			t.Errorf("%+v, %v, want two looks in vain", a, err)
		}
	})
}

// TestOnlySoManyCalls holds that many things that take a call each are looked at once at once, and then at a bounded
// rate.
func TestOnlySoManyCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		var bell poller.Bell
		ids := make([]string, 100)
		for i := range ids {
			ids[i] = fmt.Sprint(i)
			s.set(ids[i], "running")
		}
		w := p.Join("k", s.source(1), ids, &bell)
		defer w.Leave()
		for range 11 {
			_ = w.Look(t.Context())
			at, _ := w.Next()
			time.Sleep(time.Until(at))
		}
		seen := map[string]int{}
		for _, id := range slices.Concat(s.ids...) {
			seen[id]++
		}
		for _, id := range ids {
			if seen[id] != 2 {
				t.Fatalf("%s was asked for %d times in %v, want each once at first and once again", id, seen[id], s.asked)
			}
		}
	})
}
