package storetest

import (
	"errors"
	"sync"
	"time"

	"heygen-mcp/auth/store"
)

// wantTerms demands the terms of a grant, by each way to read it.
func (w *world) wantTerms(id string, want store.Terms) {
	w.Helper()
	byID, err := w.s.Grant(w.Context(), id)
	w.ok(err)
	_, byToken, err := w.s.Token(w.Context(), hash("at "+id), w.now)
	w.ok(err)
	all, err := w.s.GrantsOf(w.Context(), hash("account"))
	w.ok(err)
	for _, g := range append(all, byID, byToken) {
		got := g.Terms
		same := got.Scopes == want.Scopes && got.Expires.Equal(want.Expires) && (got.SpendCap == nil) == (want.SpendCap == nil) &&
			(want.SpendCap == nil || *got.SpendCap == *want.SpendCap)
		if g.ID == id && !same {
			w.Errorf("the terms are %+v, want %+v", got, want)
		}
	}
}

// terms are what a person may change of a grant, and what they did not change stays.
func terms(w *world) {
	ctx := w.Context()
	w.signedIn("g")
	w.wantTerms("g", store.Terms{Scopes: "heygen:read"})
	for _, want := range []store.Terms{
		{Scopes: "heygen:read", SpendCap: new(int64(5_000_000))}, {Scopes: "heygen:read", SpendCap: new(int64(0)), Expires: w.at(time.Hour)},
		{Scopes: "heygen:write", Expires: w.at(2 * time.Hour)}, {Scopes: "heygen:read"},
	} {
		w.ok(w.s.ChangeTerms(ctx, "g", func(g store.Grant) (store.Terms, error) {
			if g.ID != "g" || g.Client != "client" || g.Account != hash("account") {
				w.Errorf("what changes is %+v", g)
			}
			return want, nil
		}))
		w.wantTerms("g", want)
	}
	no := errors.New("no")
	w.want(w.s.ChangeTerms(ctx, "g", func(store.Grant) (store.Terms, error) { return store.Terms{}, no }), no)
	w.wantTerms("g", store.Terms{Scopes: "heygen:read"})
	w.want(w.s.ChangeTerms(ctx, "no grant", func(g store.Grant) (store.Terms, error) { return g.Terms, nil }), store.ErrNotFound)

	// A grant has its terms from the beginning.
	g := w.grant("h")
	g.Terms = store.Terms{Scopes: "heygen:write", SpendCap: new(int64(1)), Expires: w.at(time.Hour)}
	w.ok(w.s.Connect(ctx, w.flow("f"), g, w.token(store.Code, "code h", "h", minute), nil, w.now))
	w.ok(w.s.Redeem(ctx, hash("code h"), w.pair("h", "h"), w.now))
	w.wantTerms("h", g.Terms)
}

// termsRace changes the terms of one grant from two processes at once: none of the changes is lost,
// and all are told of.
func termsRace(w *world) {
	const changes = 40
	w.signedIn("g")
	stores := []store.Store{w.s, w.s}
	if w.again != nil {
		stores[1] = w.again()
	}
	var all sync.WaitGroup
	for i := range changes {
		all.Go(func() {
			err := stores[i%2].ChangeTerms(w.Context(), "g", func(g store.Grant) (store.Terms, error) {
				next := int64(1)
				if g.SpendCap != nil {
					next = *g.SpendCap + 1
				}
				g.SpendCap = &next
				return g.Terms, nil
			})
			if err != nil {
				w.Error(err)
			}
		})
	}
	all.Wait()
	w.wantTerms("g", store.Terms{Scopes: "heygen:read", SpendCap: new(int64(changes))})
}

// endsByItself is a grant with an end: no token of it is good from then on, and a sweep takes it.
func endsByItself(w *world) {
	ctx := w.Context()
	w.signedIn("g")
	w.signedIn("for ever")
	heard := make(chan string, 1)
	stop := w.s.Watch(func(grant string) {
		select {
		case heard <- grant:
		default:
		}
	})
	w.ok(w.s.ChangeTerms(ctx, "g", func(g store.Grant) (store.Terms, error) {
		g.Expires = w.at(minute)
		return g.Terms, nil
	}))
	stop()
	if got := <-heard; got != "g" {
		w.Errorf("heard of %q", got)
	}
	w.now = w.at(minute - time.Millisecond)
	if !w.has("at g") || !w.has("rt g") {
		w.Error("it ends too early")
	}
	w.now = w.at(time.Millisecond)
	if w.has("at g") || w.has("rt g") || !w.has("at for ever") {
		w.Error("it does not end, or others do")
	}
	g, err := w.s.Grant(ctx, "g")
	w.ok(err)
	if !g.Ended(w.now) || g.Ended(w.at(-time.Millisecond)) || (store.Terms{}).Ended(w.now) {
		w.Errorf("%+v has ended or not", g.Terms)
	}
	w.ok(w.s.Sweep(ctx, w.now))
	_, err = w.s.Grant(ctx, "g")
	w.want(err, store.ErrNotFound)
	_, err = w.s.Grant(ctx, "for ever")
	w.ok(err)
}

// sessionsOfAnAccount end together, and others stay.
func sessionsOfAnAccount(w *world) {
	ctx := w.Context()
	w.connected("g")
	for name, account := range map[string]store.Hash{"a": hash("account"), "b": hash("account"), "c": hash("another"), "d": {}} {
		w.ok(w.s.PutSession(ctx, store.Session{ID: hash(name), Account: account, Expires: w.at(minute)}))
	}
	wrap := &store.Wrap{Session: hash("a"), Grant: "h", Sealed: []byte("wrap")}
	w.ok(w.s.Connect(ctx, w.flow("f"), w.grant("h"), w.token(store.Code, "c", "h", minute), wrap, w.now))
	w.ok(w.s.EndSessions(ctx, hash("account")))
	for name, ends := range map[string]bool{"a": true, "b": true, "c": false, "d": false} {
		_, err := w.s.Session(ctx, hash(name), w.now)
		if ended := errors.Is(err, store.ErrNotFound); ended != ends {
			w.Errorf("session %s: %v", name, err)
		}
	}
	if all, err := w.s.Wraps(ctx, hash("a")); err != nil || len(all) != 0 {
		w.Errorf("its wraps stay: %+v, %v", all, err)
	}
	if _, err := w.s.Grant(ctx, "h"); err != nil {
		w.Errorf("its grants end with it: %v", err)
	}
}
