package ledger_test

import (
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
