package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"go.uber.org/goleak"

	"heygen-mcp/internal/database"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/internal/pgtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const cent = ledger.Money(10_000)

// world is one test: ledgers of the same records, as replicas have them, and a time.
type world struct {
	*testing.T
	l, other *ledger.Ledger
	now      time.Time
}

// onDatabases runs a test on each kind of database.
func onDatabases(t *testing.T, test func(w *world)) {
	t.Helper()
	run := func(name string, open func(t *testing.T) (one, other *database.DB)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, other := open(t)
			test(&world{T: t, l: kept(t, one), other: kept(t, other), now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)})
		})
	}
	run("SQLite", func(t *testing.T) (one, other *database.DB) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "ledger.db")
		return opened(t, "", file), opened(t, "", file)
	})
	run("memory", func(t *testing.T) (one, other *database.DB) {
		t.Helper()
		one = opened(t, "", "")
		return one, one
	})
	address := os.Getenv(pgtest.Variable)
	if address == "" {
		t.Log(pgtest.Variable + " names no PostgreSQL, so nothing of it was tested")
		return
	}
	run("PostgreSQL", func(t *testing.T) (one, other *database.DB) {
		t.Helper()
		own := pgtest.Schema(t, address)
		return opened(t, own, ""), opened(t, own, "")
	})
}

// opened opens a database until the test ends.
func opened(t *testing.T, address, file string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), address, file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func kept(t *testing.T, db *database.DB) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// entry is a create of one video that costs up to 50 cents.
func entry(title, key string) ledger.Entry {
	return ledger.Entry{
		Account: "an account", Grant: "a grant", Client: "A client", Tool: "create_video_from_avatar", Kind: "video",
		Title: title, Key: key, KeyLasts: 24 * time.Hour,
		Estimate: ledger.Estimate{Low: 30 * cent, High: 50 * cent, Basis: "a second of video"},
	}
}

func (w *world) begin(e ledger.Entry, caps ...ledger.Cap) ledger.Record {
	w.Helper()
	r, err := w.l.Begin(w.Context(), e, caps, w.now)
	w.ok(err)
	return r
}

// spends demands what has been reserved and spent today.
func (w *world) spends(want ledger.Money) {
	w.Helper()
	for scope, grant := range map[string]string{"account": "", "grant": "a grant"} {
		got, err := w.other.Spent(w.Context(), "an account", grant, w.now)
		w.ok(err)
		if got != want {
			w.Errorf("the %s has spent %v millionths of a USD, want %v", scope, got, want)
		}
	}
}

// listed demands how many records a filter lets through, and gives them.
func (w *world) listed(f ledger.Filter, want int) []ledger.Record {
	w.Helper()
	all, totals, err := w.other.List(w.Context(), "an account", f)
	w.ok(err)
	if len(all) != want || f.Limit == 0 && totals.Records != want {
		w.Fatalf("%d records are listed and %d counted, want %d", len(all), totals.Records, want)
	}
	return all
}

func TestACallThatBeginsAJob(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		r := w.begin(entry("A title", "a key"))
		w.spends(50 * cent)
		if got := w.listed(ledger.Filter{}, 1)[0]; got.State != ledger.Open || got.Title != "A title" || got.Key != "a key" ||
			got.Client != "A client" || !got.At.Equal(w.now) || !reflect.DeepEqual(got.Estimate, r.Estimate) {
			w.Errorf("before its answer the record is %+v", got)
		}
		w.ok(w.l.Answered(w.Context(), r.ID, []string{"v1", "v2"}))
		if got := w.listed(ledger.Filter{State: ledger.Running}, 1)[0]; len(got.Jobs) != 2 || got.Jobs[1].ID != "v2" {
			w.Errorf("once answered the record is %+v", got)
		}
		end := func(id string, o ledger.Outcome) {
			w.Helper()
			_, err := w.l.JobEnded(w.Context(), "an account", "video", id, o, w.now.Add(time.Minute))
			w.ok(err)
		}
		end("v1", ledger.Outcome{State: ledger.Failed})
		w.spends(25 * cent)
		cost := ledger.Outcome{State: ledger.Done, Seconds: 3, Cost: 21 * cent, CostBasis: ledger.Computed}
		end("v2", cost)
		end("v2", ledger.Outcome{State: ledger.Done, Seconds: 9, Cost: 90 * cent, CostBasis: ledger.Computed}) // told again
		w.spends(21 * cent)
		got := w.listed(ledger.Filter{State: ledger.Done}, 1)[0]
		if got.Cost != 21*cent || got.CostBasis != ledger.Computed || !got.Ended.Equal(w.now.Add(time.Minute)) {
			w.Errorf("at its end the record is %+v", got)
		}
		jobs, err := w.other.Jobs(w.Context(), "an account", "video", []string{"v2", "strange"})
		w.ok(err)
		if len(jobs) != 1 || jobs["v2"].Seconds != 3 || jobs["v2"].Cost != 21*cent {
			w.Errorf("its job is %+v", jobs)
		}
		kinds, err := w.other.Kinds(w.Context(), "an account", []string{"strange", "v1", "v2"})
		w.ok(err)
		if len(kinds) != 2 || kinds["v1"] != "video" || kinds["v2"] != "video" {
			w.Errorf("their kinds are %v", kinds)
		}
		if _, err := w.l.JobEnded(w.Context(), "another", "video", "v2", cost, w.now); !errors.Is(err, ledger.ErrNotFound) {
			w.Errorf("another account's word of the job is %v, want ErrNotFound", err)
		}
	})
}

func TestACostThatFollowsFromTheLength(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		e := entry("", "")
		e.Estimate.PerSecond, e.Estimate.PerJob = 3*cent, cent
		r := w.begin(e)
		w.ok(w.l.Answered(w.Context(), r.ID, []string{"v1"}))
		for range 2 { // the second time it is known
			j, err := w.l.JobEnded(w.Context(), "an account", "video", "v1", ledger.Outcome{State: ledger.Done, Seconds: 2.5}, w.now)
			w.ok(err)
			if want := (ledger.Money(85_000)); j.Cost != want || j.CostBasis != ledger.Computed || j.Seconds != 2.5 {
				w.Errorf("the job is %+v, want a cost of %d", j, want)
			}
		}
		w.spends(85_000)
	})
}

func TestACallThatBeginsNoJob(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		for _, c := range []struct {
			o    ledger.Outcome
			want ledger.Money
		}{
			{ledger.Outcome{State: ledger.Done, Cost: 7 * cent, CostBasis: ledger.Told}, 7 * cent},
			{ledger.Outcome{State: ledger.Done}, 57 * cent}, // not known: what was reserved
			{ledger.Outcome{State: ledger.Failed}, 57 * cent},
		} {
			r := w.begin(entry("", ""))
			w.ok(w.l.Finished(w.Context(), r.ID, c.o, w.now))
			w.ok(w.l.Finished(w.Context(), r.ID, ledger.Outcome{State: ledger.Failed}, w.now)) // told again
			w.spends(c.want)
		}
	})
}

func TestARefusedCallGivesBack(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		r := w.begin(entry("", "a key"))
		w.ok(w.l.Refused(w.Context(), r.ID, w.now))
		w.ok(w.l.Refused(w.Context(), r.ID, w.now))
		w.spends(0)
		w.listed(ledger.Filter{}, 0)
		w.listed(ledger.Filter{State: ledger.Refused}, 1)
		if again := w.begin(entry("", "a key")); again.ID == r.ID {
			w.Error("a call after a refusal is the refused one")
		}
		w.spends(50 * cent)
		// A refusal that was none.
		w.ok(w.l.Answered(w.Context(), r.ID, []string{"v1"}))
		w.spends(100 * cent)
	})
}

func TestEqualKeysAreOneCall(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		first := w.begin(entry("", "a key"))
		w.ok(w.l.Answered(w.Context(), first.ID, []string{"v1"}))
		again := w.begin(entry("", "a key"))
		if again.ID != first.ID || again.State != ledger.Running || len(again.Jobs) != 1 {
			w.Errorf("the same key gave %+v, want the record %s with its job", again, first.ID)
		}
		w.spends(50 * cent)
		w.ok(w.l.Answered(w.Context(), again.ID, []string{"v1"}))
		w.spends(50 * cent)
		other := entry("", "a key")
		other.Account = "another account"
		if r := w.begin(other); r.ID == first.ID {
			w.Error("another account's call has the record of the first")
		}
		w.now = w.now.Add(25 * time.Hour)
		if r := w.begin(entry("", "a key")); r.ID == first.ID {
			w.Error("a key that HeyGen has forgotten gave the old record")
		}
	})
}

// TestJobsOfAnotherCall holds that a call whose jobs an earlier one has begun pays for none of them twice.
func TestJobsOfAnotherCall(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		first, again, more := w.begin(entry("", "")), w.begin(entry("", "")), w.begin(entry("", ""))
		w.spends(150 * cent)
		w.ok(w.l.Answered(w.Context(), first.ID, []string{"v1", "v2"}))
		w.ok(w.l.Answered(w.Context(), again.ID, []string{"v1", "v2"}))
		w.spends(100 * cent)
		w.ok(w.l.Answered(w.Context(), more.ID, []string{"v2", "v3"}))
		w.spends(100 * cent)
		for _, r := range w.listed(ledger.Filter{State: ledger.Running}, 2) {
			if want := map[string]int{first.ID: 2, more.ID: 1}[r.ID]; len(r.Jobs) != want {
				w.Errorf("record %s has the jobs %+v, want %d", r.ID, r.Jobs, want)
			}
		}
	})
}

func TestSweep(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(w *world) {
		r := w.begin(entry("", ""))
		w.ok(w.l.Answered(w.Context(), r.ID, []string{"v1"}))
		w.ok(w.l.Sweep(w.Context(), w.now))
		w.listed(ledger.Filter{}, 1)
		w.ok(w.l.Sweep(w.Context(), w.now.Add(25*time.Hour)))
		w.listed(ledger.Filter{}, 0)
		w.spends(0)
	})
}
