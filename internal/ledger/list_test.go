package ledger_test

import (
	"maps"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
)

func TestFiltersAndTotals(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		for i := range 5 {
			e := entry("", "")
			if i == 4 {
				e.Kind, e.Grant = "lipsync", "another grant"
			}
			r, err := w.l.Begin(w.Context(), e, nil, w.now.Add(time.Duration(i)*time.Minute))
			w.ok(err)
			w.ok(w.l.Finished(w.Context(), r.ID, ledger.Outcome{State: ledger.Done, Cost: cent, CostBasis: ledger.Computed}, w.now))
		}
		for want, f := range map[int]ledger.Filter{
			1: {Kind: "lipsync"}, 4: {Grants: []string{"a grant"}}, 3: {Since: w.now.Add(2 * time.Minute)}, 5: {State: ledger.Done},
			0: {State: ledger.Running}, 2: {Limit: 2},
		} {
			w.listed(f, want)
		}
		all, totals, err := w.l.List(w.Context(), "an account", ledger.Filter{Limit: 1})
		w.ok(err)
		if want := (ledger.Totals{Records: 5, Estimated: 250 * cent, Cost: 5 * cent}); totals != want {
			w.Errorf("the totals are %+v, want %+v", totals, want)
		}
		r, err := w.l.Begin(w.Context(), entry("", ""), nil, w.now)
		w.ok(err)
		w.ok(w.l.Finished(w.Context(), r.ID, ledger.Outcome{State: ledger.Done}, w.now))
		if _, totals, err = w.l.List(w.Context(), "an account", ledger.Filter{}); err != nil || totals.Untold != 1 || totals.Cost != 5*cent {
			w.Errorf("with one whose cost is not known, the totals are %+v, %v", totals, err)
		}
		if len(all) != 1 || all[0].Kind != "lipsync" {
			w.Errorf("the newest is %+v, want the lip-sync", all)
		}
	})
}

func TestKinds(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		video, lipsync := w.begin(entry("A title", "a key")), entry("Another", "another key")
		w.ok(w.l.Answered(w.Context(), video.ID, []string{"v1", "v2", "both"}))
		lipsync.Kind = "lipsync"
		w.ok(w.l.Answered(w.Context(), w.begin(lipsync).ID, []string{"l1", "both"}))
		got, err := w.other.Kinds(w.Context(), "an account", []string{"v1", "l1", "both", "nobody"})
		w.ok(err)
		if want := map[string]string{"v1": "video", "l1": "lipsync"}; !maps.Equal(got, want) {
			w.Errorf("got %v, want %v", got, want)
		}
		got, err = w.l.Kinds(w.Context(), "another account", []string{"v1"})
		w.ok(err)
		if len(got) > 0 {
			w.Errorf("another account is told %v", got)
		}
	})
}

func TestWhatIsNotSettled(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		lost := w.begin(entry("lost", ""))
		answered := w.begin(entry("answered", ""))
		w.ok(w.l.Answered(w.Context(), answered.ID, []string{"v1"}))
		open, err := w.l.Unsettled(w.Context(), "an account", w.now.Add(time.Minute), 10)
		w.ok(err)
		if len(open) != 1 || open[0].ID != lost.ID {
			w.Errorf("without an answer are %+v, want the one that was lost", open)
		}
		running, err := w.l.Running(w.Context(), "an account", 10)
		w.ok(err)
		if len(running) != 1 || len(running["video"]) != 1 || running["video"][0] != "v1" {
			w.Errorf("running are %v, want v1", running)
		}
	})
}
