package spend_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"heygen-mcp/internal/database"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// world is a book with a ledger in memory.
type world struct {
	*testing.T
	ledger *ledger.Ledger
	limits spend.Limits
	charge spend.Charge
	asked  int // what jobs have cost
	later  time.Duration
	away   bool           // the ledger, so that trouble is told
	told   int            // how often trouble was
	stated map[string]int // what the ledger's database was asked, by the word that it begins with
	book   *spend.Book
}

func newWorld(t *testing.T) *world {
	t.Helper()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	w := &world{T: t, stated: map[string]int{}}
	db.Watch = func(ctx context.Context, what string) (context.Context, func(error)) {
		w.stated[what]++
		return ctx, func(error) {}
	}
	if w.ledger, err = ledger.New(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	w.book = spend.New(spend.Config{
		Ledger:  w.ledger,
		Limits:  func(context.Context) (spend.Limits, error) { return w.limits, nil },
		Account: func(context.Context) string { return "a" },
		Now:     func() time.Time { return time.Now().Add(w.later) },
		Trouble: func(_ context.Context, err error) {
			if w.told++; !w.away {
				t.Error(err)
			}
		},
		Charged: func(context.Context, string, map[string]any) spend.Charge {
			w.asked++
			return w.charge
		},
	})
	return w
}

// three is an estimate of 3 USD at the most.
func three(p spend.Price) *spend.Estimate {
	return &spend.Estimate{Low: new(1.5), High: new(3.0), Basis: "a second", Price: p}
}

// begin begins a call that makes the video v.
func (w *world) begin(e *spend.Estimate) {
	w.Helper()
	p, err := w.book.Begin(w.Context(), spend.Order{Tool: "create", Kind: "video", Estimate: e})
	if err != nil {
		w.Fatal(err)
	}
	p.Answered(w.Context(), spend.Answer{Jobs: []string{"v"}})
}

// elsewhere is begin by another replica.
func (w *world) elsewhere(e *spend.Estimate) {
	w.Helper()
	here := w.book
	w.book = spend.New(spend.Config{
		Ledger: w.ledger, Limits: func(context.Context) (spend.Limits, error) { return w.limits, nil },
		Account: func(context.Context) string { return "a" }, Now: time.Now,
	})
	w.begin(e)
	w.book = here
}

// spends demands what counts as spent.
func (w *world) spends(want float64) {
	w.Helper()
	if got, err := w.ledger.Spent(w.Context(), "a", "", time.Now()); err != nil || got != ledger.Dollars(want) {
		w.Errorf("%v USD count as spent, %v, want %v", got.USD(), err, want)
	}
}

// videos is an answer with videos: one that is told whole, and rows.
func videos(whole bool) vocabulary.Answered {
	thing := &vocabulary.Thing{ID: "video_id", Kind: "video", Seconds: "duration"}
	return vocabulary.Answered{Of: thing, Rows: thing, Whole: whole}
}

// done is the video v at its end, of four seconds.
func done() map[string]any {
	return map[string]any{"video_id": "v", "state": "done", "duration": json.Number("4")}
}

func TestLimitsAreHeldBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct {
		caps []ledger.Cap
		most *float64
		e    *spend.Estimate
		want string
	}{
		"no limit":                         {nil, nil, three(spend.Price{}), ""},
		"within the caller's":              {nil, new(3.0), three(spend.Price{}), ""},
		"over the caller's":                {nil, new(2.9), three(spend.Price{}), refusals.CodeCostOverMax},
		"not bounded, no limit":            {nil, nil, &spend.Estimate{Basis: "x"}, ""},
		"not bounded under the caller's":   {nil, new(9.0), &spend.Estimate{Basis: "x"}, refusals.CodeCostNotBounded},
		"not bounded under a cap":          {[]ledger.Cap{{Most: ledger.Dollars(9)}}, nil, &spend.Estimate{Basis: "x"}, refusals.CodeCostNotBounded},
		"over what a cap leaves, at first": {[]ledger.Cap{{Most: ledger.Dollars(2)}}, nil, three(spend.Price{}), refusals.CodeSpendCapReached},
	} {
		w.limits.Caps = c.caps
		_, err := w.book.Begin(t.Context(), spend.Order{Tool: "create", Most: c.most, Estimate: c.e})
		code := ""
		if r, ok := errors.AsType[*refusals.Refusal](err); ok {
			code = r.Code
		} else if err != nil {
			t.Fatal(err)
		}
		if code != c.want {
			t.Errorf("%s: refused with %q, want %q", name, code, c.want)
		}
		if refused, err := w.book.Refused(t.Context(), c.e); err != nil || len(c.caps) > 0 && (refused == nil || refused.Code != c.want) {
			t.Errorf("%s: an estimate says %v, %v, want %q", name, refused, err, c.want)
		}
	}
}

func TestALengthTellsACost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.begin(three(spend.Price{PerSecond: 0.25}))
	w.spends(3)
	rows := map[string]any{"items": []any{done()}}
	w.book.Settle(t.Context(), videos(false), rows)
	w.spends(1)
	again := done()
	w.book.Settle(t.Context(), videos(true), again)
	if again["cost_usd"] != 1.0 || again["cost_basis"] != ledger.Computed || w.asked != 0 {
		t.Errorf("the video is %v, and HeyGen was asked %d times", again, w.asked)
	}
}

// TestWhatNoLengthTellsIsFoundOut holds that HeyGen is asked what a job has cost for the answer of its get alone, until
// it is known or can never be.
func TestWhatNoLengthTellsIsFoundOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		charges []spend.Charge
		asked   int
		spends  float64
		tells   string
	}{
		{[]spend.Charge{{USD: 2, Known: true}, {USD: 9, Known: true}}, 1, 2, "2 computed"},
		{[]spend.Charge{{Later: true}, {USD: 2, Known: true}}, 2, 2, "2 computed"},
		{[]spend.Charge{{}, {USD: 2, Known: true}}, 1, 3, "<nil> not known: a second"},
		{[]spend.Charge{{Known: true}}, 1, 0, "0 computed"},
		{[]spend.Charge{{Low: 0.111, High: 0.222}, {}}, 1, 3, "<nil> not known: 0.111 to 0.222 USD, by a second"},
	} {
		w := newWorld(t)
		w.begin(three(spend.Price{}))
		w.book.Settle(t.Context(), videos(false), map[string]any{"items": []any{done()}})
		if w.asked != 0 || w.book.Settled(t.Context(), "video", "v") {
			t.Errorf("for a row of a list HeyGen was asked %d times", w.asked)
		}
		w.spends(3)
		var object map[string]any
		for _, w.charge = range c.charges {
			object = done()
			w.book.Settle(t.Context(), videos(true), object)
		}
		if got := fmt.Sprint(object["cost_usd"], " ", object["cost_basis"]); got != c.tells || w.asked != c.asked {
			t.Errorf("%+v: asked %d times, it tells %q, want %d and %q", c.charges, w.asked, got, c.asked, c.tells)
		}
		if !w.book.Settled(t.Context(), "video", "v") {
			t.Errorf("%+v: it is not settled", c.charges)
		}
		w.spends(c.spends)
	}
}

// TestWhatIsOfNoRecordMayComeToBe holds that a job which was seen before its record had it is settled all the same, by
// who knows of that at once and by others in a while.
func TestWhatIsOfNoRecordMayComeToBe(t *testing.T) {
	t.Parallel()
	for name, tell := range map[string]func(w *world){
		"the answer comes": func(w *world) { w.begin(three(spend.Price{PerSecond: 0.25})) },
		"another knows": func(w *world) {
			w.elsewhere(three(spend.Price{PerSecond: 0.25}))
			w.book.Recorded(w.Context(), "video", "v")
		},
		"another knows, and a while passes": func(w *world) {
			w.elsewhere(three(spend.Price{PerSecond: 0.25}))
			w.later = 2 * time.Minute
		},
	} {
		w := newWorld(t)
		other := done()
		other["video_id"] = "other"
		w.book.Settle(t.Context(), videos(true), done())
		w.book.Settle(t.Context(), videos(false), map[string]any{"items": []any{done(), other}})
		if w.book.Settled(t.Context(), "video", "v") {
			t.Errorf("%s: what is of no record is settled", name)
		}
		tell(w)
		video := done()
		w.book.Settle(t.Context(), videos(false), map[string]any{"items": []any{video, other}})
		if video["cost_usd"] != 1.0 || other["cost_usd"] != nil {
			t.Errorf("%s: the videos are %v and %v", name, video, other)
		}
		w.spends(1)
	}
}

// TestWhatIsMadeMayAsk holds that what is paid for where it needs input is settled then, and that other things that
// need input go on.
func TestWhatIsMadeMayAsk(t *testing.T) {
	t.Parallel()
	for _, made := range []bool{true, false} {
		w := newWorld(t)
		w.begin(three(spend.Price{PerJob: 2}))
		proofread := map[string]any{"video_id": "v", "state": string(vocabulary.NeedsInput)}
		thing := &vocabulary.Thing{ID: "video_id", Kind: "video", DoneAsking: made}
		w.book.Settle(t.Context(), vocabulary.Answered{Of: thing, Whole: true}, proofread)
		if w.spends(map[bool]float64{true: 2, false: 3}[made]); (proofread["cost_usd"] == 2.0) != made {
			t.Errorf("made is %v, and it is told as %v", made, proofread)
		}
	}
}

func TestEstimatesAreToldRoundedUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		e    spend.Estimate
		want string
	}{
		{spend.Estimate{Low: new(0.1), High: new(0.30001), Seconds: new(4.44), Basis: "b"}, "map[estimated_cost_low_usd:0.1 estimated_cost_usd:0.3001 estimated_duration_seconds:4.4]"},
		{spend.Estimate{Low: new(0.3), High: new(0.3), Basis: "b"}, "map[estimated_cost_usd:0.3]"},
		{spend.Estimate{Low: new(0.0), Basis: "b"}, "map[estimated_cost_basis:b]"},
		{spend.Estimate{Low: new(0.0), High: new(6.0), Basis: "b", ToBound: "Send a file."},
			"map[estimated_cost_basis:b. The high end is of the longest that it can be. Send a file. estimated_cost_low_usd:0 estimated_cost_usd:6]"},
	} {
		data := map[string]any{}
		if c.e.Tell(data); fmt.Sprint(data) != c.want {
			t.Errorf("%+v is told as %v, want %s", c.e, data, c.want)
		}
	}
}
