package tally_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"heygen-mcp/auth/broker/tally"
	"heygen-mcp/auth/store"
)

// book is a store that counts alone, and fails while it is told to.
type book struct {
	store.Store
	fails error
	all   []store.Calls
}

func (b *book) AddCalls(_ context.Context, c store.Calls) error {
	if b.fails == nil {
		b.all = append(b.all, c)
	}
	return b.fails
}

// TestTally holds that calls are counted by grant and day, that all are handed on once, and that
// none is lost by a store that fails.
func TestTally(t *testing.T) {
	t.Parallel()
	var of tally.Tally
	now := time.Date(2026, 11, 24, 23, 59, 0, 0, time.UTC)
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() { of.Note("g", now.Add(time.Duration(i)*time.Second)) })
	}
	all.Wait()
	of.Note("g", now.Add(time.Minute))
	of.Note("h", now)
	b := &book{fails: errors.New("away")}
	if err := of.HandOn(t.Context(), b); !errors.Is(err, b.fails) {
		t.Errorf("a store that fails: %v", err)
	}
	of.Note("h", now)
	b.fails = nil
	for range 2 {
		if err := of.HandOn(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	want := map[store.Calls]bool{
		{Grant: "g", Count: 10, Last: now.Add(9 * time.Second)}: true,
		{Grant: "g", Count: 1, Last: now.Add(time.Minute)}:      true,
		{Grant: "h", Count: 2, Last: now}:                       true,
	}
	for _, c := range b.all {
		if !want[c] {
			t.Errorf("handed on: %+v", c)
		}
	}
	if len(b.all) != len(want) {
		t.Errorf("%d counts were handed on, want %d", len(b.all), len(want))
	}
}
