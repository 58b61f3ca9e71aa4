package browsers_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// records is a store of one session and its wraps, of which one method can fail.
type records struct {
	store.Store
	session store.Session
	wraps   []store.Wrap
	grants  []store.Grant
	fails   string
}

var errAway = errors.New("the store is away")

func (r *records) err(method string) error {
	if r.fails == method {
		return errAway
	}
	return nil
}

func (*records) Settle(_ context.Context, _, value string) (string, error) { return value, nil }

func (r *records) Session(_ context.Context, id store.Hash, _ time.Time) (store.Session, error) {
	if id != r.session.ID && r.fails == "" {
		return store.Session{}, store.ErrNotFound
	}
	return r.session, r.err("Session")
}

func (r *records) PutSession(_ context.Context, s store.Session) error {
	r.session = s
	return r.err("PutSession")
}

func (r *records) Wraps(context.Context, store.Hash) ([]store.Wrap, error) {
	return slices.Clone(r.wraps), r.err("Wraps")
}

func (r *records) GrantsOf(context.Context, store.Hash) ([]store.Grant, error) {
	return r.grants, r.err("GrantsOf")
}

func (r *records) ReplaceSession(_ context.Context, _ store.Hash, s store.Session, wraps []store.Wrap) error {
	r.session, r.wraps = s, wraps
	return r.err("ReplaceSession")
}

// jar is one at a time that stands still.
func jar(t *testing.T, r *records) (*browsers.Jar, time.Time) {
	t.Helper()
	s, err := site.New("https://mcp.example", "https://mcp.example/mcp", false)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	j, err := browsers.NewJar(r, s, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	return j, now
}

// sent is what a browser sends back of the cookie that it was given.
func sent(given http.Header) http.Header {
	pair, _, _ := strings.Cut(given.Get("Set-Cookie"), ";")
	return http.Header{"Cookie": {pair}}
}

// TestEarlierSecrets holds how many earlier secrets a cookie carries, and that only those made here
// are read.
func TestEarlierSecrets(t *testing.T) {
	t.Parallel()
	j, _ := jar(t, &records{})
	who := j.New()
	var before []string
	for range 5 {
		h := http.Header{}
		next, err := j.Renew(t.Context(), h, who, store.Hash{1})
		if err != nil {
			t.Fatal(err)
		}
		before = slices.Insert(before, 0, who.Secret)
		before = before[:min(len(before), 3)]
		got, ok := j.Of(sent(h))
		if !ok || got.Secret != next.Secret || got.ID != next.ID || !slices.Equal(got.Before, before) {
			t.Errorf("of the cookie is read %+v, %t, want %q before %q", got, ok, next.Secret, before)
		}
		if !slices.Equal(next.Before, before) {
			t.Errorf("the cookie has %d earlier secrets, want %d", len(next.Before), len(before))
		}
		who = next
	}
	h := http.Header{}
	who.Before = []string{"planted", before[0], before[1], before[2]}
	j.Set(h, who)
	if got, ok := j.Of(sent(h)); !ok || !slices.Equal(got.Before, before[:2]) {
		t.Errorf("of four secrets, the first planted, are read %q, want %q", got.Before, before[:2])
	}
	if _, ok := j.Of(http.Header{"Cookie": {"__Host-heygen-mcp-x=y"}}); ok {
		t.Error("another cookie is taken")
	}
}

// TestKeepSession holds that a session that is kept for longer stays who it was.
func TestKeepSession(t *testing.T) {
	t.Parallel()
	r := &records{}
	j, now := jar(t, r)
	who := j.New()
	if err := j.KeepSession(t.Context(), who); err != nil || r.session.ID != who.ID || !r.session.Expires.Equal(now.Add(browsers.Lifetime)) {
		t.Errorf("a new one: %v, %+v", err, r.session)
	}
	r.session.Account, r.session.Expires = store.Hash{1}, now
	if err := j.KeepSession(t.Context(), who); err != nil || r.session.Account != (store.Hash{1}) || !r.session.Expires.Equal(now.Add(browsers.Lifetime)) {
		t.Errorf("one that is known: %v, %+v", err, r.session)
	}
	for _, method := range []string{"Session", "PutSession"} {
		r.fails = method
		if err := j.KeepSession(t.Context(), who); !errors.Is(err, errAway) {
			t.Errorf("%s fails: got %v, want %v", method, err, errAway)
		}
	}
}

// TestRenew holds what goes over to the cookie that a sign-in brings: the keys of the grants of the
// account that signed in, and the pages of an account to that account alone.
func TestRenew(t *testing.T) {
	t.Parallel()
	account := store.Hash{1}
	for name, c := range map[string]struct {
		fails string
		was   store.Hash
		pages bool
	}{
		"the same account":           {was: account, pages: true},
		"another account":            {was: store.Hash{2}},
		"no session":                 {fails: "Session"},
		"no wraps":                   {fails: "Wraps"},
		"no grants":                  {fails: "GrantsOf"},
		"a session that is not kept": {fails: "ReplaceSession"},
	} {
		r := &records{}
		j, now := jar(t, r)
		old := j.New()
		key := seal.NewKey()
		own, err := seal.Derive(old.Secret, secrets.SealPurpose)
		if err != nil {
			t.Fatal(err)
		}
		for _, grant := range []string{"mine", "another's", "closed"} {
			w := store.Wrap{Session: old.ID, Grant: grant, Consent: true}
			if w.Sealed, err = own.Seal(key[:], grant); err != nil {
				t.Fatal(err)
			}
			r.wraps = append(r.wraps, w)
		}
		r.wraps[2].Sealed[0] ^= 0xff
		r.grants = []store.Grant{{ID: "mine"}, {ID: "closed"}}
		r.session = store.Session{ID: old.ID, Account: c.was, AccountUntil: now.Add(time.Hour), AccountName: []byte("name"), Credential: []byte("c")}
		r.fails = c.fails
		h := http.Header{}
		next, err := j.Renew(t.Context(), h, old, account)
		if c.fails != "" {
			if !errors.Is(err, errAway) || h.Get("Set-Cookie") != "" {
				t.Errorf("%s: got %v and the cookie %q, want %v and none", name, err, h.Get("Set-Cookie"), errAway)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		s := r.session
		if s.ID != next.ID || s.Account != account || !s.Expires.Equal(now.Add(browsers.Lifetime)) {
			t.Errorf("%s: the session is %+v", name, s)
		}
		if got := !s.AccountUntil.IsZero() && bytes.Equal(s.AccountName, []byte("name")) && bytes.Equal(s.Credential, []byte("c")); got != c.pages {
			t.Errorf("%s: the pages are open: %t, want %t: %+v", name, got, c.pages, s)
		}
		if len(r.wraps) != 1 || r.wraps[0].Grant != "mine" || !r.wraps[0].Consent {
			t.Errorf("%s: the wraps are %+v, want that of mine", name, r.wraps)
			continue
		}
		if got, err := secrets.OpenKey(next.Secret, secrets.SealPurpose, r.wraps[0].Sealed, "mine"); err != nil || got != key {
			t.Errorf("%s: the new cookie does not open the grant: %v", name, err)
		}
	}
}

// TestWhereFormsComeFrom holds which origins and sites a form is taken from.
func TestWhereFormsComeFrom(t *testing.T) {
	t.Parallel()
	j, _ := jar(t, &records{})
	who := j.New()
	cookie := http.Header{}
	j.Set(cookie, who)
	for _, c := range []struct {
		name, value string
		want        error
	}{
		{"Origin", "https://mcp.example", nil},
		{"Origin", "HTTPS://mcp.example", nil},
		{"Origin", "https://evil.example", browsers.ErrForeign},
		{"Origin", "null", browsers.ErrForeign},
		{"Sec-Fetch-Site", "same-origin", nil},
		{"Sec-Fetch-Site", "none", nil},
		{"Sec-Fetch-Site", "same-site", browsers.ErrForeign},
		{"Sec-Fetch-Site", "cross-site", browsers.ErrForeign},
		{"Content-Type", "text/plain", browsers.ErrBadForm},
		{"Cookie", "", browsers.ErrNoCookie},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("csrf="+browsers.CSRF(who.Secret, "about")))
		r.Header = sent(cookie)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(c.name, c.value)
		got, err := j.CheckForm(httptest.NewRecorder(), r, func(*http.Request) string { return "about" })
		if !errors.Is(err, c.want) || err == nil && got.ID != who.ID {
			t.Errorf("%s: %s: got %v, want %v", c.name, c.value, err, c.want)
		}
	}
}

// TestAPageOfBefore holds that a form is taken whose page was made for an earlier secret of the
// browser's, and said to be, and that of no other.
func TestAPageOfBefore(t *testing.T) {
	t.Parallel()
	j, _ := jar(t, &records{})
	who, first, second, other := j.New(), j.New(), j.New(), j.New()
	who.Before = []string{first.Secret, second.Secret}
	cookie := http.Header{}
	j.Set(cookie, who)
	for _, c := range []struct {
		secret, late string
		want         error
	}{
		{who.Secret, "", nil},
		{first.Secret, first.Secret, nil},
		{second.Secret, second.Secret, nil},
		{other.Secret, "", browsers.ErrForeign},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("csrf="+browsers.CSRF(c.secret, "about")))
		r.Header = sent(cookie)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		got, err := j.CheckForm(httptest.NewRecorder(), r, func(*http.Request) string { return "about" })
		if !errors.Is(err, c.want) || got.Late != c.late {
			t.Errorf("got %v, late with %q, want %v, %q", err, got.Late, c.want, c.late)
		}
	}
}
