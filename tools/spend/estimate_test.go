package spend_test

import (
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/spend"
)

// TestThePricesOfABatch holds that those of its items are recorded in their order.
func TestThePricesOfABatch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	e := three(spend.Price{PerSecond: 0.25})
	e.Members = []spend.Price{{PerSecond: 0.5, PerJob: 1}, {PerJob: 2}}
	w.begin(e)
	for i, c := range []struct {
		id   string
		want float64
	}{{"one", 3}, {"two", 2}} {
		if err := w.ledger.NameMembers(t.Context(), "a", "video", "v", "item", map[int]string{i: c.id}); err != nil {
			t.Fatal(err)
		}
		j, err := w.ledger.JobEnded(t.Context(), "a", "item", c.id, ledger.Outcome{State: ledger.Done, Seconds: 4}, time.Now())
		if err != nil || j.Cost != ledger.Dollars(c.want) {
			t.Errorf("item %d costs %v USD, %v, want %v", i, j.Cost.USD(), err, c.want)
		}
	}
}

// TestMost holds that the most of no estimate is not known.
func TestMost(t *testing.T) {
	t.Parallel()
	var none *spend.Estimate
	data := map[string]any{}
	if none.Tell(data); none.Most() != nil || len(data) != 0 {
		t.Errorf("no estimate is of %v at the most, and told as %v", none.Most(), data)
	}
	if got := three(spend.Price{}).Most(); got == nil || *got != 3 {
		t.Errorf("got %v, want 3", got)
	}
}

// TestWords holds when an estimate says what would bound it.
func TestWords(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]spend.Estimate{
		"b":               {Basis: "b"},
		"b. Send a file.": {Basis: "b", ToBound: "Send a file."},
		"b. The high end is of the longest that it can be. Send a file.": {Basis: "b", ToBound: "Send a file.", High: new(1.0)},
	} {
		if got := e.Words(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestLengthOf holds that of a file at hand whose length cannot be read its size tells the most.
func TestLengthOf(t *testing.T) {
	t.Parallel()
	header := strings.Repeat("\x00", 12) + "\x00\x00\x03\xe8" + "\x00\x00\x9c\x40" + strings.Repeat("\x00", 80)
	film := atom("ftyp", "isom") + atom("moov", atom("mvhd", header))
	if got := spend.LengthOf([]byte(film), "video/mp4"); got != (spend.Length{Seconds: 40}) {
		t.Errorf("of a film: got %+v, want 40 s", got)
	}
	if got := spend.LengthOf([]byte(strings.Repeat("x", 1000)), "video/mp4"); got.Seconds != 0 || got.Most == 0 {
		t.Errorf("of what is none: got %+v, want a bound alone", got)
	}
}

// TestKnown holds that a price by the second or by the job tells a cost.
func TestKnown(t *testing.T) {
	t.Parallel()
	for p, want := range map[spend.Price]bool{{}: false, {PerSecond: 1}: true, {PerJob: -1}: true, {PerSecond: 1, PerJob: 1}: true} {
		if got := p.Known(); got != want {
			t.Errorf("%+v tells the cost: %t, want %t", p, got, want)
		}
	}
}
