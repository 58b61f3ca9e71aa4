package limit_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"heygen-mcp/internal/limit"
)

func begin() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

func TestShareAndWhole(t *testing.T) {
	t.Parallel()
	l := limit.New[string](limit.Levels{Share: limit.Rate{Burst: 3, Every: 10 * time.Second}, Whole: limit.Rate{Burst: 6, Every: time.Second}})
	now := begin()
	through := map[bool]int{}
	for range 100 {
		wait := l.Take("stranger", now)
		if through[wait == 0]++; wait != 0 && wait != 10*time.Second {
			t.Fatalf("the wait is %v, want 10s", wait)
		}
	}
	if through[true] != 3 {
		t.Fatalf("%d got through, want the share of 3", through[true])
	}
	// 97 refusals took nothing from the whole: three are left for others.
	for i := range 3 {
		if wait := l.Take("neighbor", now); wait != 0 {
			t.Errorf("take %d of a neighbor waits %v", i, wait)
		}
	}
	if wait := l.Take("third", now); wait != time.Second {
		t.Errorf("with the whole used up the wait is %v, want 1s", wait)
	}
	// And who was refused by the whole has lost nothing of the share.
	now = now.Add(3 * time.Second)
	for i := range 3 {
		if wait := l.Take("third", now); wait != 0 {
			t.Errorf("take %d after three seconds waits %v", i, wait)
		}
	}
	now = now.Add(10 * time.Second)
	if l.Wait("stranger", now) != 0 || l.Take("stranger", now) != 0 || limit.Seconds(l.Wait("stranger", now)) != 7 {
		t.Error("a turn comes back every ten seconds, and one only")
	}
}

func TestATableIsBounded(t *testing.T) {
	t.Parallel()
	l := limit.New[int](limit.Levels{Share: limit.Rate{Burst: 1, Every: time.Hour}, Whole: limit.Rate{Burst: 1e9, Every: time.Nanosecond}})
	now := begin()
	for i := range 3 * limit.MaxKeys {
		l.Take(i, now)
		if i%100 == 0 && l.Wait(0, now) == 0 {
			t.Fatal("a key that is used was forgotten")
		}
	}
	if n := l.Keys(); n != limit.MaxKeys {
		t.Errorf("%d keys are remembered, want %d", n, limit.MaxKeys)
	}
}

func TestSeconds(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{0: "1", time.Millisecond: "1", time.Second: "1", time.Second + 1: "2", time.Minute: "60"} {
		h := http.Header{}
		if limit.SetRetryAfter(h, wait); h.Get("Retry-After") != want {
			t.Errorf("%v is %q, want %q", wait, h.Get("Retry-After"), want)
		}
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	s := limit.NewSlots[string](1, 1)
	leave, err := s.Enter(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.Enter(t.Context(), "b")
	if err != nil {
		t.Fatal("another key has slots of its own:", err)
	}
	other()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Enter(gone, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("one who has left is told %v", err)
	}
	entered := make(chan error, 2)
	for range 2 {
		go func() {
			leave, err := s.Enter(t.Context(), "a")
			if err == nil {
				defer leave()
			}
			entered <- err
		}()
	}
	if err := <-entered; !errors.Is(err, limit.ErrFull) { // one of the two waits, the other is one too many
		t.Errorf("one too many is told %v", err)
	}
	leave()
	if err := <-entered; err != nil {
		t.Errorf("who waited is told %v", err)
	}
}
