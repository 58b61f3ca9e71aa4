package registry

import (
	"fmt"
	"testing"
	"time"

	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/limit"
)

// TestTheOldestDocumentGoes holds that a full memory loses what was not used for longest, and
// documents of clients that people use after all others.
func TestTheOldestDocumentGoes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	d := newDocuments(nil, clients.Policy{}, func() time.Time { return now }, limit.Levels{})
	keep := func(id string, kept bool) {
		now = now.Add(time.Millisecond)
		d.keep(id, document{until: now.Add(time.Hour), kept: kept, used: now})
	}
	keep("kept", true)
	for i := range mostDocuments + 100 {
		keep(fmt.Sprint(i), false)
		if _, ok := d.recall("0"); !ok {
			t.Fatalf("after %d others, one that is used is gone", i)
		}
	}
	has := func(id string) bool { _, ok := d.known[id]; return ok }
	if len(d.known) != mostDocuments || !has("kept") || has("1") || !has(fmt.Sprint(mostDocuments+99)) {
		t.Errorf("%d are left; the kept one %t, an old one %t, the newest %t", len(d.known), has("kept"), has("1"), has(fmt.Sprint(mostDocuments+99)))
	}
}
