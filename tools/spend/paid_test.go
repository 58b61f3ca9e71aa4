package spend_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/ledger"
	"heygen-mcp/tools/refusals"
	"heygen-mcp/tools/spend"
	"heygen-mcp/tools/vocabulary"
)

// state is the state of the only record.
func (w *world) state() ledger.State {
	w.Helper()
	all, _, err := w.ledger.List(w.Context(), "a", ledger.Filter{})
	refused, _, other := w.ledger.List(w.Context(), "a", ledger.Filter{State: ledger.Refused})
	if err = errors.Join(err, other); err != nil || len(all)+len(refused) != 1 {
		w.Fatalf("there are %d records and %d of what was refused, %v, want one", len(all), len(refused), err)
	}
	return append(all, refused...)[0].State
}

// TestWhatComesOfACall holds what the record of a paid call says after its answer or its error, and
// that what is told first holds.
func TestWhatComesOfACall(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	answer := func(a spend.Answer) func(*spend.Paid) { return func(p *spend.Paid) { p.Answered(ctx, a) } }
	fail := func(err error) func(*spend.Paid) { return func(p *spend.Paid) { p.Failed(ctx, err) } }
	sure, unsure := &heygen.Error{Status: 400}, &heygen.Error{MayHaveHappened: true}
	for name, c := range map[string]struct {
		kind   string
		ends   []func(*spend.Paid)
		want   ledger.State
		spends float64
	}{
		"jobs":                             {"video", []func(*spend.Paid){answer(spend.Answer{Jobs: []string{"v"}})}, ledger.Running, 3},
		"no job where some should be":      {"video", []func(*spend.Paid){answer(spend.Answer{})}, ledger.Done, 3},
		"made at once":                     {"", []func(*spend.Paid){answer(spend.Answer{Seconds: 4})}, ledger.Done, 1},
		"made at once, with ids":           {"", []func(*spend.Paid){answer(spend.Answer{Jobs: []string{"v"}, Seconds: 4})}, ledger.Done, 1},
		"no part":                          {"video", []func(*spend.Paid){answer(spend.Answer{NoParts: true})}, ledger.Refused, 0},
		"no part, or some":                 {"video", []func(*spend.Paid){answer(spend.Answer{NoParts: true, Unsure: true})}, ledger.Open, 3},
		"unsure of some":                   {"video", []func(*spend.Paid){answer(spend.Answer{Jobs: []string{"v"}, Unsure: true})}, ledger.Running, 3},
		"an error":                         {"video", []func(*spend.Paid){fail(sure)}, ledger.Refused, 0},
		"a refusal of this server's":       {"video", []func(*spend.Paid){fail(&refusals.Refusal{})}, ledger.Refused, 0},
		"an error after which it may be":   {"video", []func(*spend.Paid){fail(unsure)}, ledger.Open, 3},
		"another error":                    {"video", []func(*spend.Paid){fail(context.Canceled)}, ledger.Open, 3},
		"jobs, and an error after them":    {"video", []func(*spend.Paid){answer(spend.Answer{Jobs: []string{"v"}}), fail(sure)}, ledger.Running, 3},
		"an error, and jobs after it":      {"video", []func(*spend.Paid){fail(sure), answer(spend.Answer{Jobs: []string{"v"}})}, ledger.Refused, 0},
		"no part or some, and an error":    {"video", []func(*spend.Paid){answer(spend.Answer{NoParts: true, Unsure: true}), fail(sure)}, ledger.Open, 3},
		"it may be, and jobs all the same": {"video", []func(*spend.Paid){fail(unsure), answer(spend.Answer{Jobs: []string{"v"}})}, ledger.Running, 3},
	} {
		w := newWorld(t)
		p, err := w.book.Begin(ctx, spend.Order{Tool: "create", Kind: c.kind, Estimate: three(spend.Price{PerSecond: 0.25})})
		if err != nil || p.Earlier() {
			t.Fatalf("%s: begun as an earlier call: %t, %v", name, p.Earlier(), err)
		}
		for _, end := range c.ends {
			end(p)
		}
		if got := w.state(); got != c.want {
			t.Errorf("%s: the record is %s, want %s", name, got, c.want)
		}
		w.spends(c.spends)
	}
	var none *spend.Paid
	answer(spend.Answer{})(none)
	fail(sure)(none)
	if none.Earlier() {
		t.Error("a call without a record had come before")
	}
}

// TestAnEqualCall holds that the second of two equal calls has the record of the first, for as long
// as HeyGen knows the key.
func TestAnEqualCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	book := spend.New(spend.Config{Ledger: w.ledger, Account: func(context.Context) string { return "a" }, Now: func() time.Time { return now }})
	begin := func(o spend.Order) *spend.Paid {
		t.Helper()
		o.Tool, o.Kind, o.Estimate = "create", "video", three(spend.Price{})
		p, err := book.Begin(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		order   spend.Order
		later   time.Duration
		answer  bool
		earlier bool
	}{
		{spend.Order{Key: "k"}, 0, false, false},
		{spend.Order{Key: "k"}, time.Hour, true, false}, // the first may not have been sent
		{spend.Order{Key: "k"}, 22 * time.Hour, false, true},
		{spend.Order{Key: "k"}, time.Hour, false, false}, // a day has gone
		{spend.Order{Key: "for good", ForGood: true}, 0, true, false},
		{spend.Order{Key: "for good", ForGood: true}, 10 * 365 * 24 * time.Hour, false, true},
		{spend.Order{Key: "n", Near: []string{"m"}, Within: time.Minute}, 0, true, false},
		{spend.Order{Key: "o", Near: []string{"n"}, Within: time.Minute}, time.Minute - 1, false, true},
		{spend.Order{Key: "o", Near: []string{"n"}, Within: time.Minute}, time.Minute, false, false},
		{spend.Order{}, 0, true, false},
		{spend.Order{}, 0, false, false},
	} {
		now = now.Add(c.later)
		p := begin(c.order)
		if want := c.order.Key; p.Key() != want && (!c.earlier || !slices.Contains(c.order.Near, p.Key())) {
			t.Errorf("%s of %s later is to be sent under %q", want, c.later, p.Key())
		}
		if p.Earlier() != c.earlier {
			t.Errorf("%s of %s later: it had come before: %t, want %t", c.order.Key, c.later, p.Earlier(), c.earlier)
		}
		if c.answer {
			p.Answered(t.Context(), spend.Answer{Jobs: []string{fmt.Sprint("v", now.Unix(), c.order.Key)}})
		}
	}
}

// TestTheLedgerIsAway holds that nothing is spent that cannot be recorded, and that an answer is
// given that cannot be.
func TestTheLedgerIsAway(t *testing.T) {
	t.Parallel()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	var trouble []string
	var limitsErr error
	limits := spend.Limits{Caps: []ledger.Cap{{Most: ledger.Dollars(9)}}}
	book := spend.New(spend.Config{
		Ledger: l, Account: func(context.Context) string { return "a" }, Now: time.Now,
		Limits:  func(context.Context) (spend.Limits, error) { return limits, limitsErr },
		Trouble: func(_ context.Context, err error) { trouble = append(trouble, err.Error()) },
	})
	order := spend.Order{Tool: "create", Kind: "video", Estimate: three(spend.Price{})}
	p, err := book.Begin(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	away := func(what string) {
		t.Helper()
		_, err := book.Begin(t.Context(), order)
		if r, ok := errors.AsType[*refusals.Refusal](err); !ok || r.Code != refusals.CodeLedgerAway {
			t.Errorf("%s: got %v, want %s", what, err, refusals.CodeLedgerAway)
		}
		if refused, err := book.Refused(t.Context(), order.Estimate); err == nil || refused != nil {
			t.Errorf("%s: an estimate is refused with %v, %v, want an error", what, refused, err)
		}
	}
	limitsErr = errors.New("nobody knows")
	away("no limits")
	limitsErr = nil
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	away("no database")
	p.Answered(t.Context(), spend.Answer{Jobs: []string{"v"}})
	object := done()
	book.Settle(t.Context(), videos(true), object)
	if len(trouble) != 2 || !strings.HasPrefix(trouble[0], "recording a paid call: ") || !strings.HasPrefix(trouble[1], "settling a job: ") {
		t.Errorf("the trouble is %q, want that of a record and that of a job", trouble)
	}
	if object["cost_usd"] != nil || object["cost_basis"] != nil || book.Settled(t.Context(), "video", "v") {
		t.Errorf("a job that cannot be settled is told as %v", object)
	}
}

// TestWithoutALedger holds that limits bind where no record is kept, as far as they can.
func TestWithoutALedger(t *testing.T) {
	t.Parallel()
	limits := spend.Limits{Caps: []ledger.Cap{{Most: ledger.Dollars(1)}}}
	book := spend.New(spend.Config{Limits: func(context.Context) (spend.Limits, error) { return limits, nil }})
	if p, err := book.Begin(t.Context(), spend.Order{Estimate: three(spend.Price{})}); p != nil || err != nil {
		t.Errorf("got %v, %v, want no record", p, err)
	}
	if _, err := book.Begin(t.Context(), spend.Order{Estimate: &spend.Estimate{}}); err == nil {
		t.Error("what nobody can bound is begun under a cap")
	}
	if r, err := book.Refused(t.Context(), three(spend.Price{})); r != nil || err != nil {
		t.Errorf("an estimate is refused with %v, %v, want none", r, err)
	}
	object := done()
	if book.Settle(t.Context(), videos(true), object); object["cost_basis"] != nil {
		t.Errorf("a job is told as %v", object)
	}
}

// TestWhatCapsLeave holds which cap refuses what: the account's or the connection's own, up to its
// last cent.
func TestWhatCapsLeave(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits = spend.Limits{Client: "c", Raise: "Ask the operator.", RaiseGrant: "Ask yourself."}
	for _, w.limits.Grant = range []string{"h", "g"} {
		if _, err := w.book.Begin(t.Context(), spend.Order{Tool: "create", Estimate: three(spend.Price{})}); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		caps []ledger.Cap
		want string
	}{
		"room to the cent":            {[]ledger.Cap{{Most: ledger.Dollars(9)}, {Grant: true, Most: ledger.Dollars(6)}}, ""},
		"a cent less, of the account": {[]ledger.Cap{{Most: ledger.Dollars(8.99)}, {Grant: true, Most: ledger.Dollars(6)}}, "2.99 of the 8.99 USD that this account may spend|Ask the operator."},
		"a cent less, of the grant":   {[]ledger.Cap{{Most: ledger.Dollars(9)}, {Grant: true, Most: ledger.Dollars(5.99)}}, "2.99 of the 5.99 USD that this connection may spend|Ask yourself."},
		"more than all is spent":      {[]ledger.Cap{{Most: ledger.Dollars(2)}}, "0.00 of the 2.00 USD that this account may spend|Ask the operator."},
		"no cap":                      {nil, ""},
	} {
		w.limits.Caps = c.caps
		r, err := w.book.Refused(t.Context(), three(spend.Price{}))
		if err != nil || (r != nil) != (c.want != "") {
			t.Errorf("%s: got %v, %v, want %q", name, r, err, c.want)
			continue
		}
		says, raise, _ := strings.Cut(c.want, "|")
		if r != nil && (!strings.Contains(r.Message, says) || !strings.HasSuffix(r.NextStep, raise)) {
			t.Errorf("%s: got %q, %q, want %q", name, r.Message, r.NextStep, c.want)
		}
	}
}

// TestWhichJobsAreSettled holds of which objects of an answer the ledger is told.
func TestWhichJobsAreSettled(t *testing.T) {
	t.Parallel()
	with := func(name string, value any) map[string]any {
		object := done()
		object[name] = value
		return object
	}
	begins := videos(true)
	begins.Begins = true
	noKind := videos(true)
	noKind.Of = &vocabulary.Thing{ID: "video_id"}
	noLength := videos(true)
	noLength.Of = &vocabulary.Thing{ID: "video_id", Kind: "video"}
	for name, c := range map[string]struct {
		of     vocabulary.Answered
		object map[string]any
		spends float64
		tells  string
	}{
		"done":                    {videos(true), done(), 1, "1 computed"},
		"told by HeyGen":          {videos(true), with("cost_usd", 7.0), 1, "7 <nil>"},
		"failed":                  {videos(true), with("state", "failed"), 0, "<nil> <nil>"},
		"not yet":                 {videos(true), with("state", "processing"), 3, "<nil> <nil>"},
		"of no state":             {videos(true), with("state", nil), 3, "<nil> <nil>"},
		"of no id":                {videos(true), with("video_id", ""), 3, "<nil> <nil>"},
		"another":                 {videos(true), with("video_id", "x"), 3, "<nil> <nil>"},
		"done without its length": {videos(true), with("duration", nil), 3, "<nil> <nil>"},
		"failed without a length": {videos(true), map[string]any{"video_id": "v", "state": "failed"}, 0, "<nil> <nil>"},
		"of no length":            {noLength, with("duration", nil), 3, "<nil> not known: a second"},
		"that begins":             {begins, done(), 3, "<nil> <nil>"},
		"of no kind":              {noKind, done(), 3, "<nil> <nil>"},
	} {
		w := newWorld(t)
		w.begin(three(spend.Price{PerSecond: 0.25}))
		c.of.Rows = nil
		w.book.Settle(t.Context(), c.of, c.object)
		w.spends(c.spends)
		if got := fmt.Sprint(c.object["cost_usd"], " ", c.object["cost_basis"]); got != c.tells {
			t.Errorf("%s: it tells %q, want %q", name, got, c.tells)
		}
	}
	w := newWorld(t)
	w.begin(three(spend.Price{PerSecond: 0.25}))
	w.book.Settle(t.Context(), vocabulary.Answered{Rows: videos(true).Of}, map[string]any{"items": []any{"x", map[string]any{"video_id": "v", "state": "done", "duration": json.Number("4")}}})
	w.spends(1)
}
