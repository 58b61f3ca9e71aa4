package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
)

// ends ends a job of the account.
func (w *world) ends(id string, s ledger.State) {
	w.Helper()
	_, err := w.l.JobEnded(w.Context(), "an account", "video", id, ledger.Outcome{State: s}, w.now)
	w.ok(err)
}

// TestPartsOfAnEstimate holds that the parts of jobs are the whole, and that a job that is told
// later has the part of one of all.
func TestPartsOfAnEstimate(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		w.ok(w.l.Answered(w.Context(), w.begin(entry("", "")).ID, []string{"1", "2", "3"}))
		for _, c := range []struct {
			id   string
			left ledger.Money
		}{{"1", 333_332}, {"2", 166_666}, {"3", 0}} {
			w.ends(c.id, ledger.Failed)
			w.spends(c.left)
		}
		later := w.begin(entry("", ""))
		w.ok(w.l.Answered(w.Context(), later.ID, []string{"4", "5"}))
		w.ok(w.l.Answered(w.Context(), later.ID, []string{"4", "5", "6"}))
		w.spends(50 * cent)
		w.ends("6", ledger.Failed)
		w.spends(333_334)
	})
}

// TestAnswersOutOfOrder holds what an answer makes of a record that was given up or is done, and
// that one without jobs is one all the same.
func TestAnswersOutOfOrder(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		state := func(what string, want ledger.State, jobs int) {
			w.Helper()
			r := w.listed(ledger.Filter{State: want}, 1)[0]
			if len(r.Jobs) != jobs {
				w.Errorf("%s: the record has %d jobs, want %d", what, len(r.Jobs), jobs)
			}
		}
		r := w.begin(entry("", ""))
		w.ok(w.l.Refused(w.Context(), r.ID, w.now))
		w.spends(0)
		state("given up", ledger.Refused, 0)
		w.ok(w.l.Answered(w.Context(), r.ID, []string{"v"}))
		w.spends(50 * cent)
		state("answered after all", ledger.Running, 1)
		w.ok(w.l.Refused(w.Context(), r.ID, w.now))
		state("given up once more", ledger.Running, 1)
		w.ends("v", ledger.Done)
		w.ok(w.l.Answered(w.Context(), r.ID, []string{"v"}))
		state("answered once more", ledger.Done, 1)
		w.ok(w.l.Answered(w.Context(), w.begin(entry("", "")).ID, nil))
		state("answered without jobs", ledger.Running, 0)
		w.spends(100 * cent)
	})
}

// TestManyRecords holds that the jobs of each of many records are read.
func TestManyRecords(t *testing.T) {
	t.Parallel()
	const records = 501 // one more than are asked about at once
	db := opened(t, "", "")
	w := &world{T: t, l: kept(t, db), other: kept(t, db), now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	for i := range records {
		w.ok(w.l.Answered(w.Context(), w.begin(entry("", "")).ID, []string{fmt.Sprint(i)}))
	}
	for _, r := range w.listed(ledger.Filter{Limit: records}, records) {
		if len(r.Jobs) != 1 {
			t.Errorf("the record %s has %d jobs, want one", r.ID, len(r.Jobs))
		}
	}
}
