package spend_test

import (
	"context"
	"fmt"
	"testing"

	"heygen-mcp/tools/spend"
)

// rows is a list of that many videos, v and others, at their ends.
func rows(n int) map[string]any {
	items := []any{done()}
	for i := 1; i < n; i++ {
		other := done()
		other["video_id"] = fmt.Sprint("other", i)
		items = append(items, other)
	}
	return map[string]any{"items": items}
}

// TestManyRowsAreAskedForAtOnce holds that a list of jobs that were made elsewhere costs two questions to the ledger,
// however long it is, where a transaction for each would be hundreds.
func TestManyRowsAreAskedForAtOnce(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "map[SELECT:1 transaction:1]", 2: "map[SELECT:2]", 100: "map[SELECT:2]"} {
		w := newWorld(t)
		clear(w.stated)
		w.book.Settle(t.Context(), videos(false), rows(n))
		if got := fmt.Sprint(w.stated); got != want {
			t.Errorf("for %d rows the ledger was asked %s, want %s", n, got, want)
		}
	}
}

// TestALedgerThatIsAwayKnowsOfNoRow holds that rows which the ledger could not be asked for are settled by the next
// answer that has them, and not taken for jobs of no record.
func TestALedgerThatIsAwayKnowsOfNoRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.begin(three(spend.Price{PerSecond: 0.25}))
	away, cancel := context.WithCancel(t.Context())
	cancel()
	w.away = true
	w.book.Settle(away, videos(false), rows(2))
	w.away = false
	if w.told != 2 {
		t.Errorf("trouble was told %d times, want for each of 2 rows", w.told)
	}
	w.spends(3)
	w.book.Settle(t.Context(), videos(false), rows(2))
	w.spends(1)
}
