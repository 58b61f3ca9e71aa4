package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
)

// batch begins a batch of three items: one by the second, one for a flat price, one whose length does not tell its
// cost.
func (w *world) batch() ledger.Record {
	w.Helper()
	e := entry("", "")
	e.Kind = "video_batch"
	e.Estimate.Members = []ledger.Price{{PerSecond: 2 * cent}, {PerJob: 7 * cent}, {}}
	r := w.begin(e)
	w.ok(w.l.Answered(w.Context(), r.ID, []string{"b1"}))
	return r
}

// TestItemsOfABatchHavePricesOfTheirOwn follows a batch from its create to its sum.
func TestItemsOfABatchHavePricesOfTheirOwn(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		w.batch()
		w.ok(w.l.NameMembers(w.Context(), "an account", "video_batch", "b1", "video", map[int]string{0: "v0", 1: "v1", 2: "v2"}))
		w.ok(w.other.NameMembers(w.Context(), "an account", "video_batch", "b1", "video", map[int]string{0: "another"})) // told again
		kinds, err := w.other.Kinds(w.Context(), "an account", []string{"v0", "b1"})
		w.ok(err)
		if kinds["v0"] != "video" || kinds["b1"] != "video_batch" {
			w.Errorf("the kinds are %v", kinds)
		}
		for id, want := range map[string]ledger.Job{
			"v0": {Seconds: 4.5, Cost: 9 * cent, CostBasis: ledger.Computed}, "v1": {Seconds: 4.5, Cost: 7 * cent, CostBasis: ledger.Computed},
			"v2": {Seconds: 4.5},
		} {
			for range 2 {
				j, err := w.l.JobEnded(w.Context(), "an account", "video", id, ledger.Outcome{State: ledger.Done, Seconds: 4.5}, w.now)
				w.ok(err)
				if j.ID != id || j.Seconds != want.Seconds || j.Cost != want.Cost || j.CostBasis != want.CostBasis {
					w.Errorf("the item %s is %+v, want %+v", id, j, want)
				}
			}
		}
		w.spends(50 * cent) // which the batch has reserved
		j, err := w.l.Charged(w.Context(), "an account", "video", "v2", 3*cent)
		w.ok(err)
		if j.Cost != 3*cent || j.CostBasis != ledger.Computed {
			w.Errorf("the item whose length tells no cost is %+v, want 3 cents", j)
		}
		members, err := w.other.Members(w.Context(), "an account", "video_batch", "b1")
		w.ok(err)
		var sum ledger.Money
		for i, m := range members {
			if sum += m.Cost; m.Position != i || m.State != ledger.Done {
				w.Errorf("the item %d is %+v", i, m)
			}
		}
		if len(members) != 3 || sum != 19*cent {
			w.Errorf("the items %+v cost %d, want 19 cents for three", members, sum)
		}
		priced, err := w.l.Jobs(w.Context(), "an account", "video", []string{"v0", "nobody"})
		w.ok(err)
		if len(priced) != 1 || priced["v0"].Cost != 9*cent {
			w.Errorf("the jobs are %+v", priced)
		}
		if none, err := w.l.Members(w.Context(), "another", "video_batch", "b1"); err != nil || len(none) > 0 {
			w.Errorf("another account sees %v, %v", none, err)
		}
	})
}

// TestACostThatIsToldLater holds that what was reserved counts as spent until something else than the length tells the
// cost, and that it is told once.
func TestACostThatIsToldLater(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		r := w.batch()
		ended := w.now.Add(time.Minute)
		j, err := w.l.JobEnded(w.Context(), "an account", "video_batch", "b1", ledger.Outcome{State: ledger.Done}, ended)
		w.ok(err)
		if j.CostBasis != "" {
			w.Errorf("without the items' costs the batch is %+v", j)
		}
		w.spends(50 * cent)
		unpriced, err := w.l.Unpriced(w.Context(), "an account", 10)
		w.ok(err)
		if len(unpriced["video_batch"]) != 1 {
			w.Errorf("those whose cost is not known are %v, want the batch", unpriced)
		}
		for _, cost := range []ledger.Money{19 * cent, 40 * cent} { // the second time it is known
			j, err := w.l.Charged(w.Context(), "an account", "video_batch", "b1", cost)
			w.ok(err)
			if j.Cost != 19*cent || j.CostBasis != ledger.Computed {
				w.Errorf("told of %d, the batch is %+v, want 19 cents", cost, j)
			}
			w.spends(19 * cent)
		}
		got := w.listed(ledger.Filter{State: ledger.Done}, 1)[0]
		if got.ID != r.ID || got.Cost != 19*cent || got.CostBasis != ledger.Computed || !got.Ended.Equal(ended) {
			w.Errorf("the record is %+v", got)
		}
		if unpriced, err := w.l.Unpriced(w.Context(), "an account", 10); err != nil || len(unpriced) > 0 {
			w.Errorf("those whose cost is not known are %v, %v, want none", unpriced, err)
		}
	})
}

// TestARecordIsPricedWhenAllOfItIs holds that the cost of a call is told once that of each of its jobs is known.
func TestARecordIsPricedWhenAllOfItIs(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		r := w.begin(entry("", ""))
		w.ok(w.l.Answered(w.Context(), r.ID, []string{"v1", "v2"}))
		for _, id := range []string{"v1", "v2"} {
			_, err := w.l.JobEnded(w.Context(), "an account", "video", id, ledger.Outcome{State: ledger.Done, Seconds: 3}, w.now)
			w.ok(err)
		}
		_, err := w.l.Charged(w.Context(), "an account", "video", "v1", 5*cent)
		w.ok(err)
		if got := w.listed(ledger.Filter{}, 1)[0]; got.CostBasis != "" {
			w.Errorf("with one of two costs known the record is %+v", got)
		}
		w.spends(30 * cent)
		_, err = w.l.Charged(w.Context(), "an account", "video", "v2", 6*cent)
		w.ok(err)
		if got := w.listed(ledger.Filter{}, 1)[0]; got.CostBasis != ledger.Computed || got.Cost != 11*cent {
			w.Errorf("with both costs known the record is %+v, want 11 cents", got)
		}
		w.spends(11 * cent)
	})
}

// TestAMixedPriceIsALine holds that seconds of several prices cost what they do together, and never less than nothing.
func TestAMixedPriceIsALine(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		for seconds, want := range map[float64]ledger.Money{10: 10 * cent, 5: 0, 2: 0} {
			e := entry("", "")
			e.Estimate.Price = ledger.Price{PerSecond: 2 * cent, PerJob: -10 * cent}
			r, id := w.begin(e), fmt.Sprint("v", seconds)
			w.ok(w.l.Answered(w.Context(), r.ID, []string{id}))
			j, err := w.l.JobEnded(w.Context(), "an account", "video", id, ledger.Outcome{State: ledger.Done, Seconds: seconds}, w.now)
			w.ok(err)
			if j.Cost != want || j.CostBasis != ledger.Computed {
				w.Errorf("%v s cost %+v, want %d", seconds, j, want)
			}
		}
	})
}
