package storetest

import (
	"sync"
	"time"

	"heygen-mcp/auth/store"
)

// calls are counted by day, from all processes at once, and end with their grant or after a month.
func calls(w *world) {
	const day = 24 * time.Hour
	ctx := w.Context()
	w.signedIn("g")
	w.signedIn("h")
	stores := []store.Store{w.s, w.s}
	if w.again != nil {
		stores[1] = w.again()
	}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if err := stores[i%2].AddCalls(ctx, store.Calls{Grant: "g", Count: 2, Last: w.at(time.Duration(i) * time.Second)}); err != nil {
				w.Error(err)
			}
		})
	}
	all.Wait()
	w.ok(w.s.AddCalls(ctx, store.Calls{Grant: "g", Count: 5, Last: w.at(-day)}))
	w.ok(w.s.AddCalls(ctx, store.Calls{Grant: "no grant", Count: 1, Last: w.now}))
	w.wantCalls(store.Calls{Grant: "g", Count: 40, Last: w.at(19 * time.Second)}, store.Calls{Grant: "g", Count: 5, Last: w.at(-day)})
	if of, err := w.s.CallsOf(ctx, hash("another")); err != nil || len(of) != 0 {
		w.Errorf("another account has %+v, %v", of, err)
	}
	w.ok(w.s.AddCalls(ctx, store.Calls{Grant: "h", Count: 1, Last: w.now}))
	w.ok(w.s.EndGrant(ctx, "h"))
	w.wantCalls(store.Calls{Grant: "g", Count: 40, Last: w.at(19 * time.Second)}, store.Calls{Grant: "g", Count: 5, Last: w.at(-day)})
	w.ok(w.s.ChangeTerms(ctx, "g", func(g store.Grant) (store.Terms, error) { return g.Terms, nil }))

	g := w.grant("for ever")
	code := w.token(store.Code, "code of it", g.ID, 100*day)
	w.ok(w.s.Connect(ctx, w.flow("f"), g, code, nil, w.now))
	w.ok(w.s.AddCalls(ctx, store.Calls{Grant: g.ID, Count: 1, Last: w.now}))
	w.ok(w.s.Sweep(ctx, w.at(30*day)))
	w.wantCalls(store.Calls{Grant: g.ID, Count: 1, Last: w.now})
	w.ok(w.s.Sweep(ctx, w.at(store.KeepCalls)))
	w.wantCalls()
}

// wantCalls demands the counts of the account.
func (w *world) wantCalls(want ...store.Calls) {
	w.Helper()
	all, err := w.s.CallsOf(w.Context(), hash("account"))
	w.ok(err)
	if len(all) != len(want) {
		w.Fatalf("the counts are %+v, want %+v", all, want)
	}
	for _, c := range want {
		found := false
		for _, got := range all {
			found = found || got.Grant == c.Grant && got.Count == c.Count && got.Last.Equal(c.Last)
		}
		if !found {
			w.Errorf("the counts are %+v, want %+v", all, want)
		}
	}
}
