package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"heygen-mcp/auth/store"
)

func rotation(w *world) {
	ctx := w.Context()
	w.signedIn("1")
	rotate := func(token, name string, after time.Duration) error {
		pair := w.pair(name, "1")
		for i := range pair {
			pair[i].Created = w.at(after)
		}
		return w.s.Rotate(ctx, hash(token), pair, grace, w.at(after))
	}
	w.want(rotate("no token", "x", 0), store.ErrNotFound)
	w.want(rotate("at 1", "x", 0), store.ErrNotFound)
	w.want(rotate("code 1", "x", 0), store.ErrNotFound)
	w.ok(rotate("rt 1", "2", time.Second))
	// The answer was lost: the same token once more, within a minute.
	w.ok(rotate("rt 1", "2b", 30*time.Second))
	// That was once. A third is refused, and is no sign of theft yet.
	w.want(rotate("rt 1", "x", 31*time.Second), store.ErrAgain)
	w.want(rotate("rt 1", "x", time.Second+grace), store.ErrAgain)
	w.want(rotate("rt 1", "x", time.Second+grace+time.Millisecond), store.ErrUsed)
	// Once a successor has been used, the answer was not lost.
	w.ok(rotate("rt 2", "3", 40*time.Second))
	w.want(rotate("rt 1", "x", 41*time.Second), store.ErrUsed)
	// The token that was used last is in its own window still.
	w.ok(rotate("rt 2", "3b", 41*time.Second))
	// Its sibling has a minute from then, for a client of two processes, and its access token too.
	for _, name := range []string{"rt 2b", "at 2b"} {
		t, _, err := w.s.Token(ctx, hash(name), w.now)
		w.ok(err)
		if !t.Expires.Equal(w.at(40*time.Second + grace)) {
			w.Errorf("%s lives until %v", name, t.Expires)
		}
	}
	w.want(rotate("rt 2b", "x", 40*time.Second+grace), store.ErrNotFound)
	w.ok(rotate("rt 2b", "3c", 50*time.Second))
	if w.has("at x") || w.has("rt x") {
		w.Error("a try that was refused was given tokens")
	}
	if t, _, err := w.s.Token(ctx, hash("at 2"), w.now); err != nil || !t.Expires.Equal(w.at(time.Hour)) {
		w.Errorf("the access token of the one that was used ends at %v, %v", t.Expires, err)
	}
	for _, name := range []string{"at 2", "rt 2b", "at 3", "rt 3b", "rt 3c"} {
		if !w.has(name) {
			w.Errorf("%s is not there", name)
		}
	}
	t, _, err := w.s.Token(ctx, hash("rt 3"), w.now)
	w.ok(err)
	all, err := w.s.GrantsOf(ctx, hash("account"))
	w.ok(err)
	if t.Parent != hash("rt 2") || len(all) != 1 || !all[0].Used.Equal(w.at(50*time.Second)) {
		w.Errorf("the parent is %q, the grants are %+v", t.Parent, all)
	}
	w.want(rotate("rt 3", "x", 25*time.Hour), store.ErrNotFound)
}

// rotationRace is one token, shown by many at once: one is the first, one more may be for its answer having been lost.
func rotationRace(w *world) {
	w.signedIn("1")
	var wg sync.WaitGroup
	var twice atomic.Int64
	for i := range 8 {
		wg.Go(func() {
			err := w.s.Rotate(w.Context(), hash("rt 1"), w.pair(fmt.Sprint("try ", i), "1"), grace, w.now)
			if err == nil {
				twice.Add(1)
			} else if !errors.Is(err, store.ErrAgain) {
				w.Error(err)
			}
		})
	}
	wg.Wait()
	if n := twice.Load(); n != 2 {
		w.Errorf("%d got through, want two", n)
	}
	// Without grace exactly one gets through.
	w.signedIn("2")
	var through atomic.Int64
	for i := range 8 {
		wg.Go(func() {
			err := w.s.Rotate(w.Context(), hash("rt 2"), w.pair(fmt.Sprint("second try ", i), "2"), -1, w.now)
			if err == nil {
				through.Add(1)
			} else if !errors.Is(err, store.ErrUsed) {
				w.Error(err)
			}
		})
	}
	wg.Wait()
	if n := through.Load(); n != 1 {
		w.Errorf("%d got through", n)
	}
}

// heard holds that a refresh tells of its grant where an access token ends before its time, and is silent otherwise:
// whoever hears of a grant forgets what it remembers of it, and reads it again.
func heard(w *world) {
	ctx := w.Context()
	w.signedIn("0")
	var mu sync.Mutex
	told := 0
	defer w.s.Watch(func(grant string) {
		mu.Lock()
		defer mu.Unlock()
		if grant == "0" {
			told++
		}
	})()
	for i := 1; i <= store.MaxAccess; i++ {
		w.ok(w.s.Rotate(ctx, hash(fmt.Sprint("rt ", i-1)), w.pair(fmt.Sprint(i), "0"), grace, w.at(time.Duration(i))))
		mu.Lock()
		if full := i == store.MaxAccess; full != (told > 0) {
			w.Errorf("after refresh %d of %d the watcher was told %d times", i, store.MaxAccess, told)
		}
		mu.Unlock()
	}
}

// rowsOfAGrant holds that what a grant leaves behind is bounded, however often and in whichever way it is refreshed.
func rowsOfAGrant(w *world) {
	ctx := w.Context()
	w.signedIn("0")
	last := 0
	for i := 1; i <= 60; i++ {
		at := time.Duration(i) * time.Second
		pair := w.pair(fmt.Sprint(i), "0")
		for j := range pair {
			pair[j].Created = w.at(at)
		}
		w.ok(w.s.Rotate(ctx, hash(fmt.Sprint("rt ", i-1)), pair, grace, w.at(at)))
		last = i
	}
	count := func(kind string) (n int) {
		for i := range last + 1 {
			if w.has(fmt.Sprint(kind, " ", i)) {
				n++
			}
		}
		return n
	}
	if n := count("at"); n != store.MaxAccess || !w.has(fmt.Sprint("at ", last)) || w.has("at 0") {
		w.Errorf("%d access tokens are left, want the %d newest", n, store.MaxAccess)
	}
	if n := count("rt"); n != store.MaxUsed+1 || !w.has(fmt.Sprint("rt ", last)) || w.has("rt 0") {
		w.Errorf("%d refresh tokens are left, want the newest and the %d used last", n, store.MaxUsed)
	}
	// A client that connects again and again has a refresh token each time.
	for i := range 40 {
		code := w.token(store.Code, fmt.Sprint("again ", i), "0", time.Hour)
		w.ok(w.s.Reconnect(ctx, w.flow(fmt.Sprint("f", i)), code, w.now))
		pair := w.pair(fmt.Sprint("again ", i), "0")
		for j := range pair {
			pair[j].Created = w.at(time.Duration(100+i) * time.Second)
		}
		w.ok(w.s.Redeem(ctx, code.ID, pair, w.now))
	}
	n := 0
	for i := range 40 {
		if w.has(fmt.Sprint("rt again ", i)) {
			n++
		}
	}
	if n != store.MaxUnused || !w.has("rt again 39") {
		w.Errorf("%d refresh tokens are left, want the %d newest", n, store.MaxUnused)
	}
	// What has expired goes at the next refresh, without a sweep.
	late := w.pair("late", "0")
	for j := range late {
		late[j].Created, late[j].Expires = w.at(2*time.Hour), w.at(48*time.Hour)
	}
	w.ok(w.s.Rotate(ctx, hash("rt again 39"), late, grace, w.at(2*time.Hour)))
	if w.has("at again 39") || !w.has("at late") {
		w.Error("an access token that has expired stays")
	}
	// And no other grant has lost anything.
	w.signedIn("other")
	w.ok(w.s.Rotate(ctx, hash("rt late"), nil, grace, w.at(2*time.Hour)))
	if !w.has("rt other") || !w.has("at other") {
		w.Error("another grant's tokens are gone")
	}
}

func endings(w *world) {
	ctx := w.Context()
	w.signedIn("1")
	w.signedIn("2")
	var mu sync.Mutex
	var told []string
	stop := w.s.Watch(func(grant string) {
		mu.Lock()
		defer mu.Unlock()
		if grant != "" {
			told = append(told, grant)
		}
	})
	w.ok(w.s.DropToken(ctx, hash("at 1")))
	w.ok(w.s.DropToken(ctx, hash("no token")))
	if w.has("at 1") || !w.has("rt 1") {
		w.Error("one token was to go, and one only")
	}
	w.ok(w.s.EndGrant(ctx, "2"))
	w.ok(w.s.EndGrant(ctx, "2"))
	for _, name := range []string{"at 2", "rt 2", "code 2"} {
		if w.has(name) {
			w.Errorf("%s outlives its grant", name)
		}
	}
	_, err := w.s.Grant(ctx, "2")
	w.want(err, store.ErrNotFound)
	if !w.has("rt 1") {
		w.Error("another grant has ended too")
	}
	stop()
	w.ok(w.s.EndGrant(ctx, "1"))
	mu.Lock()
	defer mu.Unlock()
	// A store may tell twice; it must have told before the call returned, and not after the watch ended.
	if len(told) < 2 || told[0] != "1" || told[len(told)-1] != "2" {
		w.Errorf("the watcher was told of %q", told)
	}
}

func renewal(w *world) {
	ctx := w.Context()
	w.signedIn("g")
	w.ok(w.s.Renew(ctx, "g", func(_ context.Context, g store.Grant) (*store.Renewal, error) {
		if g.Version != 1 || string(g.Sealed) != "credential 1" {
			w.Errorf("renewing %+v", g)
		}
		return &store.Renewal{Sealed: []byte("credential 2"), RenewAt: w.at(2 * time.Hour)}, nil
	}))
	broken := errors.New("HeyGen is away")
	w.want(w.s.Renew(ctx, "g", func(context.Context, store.Grant) (*store.Renewal, error) { return nil, broken }), broken)
	w.ok(w.s.Renew(ctx, "g", func(context.Context, store.Grant) (*store.Renewal, error) { return nil, nil }))
	g, err := w.s.Grant(ctx, "g")
	w.ok(err)
	if g.Version != 2 || string(g.Sealed) != "credential 2" || !g.RenewAt.Equal(w.at(2*time.Hour)) {
		w.Errorf("the grant is %+v", g)
	}
	w.want(w.s.Renew(ctx, "no grant", func(context.Context, store.Grant) (*store.Renewal, error) {
		w.Error("there is nothing to renew")
		return nil, nil
	}), store.ErrNotFound)
}

// renewalRace holds that callers renew one after the other, each seeing what the one before it has kept, while tokens
// of the same grant can be given.
func renewalRace(w *world) {
	w.signedIn("g")
	var running, most atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			err := w.s.Renew(w.Context(), "g", func(ctx context.Context, g store.Grant) (*store.Renewal, error) {
				if running.Add(1) > 1 {
					most.Add(1)
				}
				defer running.Add(-1)
				if g.Version == 1 {
					// HeyGen answers slowly, and a client refreshes its own tokens meanwhile.
					if err := w.s.Rotate(ctx, hash("rt g"), w.pair("g2", "g"), grace, w.now); err != nil {
						return nil, err
					}
				}
				return &store.Renewal{Sealed: fmt.Appendf(nil, "credential %d", g.Version+1), RenewAt: w.at(time.Hour)}, nil
			})
			if err != nil {
				w.Error(err)
			}
		})
	}
	wg.Wait()
	g, err := w.s.Grant(w.Context(), "g")
	w.ok(err)
	if most.Load() != 0 || g.Version != 9 || string(g.Sealed) != "credential 9" {
		w.Errorf("%d ran at once; the grant is %+v", most.Load(), g)
	}
}
