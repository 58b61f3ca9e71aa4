// Package storetest says what every store must do. An implementation runs it against stores of its own.
package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"heygen-mcp/auth/store"
)

const (
	minute = time.Minute
	grace  = time.Minute
)

// Run holds a store of one process to what the interface promises. open gives an empty one.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	RunReplicas(t, func(t *testing.T) (store.Store, func() store.Store) {
		t.Helper()
		return open(t), nil
	})
}

// RunReplicas is Run for a store that processes share. again gives a further handle of the same records, as a
// second replica has one.
func RunReplicas(t *testing.T, open func(t *testing.T) (one store.Store, again func() store.Store)) {
	t.Helper()
	for name, test := range map[string]func(w *world){
		"clients":                       clients,
		"settings":                      settings,
		"flows":                         flows,
		"sessions and wraps":            sessions,
		"a session in place of another": replaced,
		"a flow is taken once":          taken,
		"connect":                       connect,
		"a code is used once":           codes,
		"rotation":                      rotation,
		"rotation by many at once":      rotationRace,
		"a refresh that is heard of":    heard,
		"rows of a grant":               rowsOfAGrant,
		"rows of strangers":             trim,
		"the terms of a grant":          terms,
		"terms changed by many":         termsRace,
		"a grant that ends by itself":   endsByItself,
		"calls of a grant":              calls,
		"sessions of an account":        sessionsOfAnAccount,
		"the end of a grant":            endings,
		"tokens for an ended grant":     tooLate,
		"an end among other changes":    endingRace,
		"renewal":                       renewal,
		"renewal by many at once":       renewalRace,
		"devices":                       devices,
		"sweep":                         sweep,
		"what one does, the other sees": replicas,
		"a caller that leaves":          leaving,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, again := open(t)
			test(&world{T: t, s: s, again: again, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)})
		})
	}
}

// world is one test: a store and a time.
type world struct {
	*testing.T
	s     store.Store
	again func() store.Store
	now   time.Time
}

func (w *world) at(d time.Duration) time.Time { return w.now.Add(d) }

// ok ends the test on an error.
func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// want demands an error.
func (w *world) want(err, want error) {
	w.Helper()
	if !errors.Is(err, want) {
		w.Fatalf("the error is %v, want %v", err, want)
	}
}

// hash makes a hash that reads well in a failure.
func hash(name string) (h store.Hash) {
	copy(h[:], name)
	return h
}

func (w *world) flow(name string) store.Hash {
	w.Helper()
	w.ok(w.s.PutFlow(w.Context(), store.Flow{ID: hash(name), Sealed: []byte("sealed"), Expires: w.at(minute)}))
	return hash(name)
}

func (w *world) grant(id string) store.Grant {
	return store.Grant{
		ID: id, Client: "client", Account: hash("account"), Audience: "https://mcp.example/mcp",
		Terms: store.Terms{Scopes: "heygen:read"}, Details: []byte(`{"name":"A client"}`), Sealed: []byte("credential 1"), Version: 1, RenewAt: w.at(time.Hour),
		Created: w.now,
	}
}

func (w *world) token(kind store.Kind, name, grant string, life time.Duration) store.Token {
	return store.Token{ID: hash(name), Kind: kind, Grant: grant, Wrap: []byte("wrap of " + name), Scopes: "heygen:read", Created: w.now, Expires: w.at(life)}
}

// pair is what an exchange gives.
func (w *world) pair(name, grant string) []store.Token {
	access := w.token(store.Access, "at "+name, grant, time.Hour)
	access.Pair = hash("rt " + name)
	return []store.Token{access, w.token(store.Refresh, "rt "+name, grant, 24*time.Hour)}
}

// connected makes a grant with a code, through a flow.
func (w *world) connected(id string) {
	w.Helper()
	code := w.token(store.Code, "code "+id, id, minute)
	code.Binding = []byte(`{"challenge":"c"}`)
	w.ok(w.s.Connect(w.Context(), w.flow("flow "+id), w.grant(id), code, nil, w.now))
}

// signedIn is a grant whose code has been exchanged for the pair of the same name.
func (w *world) signedIn(id string) {
	w.Helper()
	w.connected(id)
	w.ok(w.s.Redeem(w.Context(), hash("code "+id), w.pair(id, id), w.now))
}

// has says whether a token is there.
func (w *world) has(name string) bool {
	w.Helper()
	_, _, err := w.s.Token(w.Context(), hash(name), w.now)
	if err != nil {
		w.want(err, store.ErrNotFound)
	}
	return err == nil
}

func sessions(w *world) {
	ctx := w.Context()
	n := store.Session{ID: hash("browser"), Expires: w.at(minute)}
	_, err := w.s.Session(ctx, n.ID, w.now)
	w.want(err, store.ErrNotFound)
	w.ok(w.s.PutSession(ctx, n))
	n.Account, n.AccountUntil, n.AccountName, n.Credential = hash("account"), w.at(minute/2), []byte("sealed"), []byte("secret")
	w.ok(w.s.PutSession(ctx, n))
	got, err := w.s.Session(ctx, n.ID, w.now)
	w.ok(err)
	if got.Account != n.Account || string(got.AccountName) != "sealed" || string(got.Credential) != "secret" || !got.AccountUntil.Equal(n.AccountUntil) || !got.Expires.Equal(n.Expires) {
		w.Errorf("read %+v", got)
	}
	// What was signed in with goes when its time is over, and the browser stays known.
	for after, want := range map[time.Duration]string{minute/2 - time.Second: "secret", minute / 2: ""} {
		w.ok(w.s.PutSession(ctx, n))
		w.ok(w.s.Sweep(ctx, w.at(after)))
		got, err = w.s.Session(ctx, n.ID, w.now)
		w.ok(err)
		if string(got.Credential) != want || got.Account != n.Account {
			w.Errorf("a sweep after %v leaves %+v", after, got)
		}
	}
	_, err = w.s.Session(ctx, n.ID, w.at(minute))
	w.want(err, store.ErrNotFound)

	wrap := &store.Wrap{Session: n.ID, Grant: "g", Sealed: []byte("wrap"), Consent: true}
	w.ok(w.s.Connect(ctx, w.flow("f"), w.grant("g"), w.token(store.Code, "c", "g", minute), wrap, w.now))
	all, err := w.s.Wraps(ctx, n.ID)
	w.ok(err)
	if len(all) != 1 || all[0].Grant != "g" || string(all[0].Sealed) != "wrap" || !all[0].Consent {
		w.Errorf("read %+v", all)
	}
	all, err = w.s.Wraps(ctx, hash("another browser"))
	w.ok(err)
	if len(all) != 0 {
		w.Errorf("another browser reads %+v", all)
	}
}

func connect(w *world) {
	ctx := w.Context()
	w.connected("g")
	code, g, err := w.s.Token(ctx, hash("code g"), w.now)
	w.ok(err)
	if code.Kind != store.Code || code.Grant != "g" || string(code.Wrap) != "wrap of code g" || string(code.Binding) != `{"challenge":"c"}` ||
		!code.Expires.Equal(w.at(minute)) || !code.Used.IsZero() {
		w.Errorf("the code is %+v", code)
	}
	if want := w.grant("g"); g.Account != want.Account || g.Audience != want.Audience || g.Scopes != want.Scopes || string(g.Sealed) != "credential 1" ||
		g.Version != 1 || !g.RenewAt.Equal(want.RenewAt) || !g.Created.Equal(w.now) || string(g.Details) != string(want.Details) {
		w.Errorf("the grant is %+v", g)
	}
	_, _, err = w.s.Token(ctx, hash("code g"), w.at(minute))
	w.want(err, store.ErrNotFound)

	// The form is sent twice: the second finds no flow, and nothing of it is kept.
	w.want(w.s.Connect(ctx, hash("flow g"), w.grant("h"), w.token(store.Code, "code h", "h", minute), nil, w.now), store.ErrNotFound)
	_, err = w.s.Grant(ctx, "h")
	w.want(err, store.ErrNotFound)
	w.want(w.s.Connect(ctx, w.flow("late"), w.grant("h"), w.token(store.Code, "code h", "h", minute), nil, w.at(minute)), store.ErrNotFound)

	w.want(w.s.Reconnect(ctx, hash("no flow"), w.token(store.Code, "code 2", "g", minute), w.now), store.ErrNotFound)
	w.ok(w.s.Reconnect(ctx, w.flow("second"), w.token(store.Code, "code 2", "g", minute), w.now))
	if !w.has("code 2") {
		w.Error("the second code is not there")
	}
	if err := w.s.Reconnect(ctx, w.flow("third"), w.token(store.Code, "code 3", "no grant", minute), w.now); err == nil {
		w.Error("a code without a grant is kept")
	}
	if _, err := w.s.Flow(ctx, hash("third"), w.now); err != nil {
		w.Errorf("what failed has ended the flow: %v", err)
	}
	all, err := w.s.GrantsOf(ctx, hash("account"))
	w.ok(err)
	if len(all) != 1 || all[0].ID != "g" {
		w.Errorf("the account's grants are %+v", all)
	}
	all, err = w.s.AllGrants(ctx)
	w.ok(err)
	n, err := w.s.CountGrants(ctx)
	w.ok(err)
	if len(all) != 1 || all[0].ID != "g" || n != 1 {
		w.Errorf("everybody's grants are %+v, and there are %d", all, n)
	}
}

func codes(w *world) {
	ctx := w.Context()
	w.signedIn("g")
	if !w.has("at g") || !w.has("rt g") {
		w.Fatal("the tokens are not there")
	}
	t, _, err := w.s.Token(ctx, hash("rt g"), w.now)
	w.ok(err)
	if t.Parent != hash("code g") {
		w.Errorf("the parent is %q", t.Parent)
	}
	w.want(w.s.Redeem(ctx, hash("code g"), w.pair("h", "g"), w.now), store.ErrUsed)
	if w.has("at h") {
		w.Error("the second try was given a token")
	}
	w.want(w.s.Redeem(ctx, hash("no code"), w.pair("h", "g"), w.now), store.ErrUsed)
	w.want(w.s.Redeem(ctx, hash("rt g"), w.pair("h", "g"), w.now), store.ErrUsed)
	code, _, err := w.s.Token(ctx, hash("code g"), w.now)
	w.ok(err)
	if !code.Used.Equal(w.now) {
		w.Errorf("used at %v", code.Used)
	}
}

// leaving holds that a caller who leaves in the middle takes nothing with him.
func leaving(w *world) {
	w.signedIn("g")
	for range 20 {
		ctx, cancel := context.WithCancel(w.Context())
		go cancel()
		_, _, _ = w.s.Token(ctx, hash("at g"), w.now) // either outcome is right
		_ = w.s.Rotate(ctx, hash("no token"), nil, grace, w.now)
	}
	if !w.has("at g") {
		w.Error("the store forgot")
	}
	w.ok(w.s.Ping(w.Context()))
}
