package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/internal/ledger"
)

// TestCostsAreTold holds that what calls and jobs have cost is told once each, as soon as it is
// known, and that nothing is told of what cost nothing.
func TestCostsAreTold(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		var told []string
		w.l.Told = func(tool string, cost ledger.Money) { told = append(told, fmt.Sprint(tool, " ", int64(cost/cent))) }
		done := func(seconds float64) ledger.Outcome {
			return ledger.Outcome{State: ledger.Done, Seconds: seconds}
		}
		priced := entry("", "")
		priced.Estimate.Price = ledger.Price{PerSecond: 10 * cent}
		priced.Tool = "jobs"
		w.ok(w.l.Answered(w.Context(), w.begin(priced).ID, []string{"free", "untold", "four", "failed"}))
		for id, o := range map[string]ledger.Outcome{
			"free": {State: ledger.Done, CostBasis: ledger.Told}, "untold": done(0), "four": done(4), "failed": {State: ledger.Failed},
		} {
			for range 2 {
				_, err := w.l.JobEnded(w.Context(), "an account", "video", id, o, w.now)
				w.ok(err)
			}
		}
		for range 2 {
			j, err := w.l.Charged(w.Context(), "an account", "video", "untold", 7*cent)
			w.ok(err)
			if j.Cost != 7*cent || j.CostBasis != ledger.Computed {
				w.Errorf("what is told later is %+v", j)
			}
		}
		priced.Tool = "at once"
		r := w.begin(priced)
		for range 2 {
			w.ok(w.l.Finished(w.Context(), r.ID, done(3), w.now))
		}
		const want = "jobs 40,jobs 7,at once 30"
		if got := strings.Join(told, ","); got != want {
			w.Errorf("told %s, want %s", got, want)
		}
		for _, err := range []error{
			w.l.Finished(w.Context(), "no record", done(3), w.now),
			w.l.Refused(w.Context(), "no record", w.now),
		} {
			if err == nil {
				w.Error("a record that is not there can be ended")
			}
		}
		if got := strings.Join(told, ","); got != want {
			w.Errorf("of what is not there %s is told, want nothing more", got)
		}
	})
}

// TestALengthOfNothing holds that a price by the second says nothing of what has no length.
func TestALengthOfNothing(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		e := entry("", "")
		e.Estimate.Price = ledger.Price{PerSecond: 10 * cent, PerJob: 5 * cent}
		w.ok(w.l.Answered(w.Context(), w.begin(e).ID, []string{"v"}))
		j, err := w.l.JobEnded(w.Context(), "an account", "video", "v", ledger.Outcome{State: ledger.Done}, w.now)
		w.ok(err)
		if j.CostBasis != "" || j.Cost != 0 {
			w.Errorf("the job has cost %d, %q, want that it is not known", j.Cost, j.CostBasis)
		}
		w.spends(50 * cent)
	})
}
