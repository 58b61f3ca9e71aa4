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

	"go.uber.org/goleak"

	"heygen-mcp/internal/clock"
	"heygen-mcp/internal/poller"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const every = 5 * time.Second

// server is who is asked: it keeps when it was asked for what.
type server struct {
	takes time.Duration // for an answer

	mu     sync.Mutex
	begun  time.Time
	asked  []time.Duration
	ids    [][]string
	states map[string]string // "" is of what it does not know
	err    error
	inside int
	most   int // polls at once
}

func newServer() *server { return &server{begun: time.Now(), states: map[string]string{}} }

func (s *server) ask(ctx context.Context, ids []string) (map[string]string, error) {
	s.mu.Lock()
	s.asked, s.ids = append(s.asked, time.Since(s.begun)), append(s.ids, slices.Clone(ids))
	s.inside++
	s.most = max(s.most, s.inside)
	s.mu.Unlock()
	err := clock.Sleep(ctx, s.takes)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inside--
	if err != nil || s.err != nil {
		return nil, errors.Join(err, s.err)
	}
	told := map[string]string{}
	for _, id := range ids {
		if s.states[id] != "" {
			told[id] = s.states[id]
		}
	}
	return told, nil
}

func (s *server) set(id, state string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states[id] = state
}

// calls are how often it was asked, and for how many in all.
func (s *server) calls() (polls, ids int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, some := range s.ids {
		ids += len(some)
	}
	return len(s.asked), ids
}

func (s *server) source(batch int) poller.Source[string] {
	return poller.Source[string]{
		Ask: s.ask, Batch: batch,
		Ended: func(state string) bool { return state == "done" },
		Same:  func(a, b string) bool { return a == b },
	}
}

func newPoller() *poller.Poller[string] {
	return poller.New[string](poller.Config{Every: every, Limit: 2 * every, Now: time.Now, Jitter: func(time.Duration) time.Duration { return 0 }})
}

// wait waits for things until they are done or the time is over, as a caller does, and gives how long that took and
// what is known.
func wait(ctx context.Context, p *poller.Poller[string], s *server, key string, limit time.Duration, ids ...string) (time.Duration, map[string]poller.Answer[string], error) {
	var bell poller.Bell
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	begun := time.Now()
	w := p.Join(key, s.source(100), ids, &bell)
	defer w.Leave()
	for {
		err := w.Look(ctx)
		bell.Quiet()
		known := w.Answers()
		done := 0
		for _, a := range known {
			if a.Told == "done" {
				done++
			}
		}
		if done == len(ids) || err != nil || ctx.Err() != nil {
			return time.Since(begun), known, err
		}
		most := limit - time.Since(begun)
		if at, ok := w.Next(); ok {
			most = min(most, time.Until(at))
		}
		bell.Sleep(ctx, clock.Sleep, most)
	}
}

// TestManyShareTheirPolls holds that waits for the same hundred things take one call a poll, however many they are, and
// that each is told of the end at the poll that sees it.
func TestManyShareTheirPolls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		s.takes = 100 * time.Millisecond
		var all sync.WaitGroup
		for i := range 1000 {
			id := fmt.Sprint(i % 100)
			s.set(id, "running")
			all.Go(func() {
				time.Sleep(time.Duration(i) * time.Millisecond) // they come within a second
				took, known, err := wait(t.Context(), p, s, "k", time.Minute, id)
				if err != nil || known[id].Told != "done" || took > 25*time.Second {
					t.Errorf("after %v: %v, %v", took, known, err)
				}
			})
		}
		time.Sleep(20*time.Second + time.Millisecond)
		for i := range 100 {
			s.set(fmt.Sprint(i), "done")
		}
		time.Sleep(4 * time.Second)
		if polls, ids := s.calls(); polls > 5 || ids > 500 {
			t.Errorf("%d polls for %d ids in 24 s at %v, want 5 polls for 500", polls, ids, s.asked)
		}
		all.Wait()
		if s.most != 1 {
			t.Errorf("%d polls at once", s.most)
		}
	})
}

// TestLateComersLookSoon holds that what comes between two polls is not left waiting for the next, and that this puts
// the next off.
func TestLateComersLookSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		var all sync.WaitGroup
		for id, comes := range map[string]time.Duration{"a": 0, "b": time.Second, "c": 2 * time.Second} {
			s.set(id, "running")
			all.Go(func() {
				time.Sleep(comes)
				_, _, _ = wait(t.Context(), p, s, "k", 21*time.Second, id)
			})
		}
		all.Wait()
		want := []time.Duration{0, time.Second, 4500 * time.Millisecond, 15 * time.Second, 20 * time.Second}
		if !slices.Equal(s.asked, want) {
			t.Errorf("asked at %v, want %v", s.asked, want)
		}
		if !slices.Equal(s.ids[1], []string{"a", "b"}) {
			t.Errorf("the second poll is about %v, want what goes on as well", s.ids[1])
		}
	})
}

// TestOldThingsAreAskedForLessOften holds how often in an hour, and that new ones beside them are not affected.
func TestOldThingsAreAskedForLessOften(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		s.set("old", "running")
		_, _, _ = wait(t.Context(), p, s, "k", time.Hour, "old")
		polls, _ := s.calls()
		if polls < 120 || polls > 150 {
			t.Errorf("%d polls in an hour, want one each 30 s once it is old", polls)
		}
		s.set("new", "running")
		var all sync.WaitGroup
		all.Go(func() { _, _, _ = wait(t.Context(), p, s, "k", time.Minute, "old") })
		_, _, _ = wait(t.Context(), p, s, "k", time.Minute, "new")
		all.Wait()
		if after, _ := s.calls(); after-polls < 11 || after-polls > 13 {
			t.Errorf("%d polls in a minute with a new one, want 12", after-polls)
		}
	})
}

// TestPokes holds that a poke brings one poll for the thing that it names, and that many bring no more.
func TestPokes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		here := func(key string) bool { return key == "k" }
		if p.Poke(here, "a") {
			t.Error("a poke counts where nobody waits")
		}
		s.set("a", "running")
		s.set("b", "running")
		var all sync.WaitGroup
		all.Go(func() {
			if took, _, err := wait(t.Context(), p, s, "k", time.Minute, "a", "b"); err != nil || took != 12500*time.Millisecond {
				t.Errorf("it took %v: %v", took, err)
			}
		})
		time.Sleep(11 * time.Second)
		before, _ := s.calls()
		for range 1000 {
			p.Poke(here, "a") // and nothing has changed
			p.Poke(here, "strange")
			p.Poke(func(string) bool { return false }, "b")
		}
		synctest.Wait()
		time.Sleep(1499 * time.Millisecond)
		if after, _ := s.calls(); after != before+1 {
			t.Errorf("a thousand pokes brought %d polls, want 1", after-before)
		}
		s.set("a", "done")
		s.set("b", "done")
		time.Sleep(time.Millisecond)
		p.Poke(here, "b")
		all.Wait()
	})
}

// TestGroupsAreForgotten holds that nothing is left of waits that ended long ago.
func TestGroupsAreForgotten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, p := newServer(), newPoller()
		for i := range 100 {
			_, _, _ = wait(t.Context(), p, s, fmt.Sprint(i), time.Second, "a")
		}
		time.Sleep(time.Hour)
		_, _, _ = wait(t.Context(), p, s, "last", time.Second, "a")
		if n := p.Groups(); n != 1 {
			t.Errorf("%d groups are left, want the last", n)
		}
	})
}
