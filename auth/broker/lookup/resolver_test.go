package lookup_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/lookup"
	"heygen-mcp/auth/broker/renewal"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/seal"
)

const resource = "https://mcp.example/mcp"

// records is a store of one token and its grant, which fails as it is told to.
type records struct {
	store.Store
	token    store.Token
	grant    store.Grant
	looks    int
	err      error // of looks
	renewErr error
	endErr   error
	ended    bool
}

func (r *records) Token(context.Context, store.Hash, time.Time) (store.Token, store.Grant, error) {
	r.looks++
	return r.token, r.grant, r.err
}

func (r *records) Grant(context.Context, string) (store.Grant, error) { return r.grant, r.err }

func (r *records) Renew(context.Context, string, func(context.Context, store.Grant) (*store.Renewal, error)) error {
	return r.renewErr
}

func (r *records) EndGrant(context.Context, string) error {
	r.ended = true
	return r.endErr
}

// bench is a Resolver of one token.
type bench struct {
	*lookup.Resolver
	records *records
	token   string
	key     seal.Key
	now     time.Time
	log     strings.Builder
	hits    []bool
	account error // of whose credential it is
}

// newBench makes one whose grant has a credential.
func newBench(t *testing.T, c grants.SealedCredential) *bench {
	t.Helper()
	b := &bench{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), records: &records{}}
	clock := func() time.Time { return b.now }
	issuer := grants.Issuer{Resource: resource, AccessLifetime: time.Hour, RefreshLifetime: time.Hour, Clock: clock}
	g, key, err := issuer.NewGrant(grants.Consent{Client: "client", Name: "A client", Scopes: []string{"heygen:read"}, Credential: c})
	if err != nil {
		t.Fatal(err)
	}
	pair, tokens, err := issuer.NewPair(g, key, []string{"heygen:write"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.token, b.key, b.records.token, b.records.grant = pair.Access, key, tokens[0], g
	cache := lookup.NewCache(clock, func() bool { return true })
	var l limits.Config
	l.Defaults()
	b.Resolver = lookup.New(lookup.Config{
		Cache: cache, Store: b.records, Resource: resource, Clock: clock, Log: zerolog.New(&b.log),
		Limits: limits.New(l, b.records, clock, zerolog.Nop()),
		Renewer: renewal.New(renewal.Config{
			Store: b.records, Forget: cache.Forget, Clock: clock, Audit: func(context.Context, audit.Event) {},
		}),
		FetchAccount: func(context.Context, credential.Credential) (credential.Account, error) {
			return credential.Account{}, b.account
		},
		Remembered: func(_ string, hit bool) { b.hits = append(b.hits, hit) },
	})
	return b
}

var errDisk = errors.New("the disk is full")

func key() grants.SealedCredential { return grants.SealedCredential{Key: "sk_x"} }

// TestIdentify holds what a token opens, and which tokens open nothing.
func TestIdentify(t *testing.T) {
	t.Parallel()
	b := newBench(t, key())
	for range 2 {
		a, err := b.Identify(t.Context(), b.token, lookup.AdmitAll)
		if err != nil {
			t.Fatal(err)
		}
		if a.Client != "client" || a.ClientName != "A client" || a.Grant() != b.records.grant.ID || a.Credential.Secret != "sk_x" || !slices.Equal(a.Scopes, []string{"heygen:read"}) {
			t.Errorf("it opens %+v", *a)
		}
		if !a.Allows("heygen:read") || a.Allows("heygen:write") {
			t.Error("it does not allow what the grant's scopes do")
		}
	}
	if b.records.looks != 1 || !slices.Equal(b.hits, []bool{false, true}) {
		t.Errorf("looked up %d times, remembered %v, want once and then remembered", b.records.looks, b.hits)
	}
	for name, c := range map[string]struct {
		change func(b *bench)
		want   error
		logged bool
	}{
		"another's token":                 {func(b *bench) { b.token = "sk_x" }, lookup.ErrUnknown, false},
		"one that is too long":            {func(b *bench) { b.token += strings.Repeat("x", 257-len(b.token)) }, lookup.ErrUnknown, false},
		"one that is not known":           {func(b *bench) { b.records.err = store.ErrNotFound }, lookup.ErrUnknown, false},
		"a refresh token":                 {func(b *bench) { b.records.token.Kind = store.Refresh }, lookup.ErrUnknown, false},
		"for another resource":            {func(b *bench) { b.records.grant.Audience = "x" }, lookup.ErrUnknown, false},
		"the store is away":               {func(b *bench) { b.records.err = errDisk }, lookup.ErrAway, true},
		"a wrap of another's":             {func(b *bench) { b.records.token.Wrap[0] ^= 1 }, lookup.ErrUnknown, true},
		"a credential that does not open": {func(b *bench) { b.records.grant.Sealed[0] ^= 1 }, lookup.ErrUnknown, true},
	} {
		b := newBench(t, key())
		c.change(b)
		if a, err := b.Identify(t.Context(), b.token, lookup.AdmitAll); !errors.Is(err, c.want) || a != nil {
			t.Errorf("%s: got %v, %v, want %v", name, a, err, c.want)
		}
		if got := b.log.Len() > 0; got != c.logged {
			t.Errorf("%s: logged: %t, want %t: %s", name, got, c.logged, &b.log)
		}
	}
	// The longest token that is looked for is.
	b = newBench(t, key())
	if _, _ = b.Identify(t.Context(), b.token+strings.Repeat("x", 256-len(b.token)), lookup.AdmitAll); b.records.looks != 1 {
		t.Errorf("a token of 256 characters is looked up %d times, want once", b.records.looks)
	}
}

// TestAdmit holds that a look into the store is asked for, and left.
func TestAdmit(t *testing.T) {
	t.Parallel()
	b := newBench(t, key())
	if _, err := b.Identify(t.Context(), b.token, func(context.Context) (func(), error) { return nil, errDisk }); !errors.Is(err, errDisk) || b.records.looks != 0 {
		t.Errorf("not admitted: got %v after %d looks, want %v and none", err, b.records.looks, errDisk)
	}
	in := 0
	admit := func(context.Context) (func(), error) {
		in++
		return func() { in-- }, nil
	}
	if _, err := b.Identify(t.Context(), b.token, admit); err != nil || in != 0 {
		t.Errorf("admitted: got %v, and %d are in", err, in)
	}
	admit = func(context.Context) (func(), error) { return nil, errDisk }
	if _, err := b.Identify(t.Context(), b.token, admit); err != nil {
		t.Errorf("a token that is remembered asks to be admitted: %v", err)
	}
}

// TestTheGrantsEnd holds that a token ends with its grant, though it was given for longer.
func TestTheGrantsEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ grant, want time.Duration }{
		"before the token": {time.Minute, time.Minute},
		"after the token":  {2 * time.Hour, time.Hour},
	} {
		b := newBench(t, key())
		b.records.grant.Expires = b.now.Add(c.grant)
		begin := b.now
		// Some minutes at a time, so that the token is looked up anew where it is not fresh any more.
		for b.now.Before(begin.Add(c.want)) {
			if _, err := b.Identify(t.Context(), b.token, lookup.AdmitAll); err != nil {
				t.Errorf("%s: after %s: %v", name, b.now.Sub(begin), err)
			}
			b.now = b.now.Add(min(9*time.Minute, begin.Add(c.want).Sub(b.now)))
		}
		looks := b.records.looks
		if _, _ = b.Identify(t.Context(), b.token, lookup.AdmitAll); b.records.looks != looks+1 {
			t.Errorf("%s: after %s it is remembered", name, c.want)
		}
	}
}

// TestSpendCap holds that the cap is that of a grant which has not ended.
func TestSpendCap(t *testing.T) {
	t.Parallel()
	b := newBench(t, key())
	a, err := b.Identify(t.Context(), b.token, lookup.AdmitAll)
	if err != nil {
		t.Fatal(err)
	}
	most := int64(5)
	b.records.grant.SpendCap = &most
	if got, err := b.SpendCap(t.Context(), a); err != nil || got == nil || *got != most {
		t.Errorf("got %v, %v, want %d", got, err, most)
	}
	for _, c := range []struct {
		err   error
		until time.Time
		want  error
	}{
		{store.ErrNotFound, time.Time{}, lookup.ErrUnknown},
		{nil, b.now, lookup.ErrUnknown},
		{nil, b.now.Add(1), nil},
		{errDisk, time.Time{}, lookup.ErrAway},
	} {
		b.records.err, b.records.grant.Expires = c.err, c.until
		if got, err := b.SpendCap(t.Context(), a); !errors.Is(err, c.want) || (got == nil) != (c.want != nil) {
			t.Errorf("the store says %v, the end is %s: got %v, %v, want %v", c.err, c.until, got, err, c.want)
		}
	}
}

// TestRenewals holds when HeyGen's token is renewed before it is used, and what becomes of a
// request for which that fails.
func TestRenewals(t *testing.T) {
	t.Parallel()
	signedIn := func(b *bench, end time.Duration) {
		t.Helper()
		c := grants.SealedCredential{Tokens: upstream.Tokens{Client: "us", Access: "a", Refresh: "r"}}
		sealed, err := c.Seal(b.key, b.records.grant.ID)
		if err != nil {
			t.Fatal(err)
		}
		b.records.grant.Sealed, b.records.grant.RenewAt = sealed, b.now.Add(end)
	}
	for name, c := range map[string]struct {
		end           time.Duration
		renewErr      error
		identify, ref error
	}{
		"not yet due":             {5*time.Minute + 1, errDisk, nil, lookup.ErrAway},
		"done":                    {time.Minute, nil, nil, nil},
		"ended":                   {time.Minute, renewal.ErrEnded, lookup.ErrUnknown, lookup.ErrUnknown},
		"of no grant":             {time.Minute, store.ErrNotFound, lookup.ErrUnknown, lookup.ErrUnknown},
		"HeyGen is away":          {1, errDisk, nil, lookup.ErrAway},
		"HeyGen is away too long": {0, errDisk, lookup.ErrAway, lookup.ErrAway},
	} {
		b := newBench(t, key())
		signedIn(b, c.end)
		b.records.renewErr = c.renewErr
		a, err := b.Identify(t.Context(), b.token, lookup.AdmitAll)
		if !errors.Is(err, c.identify) || (a == nil) != (c.identify != nil) {
			t.Errorf("%s: got %v, %v, want %v", name, a, err, c.identify)
		}
		if a == nil {
			continue
		}
		if a, err = b.Refused(t.Context(), a); !errors.Is(err, c.ref) || (a == nil) != (c.ref != nil) {
			t.Errorf("%s, and HeyGen has refused it: got %v, %v, want %v", name, a, err, c.ref)
		}
	}
}

// TestARefusedKey holds that a grant ends where HeyGen means its refusal, and there alone.
func TestARefusedKey(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		account, endErr error
		want            error
		ended           bool
	}{
		"refused once":       {nil, nil, lookup.ErrAway, false},
		"HeyGen is away":     {errDisk, nil, lookup.ErrAway, false},
		"meant":              {credential.RejectedError{}, nil, lookup.ErrUnknown, true},
		"meant and not kept": {credential.RejectedError{}, errDisk, errDisk, true},
	} {
		b := newBench(t, key())
		b.account, b.records.endErr = c.account, c.endErr
		a, err := b.Identify(t.Context(), b.token, lookup.AdmitAll)
		if err != nil {
			t.Fatal(err)
		}
		if a, err = b.Refused(t.Context(), a); !errors.Is(err, c.want) || a != nil || b.records.ended != c.ended {
			t.Errorf("%s: got %v, %v, ended %t, want %v, %t", name, a, err, b.records.ended, c.want, c.ended)
		}
	}
}
