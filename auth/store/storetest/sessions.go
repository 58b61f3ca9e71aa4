package storetest

import (
	"errors"
	"slices"
	"strings"

	"heygen-mcp/auth/store"
)

// replaced is a session that a new one takes the place of: the old one opens nothing any more, and the new one has the
// wraps that were carried over, but for those of grants that have ended.
func replaced(w *world) {
	w.Helper()
	old, next := hash("old session"), hash("new session")
	w.ok(w.s.PutSession(w.Context(), store.Session{ID: old, Expires: w.now.Add(minute)}))
	var wraps []store.Wrap
	for _, id := range []string{"kept", "ended", "kept too", "left behind"} {
		code := w.token(store.Code, "code "+id, id, minute)
		wrap := &store.Wrap{Session: old, Grant: id, Sealed: []byte("old " + id), Consent: true}
		w.ok(w.s.Connect(w.Context(), w.flow("flow "+id), w.grant(id), code, wrap, w.now))
		if id != "left behind" {
			wraps = append(wraps, store.Wrap{Grant: id, Sealed: []byte("new " + id), Consent: true})
		}
	}
	w.ok(w.s.EndGrant(w.Context(), "ended"))
	account := hash("account")
	w.ok(w.s.ReplaceSession(w.Context(), old, store.Session{ID: next, Account: account, AccountUntil: w.now.Add(minute), Credential: []byte("secret"), Expires: w.now.Add(2 * minute)}, wraps))
	if _, err := w.s.Session(w.Context(), old, w.now); !errors.Is(err, store.ErrNotFound) {
		w.Errorf("the old session: got %v, want ErrNotFound", err)
	}
	if left, err := w.s.Wraps(w.Context(), old); err != nil || len(left) != 0 {
		w.Errorf("the old session keeps %+v, %v", left, err)
	}
	got, err := w.s.Session(w.Context(), next, w.now)
	if err != nil || got.Account != account || string(got.Credential) != "secret" || !got.AccountUntil.Equal(w.now.Add(minute)) || !got.Expires.Equal(w.now.Add(2*minute)) {
		w.Errorf("the new session: %+v, %v", got, err)
	}
	all, err := w.s.Wraps(w.Context(), next)
	w.ok(err)
	slices.SortFunc(all, func(a, b store.Wrap) int { return strings.Compare(a.Grant, b.Grant) })
	var grants []string
	for _, wrap := range all {
		grants = append(grants, wrap.Grant)
		if string(wrap.Sealed) != "new "+wrap.Grant || !wrap.Consent || wrap.Session != next {
			w.Errorf("the new session's wrap is %+v", wrap)
		}
	}
	if !slices.Equal(grants, []string{"kept", "kept too"}) {
		w.Errorf("the new session has wraps of %q", grants)
	}
	// A browser that had no session yet has none to lose.
	w.ok(w.s.ReplaceSession(w.Context(), hash("nobody"), store.Session{ID: hash("third"), Expires: w.now.Add(minute)}, nil))
	if _, err := w.s.Session(w.Context(), hash("third"), w.now); err != nil {
		w.Errorf("a first session: %v", err)
	}
}

// taken is a flow that is ended by whoever is first, though its time may be over.
func taken(w *world) {
	ctx := w.Context()
	id := w.flow("a")
	w.want(w.s.TakeFlow(ctx, id, []byte("what it held before")), store.ErrNotFound)
	w.ok(w.s.TakeFlow(ctx, id, []byte("sealed")))
	w.want(w.s.TakeFlow(ctx, id, []byte("sealed")), store.ErrNotFound)
	w.want(w.s.TakeFlow(ctx, id, nil), store.ErrNotFound)
	w.ok(w.s.TakeFlow(ctx, w.flow("b"), nil))

	f := w.flow("c")
	w.ok(w.s.Connect(ctx, f, w.grant("g"), w.token(store.Code, "code g", "g", minute), nil, w.now))
	w.want(w.s.TakeFlow(ctx, f, nil), store.ErrNotFound)
}
