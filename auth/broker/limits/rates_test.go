package limits_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/limit"
)

// records is a store in which every session is known.
type records struct {
	store.Store
	trimmed  []store.Caps
	trimFail error
}

func (*records) Session(_ context.Context, id store.Hash, _ time.Time) (store.Session, error) {
	return store.Session{ID: id}, nil
}

func (r *records) Trim(_ context.Context, most store.Caps) error {
	r.trimmed = append(r.trimmed, most)
	return r.trimFail
}

// TestDefaults holds the rates that a server has which sets none.
func TestDefaults(t *testing.T) {
	t.Parallel()
	var c limits.Config
	c.Defaults()
	for name, l := range map[string]struct {
		got          limit.Levels
		burst        int
		share, whole time.Duration
	}{
		"registrations": {c.Registrations, 60, 2 * time.Second, 200 * time.Millisecond},
		"keys":          {c.Keys, 60, time.Second, 100 * time.Millisecond},
		"codes":         {c.Codes, 20, 5 * time.Second, 500 * time.Millisecond},
		"flows":         {c.Flows, 100, time.Second, time.Second / 15},
		"devices":       {c.Devices, 30, 2 * time.Second, 200 * time.Millisecond},
		"documents":     {c.Documents, 20, 5 * time.Second, 500 * time.Millisecond},
		"failures":      {c.Failures, 60, time.Second, 50 * time.Millisecond},
	} {
		want := limit.Levels{Share: limit.Rate{Burst: l.burst, Every: l.share}, Whole: limit.Rate{Burst: 10 * l.burst, Every: l.whole}}
		if l.got != want {
			t.Errorf("%s: got %+v, want %+v", name, l.got, want)
		}
	}
	if want := (store.Caps{Clients: 20_000, Flows: 20_000, Devices: 5_000}); c.Rows != want {
		t.Errorf("the caps are %+v, want %+v", c.Rows, want)
	}
	set := limits.Config{Rows: store.Caps{Clients: 1, Flows: 2, Devices: -1}}
	set.Defaults()
	if want := (store.Caps{Clients: 1, Flows: 2, Devices: 5_000}); set.Rows != want {
		t.Errorf("of caps that are set, or below 0, are made %+v, want %+v", set.Rows, want)
	}
}

// TestRates holds how often a grant, a device and a browser get a turn, and that each has its own.
func TestRates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	full := limit.Levels{Share: limit.Rate{Burst: 1, Every: time.Hour}, Whole: limit.Rate{Burst: 1, Every: time.Hour}}
	wide := limit.Levels{Share: limit.Rate{Burst: 1000, Every: time.Millisecond}, Whole: limit.Rate{Burst: 1000, Every: time.Millisecond}}
	l := limits.New(limits.Config{Flows: full, Keys: wide, Codes: wide}, &records{}, func() time.Time { return now }, zerolog.Nop())
	l.Take(t.Context(), l.Flows) // the only one, so that whoever has signed in before has their own turns
	one, other, flow := store.Hash{1}, store.Hash{2}, store.Hash{3}
	for name, c := range map[string]struct {
		take, others func() time.Duration
		burst        int
		every        time.Duration
	}{
		"refreshes of a grant": {
			func() time.Duration { return l.TakeRefresh("one") }, func() time.Duration { return l.TakeRefresh("other") }, 5, 10 * time.Second,
		},
		"polls of a device": {
			func() time.Duration { return l.TakePoll(one) }, func() time.Duration { return l.TakePoll(other) }, 10, 2 * time.Second,
		},
		"sign-ins of a known browser": {
			func() time.Duration { return l.TakeForBrowser(t.Context(), one, l.Flows) },
			func() time.Duration { return l.TakeForBrowser(t.Context(), other, l.Flows) }, 10, 30 * time.Second,
		},
		"codes of a browser": {
			func() time.Duration { return l.TakeCode(t.Context(), one) }, func() time.Duration { return l.TakeCode(t.Context(), other) }, 8, time.Minute,
		},
	} {
		for i := range c.burst {
			if got := c.take(); got != 0 {
				t.Errorf("%s: number %d waits %s, want none", name, i+1, got)
			}
		}
		if got := c.take(); got != c.every {
			t.Errorf("%s: after %d the next waits %s, want %s", name, c.burst, got, c.every)
		}
		if got := c.others(); got != 0 {
			t.Errorf("%s: another one waits %s, want none", name, got)
		}
	}
	// A key that the flow or the browser may not try any more costs a known browser one of its own turns.
	for i := range 8 + 9 {
		if got := l.TakeKey(t.Context(), other, flow); got != 0 {
			t.Errorf("key %d waits %s, want none", i+1, got)
		}
	}
	if got, want := l.TakeKey(t.Context(), other, flow), 30*time.Second; got != want {
		t.Errorf("after all turns a key waits %s, want %s", got, want)
	}
}

// TestCountRow holds after how many rows the tables are trimmed, and that a failure is in the log
// unless the request was canceled.
func TestCountRow(t *testing.T) {
	t.Parallel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		rows  store.Caps
		every int
	}{
		{store.Caps{Clients: 20_000, Flows: 20_000, Devices: 5_000}, 64},
		{store.Caps{Clients: 3, Flows: 100, Devices: 100}, 3},
		{store.Caps{Clients: 100, Flows: 4, Devices: 100}, 4},
		{store.Caps{Clients: 100, Flows: 100, Devices: 5}, 5},
		{store.Caps{}, 1},
	} {
		var log bytes.Buffer
		r := &records{trimFail: errors.New("the store is away")}
		l := limits.New(limits.Config{Rows: c.rows}, r, time.Now, zerolog.New(&log))
		for range c.every - 1 {
			l.CountRow(t.Context())
		}
		if len(r.trimmed) != 0 {
			t.Errorf("%+v: trimmed before row %d", c.rows, c.every)
		}
		l.CountRow(t.Context())
		if len(r.trimmed) != 1 || r.trimmed[0] != c.rows {
			t.Errorf("%+v: at row %d trimmed to %+v", c.rows, c.every, r.trimmed)
		}
		if !strings.Contains(log.String(), "the store is away") {
			t.Errorf("%+v: the log has %q, want the failure", c.rows, &log)
		}
		log.Reset()
		for range c.every {
			l.CountRow(canceled)
		}
		if len(r.trimmed) != 2 || log.Len() != 0 {
			t.Errorf("%+v: trimmed %d times, want 2, and after the request the log has %q", c.rows, len(r.trimmed), &log)
		}
	}
}
