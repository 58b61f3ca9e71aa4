package ledger_test

import (
	"sync"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
)

// TestNearKeysAreOneCall holds that a call is the one that was begun under another of its keys while that lasts, on
// whatever replica, and is to be sent under that one's key; a call apart gets that key for a record of its own.
func TestNearKeysAreOneCall(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		near := func(key string, others ...string) ledger.Entry {
			e := entry("", key)
			e.Near, e.KeyLasts = others, 10*time.Minute
			return e
		}
		before := w.begin(near("b", "a", "c"))
		w.now = w.now.Add(10*time.Minute - time.Millisecond)
		for name, e := range map[string]ledger.Entry{"the one after": near("c", "b", "d"), "the one before": near("a", "", "b")} {
			r, err := w.other.Begin(w.Context(), e, nil, w.now)
			if w.ok(err); r.ID != before.ID || r.Key != "b" {
				w.Errorf("%s gave the record %s under %q, want %s under b", name, r.ID, r.Key, before.ID)
			}
		}
		apart := near("c", "b", "d")
		apart.Apart = true
		if r := w.begin(apart); r.ID == before.ID || r.Key != "b" {
			w.Errorf("a call apart has the record %s under %q, want its own under b", r.ID, r.Key)
		}
		other := near("c", "b", "d")
		other.Tool = "create_lipsync"
		if r := w.begin(other); r.ID == before.ID || r.Key != "c" {
			w.Errorf("another tool's call has the record %s under %q", r.ID, r.Key)
		}
		w.ok(w.l.Refused(w.Context(), before.ID, w.now))
		w.now = w.now.Add(10 * time.Minute)
		if r := w.begin(near("c", "b", "d")); r.ID == before.ID || r.Key != "c" {
			w.Errorf("ten minutes later the record is %s under %q, want a new one under c", r.ID, r.Key)
		}
	})
}

// TestEqualCallsAtOnce holds that of equal calls that begin at once on both sides of the end of a slot, midnight among
// them, and on two replicas, all have one record.
func TestEqualCallsAtOnce(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		for i := range 20 {
			end := w.now.Add(time.Duration(i) * time.Hour).Add(time.Duration(i) * 20 * time.Minute).Truncate(20 * time.Minute)
			if i%2 == 0 {
				end = ledger.ResetAfter(end)
			}
			var all sync.WaitGroup
			var records sync.Map
			for n := range 6 {
				all.Go(func() {
					e, at, l := entry("", "a"), end.Add(-time.Second), w.l
					e.Near, e.KeyLasts = []string{"z", "b"}, 10*time.Minute
					if n%2 == 1 {
						e.Key, e.Near, at, l = "b", []string{"a", "c"}, end.Add(time.Second), w.other
					}
					r, err := l.Begin(w.Context(), e, nil, at)
					if err != nil {
						w.Error(err)
					}
					records.Store(r.ID, true)
				})
			}
			all.Wait()
			n := 0
			records.Range(func(any, any) bool { n++; return true })
			if n != 1 {
				w.Errorf("at %s there are %d records, want 1", end, n)
			}
		}
	})
}

// TestApartCallsShareAKeyForItsTime holds that the key of calls apart stands from the first of them, however many
// follow.
func TestApartCallsShareAKeyForItsTime(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		apart := func(key string, near ...string) ledger.Entry {
			e := entry("", key)
			e.Near, e.KeyLasts, e.Apart = near, 10*time.Minute, true
			return e
		}
		first := w.begin(apart("a", "z", "b"))
		w.now = w.now.Add(9 * time.Minute)
		if r := w.begin(apart("b", "a", "c")); r.Key != "a" || r.ID == first.ID || r.Found {
			w.Errorf("nine minutes later the key is %q, want a, for a record of its own", r.Key)
		}
		w.now = w.now.Add(time.Minute)
		if r := w.begin(apart("b", "a", "c")); r.Key != "b" {
			w.Errorf("ten minutes later the key is %q, want b", r.Key)
		}
	})
}
