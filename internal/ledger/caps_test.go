package ledger_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/internal/ledger"
)

func TestCaps(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		account, grant := ledger.Cap{Most: 120 * cent}, ledger.Cap{Grant: true, Most: 70 * cent}
		w.begin(entry("", ""), account, grant)
		over := func(want ledger.OverError, e ledger.Entry) {
			w.Helper()
			_, err := w.l.Begin(w.Context(), e, []ledger.Cap{account, grant}, w.now)
			got, ok := errors.AsType[*ledger.OverError](err)
			if !ok || *got != want {
				w.Errorf("the error is %+v, want %+v", err, want)
			}
		}
		midnight := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
		over(ledger.OverError{Cap: grant, Left: 20 * cent, Wants: 50 * cent, Reset: midnight}, entry("", ""))
		w.spends(50 * cent)
		elsewhere := entry("", "")
		elsewhere.Grant = "another grant"
		w.begin(elsewhere, account, grant)
		elsewhere.Grant = ""
		over(ledger.OverError{Cap: account, Left: 20 * cent, Wants: 50 * cent, Reset: midnight}, elsewhere)
		w.now = midnight
		w.begin(entry("", ""), account, grant)
		w.spends(50 * cent)
	})
}

// TestSpentSince sums what connections have spent, from the beginning of a day on.
func TestSpentSince(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		begun := w.now
		for i := range 3 {
			w.now = begun.AddDate(0, 0, i)
			w.begin(entry("", ""))
			other := entry("", "")
			other.Grant = "another grant"
			w.begin(other)
		}
		one, both := []string{"a grant"}, []string{"a grant", "another grant"}
		for _, c := range []struct {
			grants []string
			since  time.Time
			want   ledger.Money
		}{
			{one, w.now, 50 * cent}, {one, begun.Add(11 * time.Hour), 150 * cent}, {both, begun.AddDate(0, 0, 1), 200 * cent},
			{both, begun, 300 * cent}, {[]string{"no grant"}, begun, 0}, {nil, begun, 0},
		} {
			if got, err := w.other.SpentSince(w.Context(), c.grants, c.since); err != nil || got != c.want {
				w.Errorf("%v since %v: %v, %v, want %v", c.grants, c.since, got, err, c.want)
			}
		}
	})
}

// TestManyAtOnceNeverPassACap begins 200 calls at once on two replicas under a cap that has room
// for 60: one of the account, one of the connection, and both, of which the lower binds.
func TestManyAtOnceNeverPassACap(t *testing.T) {
	t.Parallel()
	const calls, room = 200, 60
	low, high := ledger.Money(room*50*cent), ledger.Money(calls*50*cent)
	for name, caps := range map[string][]ledger.Cap{
		"account": {{Most: low}}, "connection": {{Grant: true, Most: low}},
		"both, that of the account lower":    {{Most: low}, {Grant: true, Most: high}},
		"both, that of the connection lower": {{Most: high}, {Grant: true, Most: low}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onDatabases(t, func(w *world) {
				began, over := w.atOnce(calls, caps)
				if began != room || over != calls-room {
					w.Errorf("%d calls began and %d were refused, want %d and %d", began, over, room, calls-room)
				}
				w.spends(low)
			})
		})
	}
}

// atOnce begins calls at once on two replicas, and counts those that began and those that a cap did not allow.
func (w *world) atOnce(calls int, caps []ledger.Cap) (began, over int64) {
	w.Helper()
	var all sync.WaitGroup
	var started, refused atomic.Int64
	for i := range calls {
		l := w.l
		if i%2 == 1 {
			l = w.other
		}
		all.Go(func() {
			_, err := l.Begin(w.Context(), entry("", ""), caps, w.now)
			switch _, is := errors.AsType[*ledger.OverError](err); {
			case err == nil:
				started.Add(1)
			case is:
				refused.Add(1)
			default:
				w.Error(err)
			}
		})
	}
	all.Wait()
	return started.Load(), refused.Load()
}

// TestManyWithOneKey begins one call many times at once.
func TestManyWithOneKey(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		var all sync.WaitGroup
		var records sync.Map
		for i := range 40 {
			l := w.l
			if i%2 == 1 {
				l = w.other
			}
			all.Go(func() {
				r, err := l.Begin(w.Context(), entry("", "a key"), nil, w.now)
				if err == nil {
					err = l.Answered(w.Context(), r.ID, []string{"v1"})
				}
				if err != nil {
					w.Error(err)
				}
				records.Store(r.ID, true)
			})
		}
		all.Wait()
		w.listed(ledger.Filter{}, 1)
		w.spends(50 * cent)
	})
}

func TestDollars(t *testing.T) {
	t.Parallel()
	for usd, want := range map[float64]ledger.Money{0: 0, 0.1: 100_000, 0.7 * 3: 2_100_000, 0.0000001: 1, 12.5: 12_500_000} {
		if got := ledger.Dollars(usd); got != want {
			t.Errorf("Dollars(%v) is %d, want %d", usd, got, want)
		}
	}
	if got := ledger.Money(1_250_000).USD(); got != 1.25 {
		t.Errorf("1250000 millionths are %v USD, want 1.25", got)
	}
}
