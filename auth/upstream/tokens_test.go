package upstream

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestSignIn holds what HeyGen is asked by the address that a user is sent to.
func TestSignIn(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	where, client, err := s.client(t).SignIn(t.Context(), "state", "a-verifier")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(where)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(where, s.URL+"/authorize?") || strings.Contains(where, "a-verifier") {
		t.Errorf("the address is %s", where)
	}
	for name, want := range map[string]string{
		"a": "b", "response_type": "code", "client_id": client, "redirect_uri": "http://127.0.0.1:1/cb", "state": "state",
		"scope": "openid email", "code_challenge_method": "S256", "code_challenge": "NORfwpEYKakZsuYgaey8PFmACPx5Ikq_PyZGYQ7p8NI",
	} {
		if got := u.Query().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestTokens holds what an exchange, a renewal and a revocation send, and what they make of the
// answers.
func TestTokens(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	c := s.client(t)
	got, err := c.Exchange(t.Context(), "client", "code", "verifier")
	want := Tokens{Client: "client", Access: "at", Refresh: "rt", Expires: s.now.Add(10 * time.Minute)}
	if err != nil || got != want {
		t.Errorf("exchange: %#v, %v", got.Expires, err)
	}
	for name, want := range map[string]string{
		"grant_type": "authorization_code", "code": "code", "code_verifier": "verifier", "client_id": "client",
		"redirect_uri": "http://127.0.0.1:1/cb",
	} {
		if sent := s.last().Get(name); sent != want {
			t.Errorf("exchange: %s is %q, want %q", name, sent, want)
		}
	}
	s.set(func() { s.answer = `{"access_token":"at2"}` })
	next, err := c.Refresh(t.Context(), got)
	if err != nil || next.Access != "at2" || next.Refresh != "rt" || !next.Expires.Equal(s.now.Add(time.Hour)) {
		t.Errorf("a renewal without a new refresh token or a lifetime: %t %v, %v", next.Refresh == "rt", next.Expires, err)
	}
	if f := s.last(); f.Get("grant_type") != "refresh_token" || f.Get("refresh_token") != "rt" || f.Get("client_id") != "client" {
		t.Errorf("a renewal sends %v", f)
	}
	if err := c.Revoke(t.Context(), next); err != nil || s.last().Get("token") != "rt" || s.last().Get("client_id") != "client" {
		t.Errorf("revoke: %v, %v", err, s.last())
	}
	if err := c.Revoke(t.Context(), Tokens{Client: "client", Access: "at"}); err != nil || s.last().Get("token") != "at" {
		t.Errorf("revoke without a refresh token: %v, %v", err, s.last())
	}
	s.set(func() { s.status = http.StatusInternalServerError })
	if err := c.Revoke(t.Context(), next); err == nil {
		t.Error("a revocation that failed gives no error")
	}
}

// TestRefusals holds which answers end a user's sign-in: those that are about the token, and not
// those about this server or a server that is ill.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status  int
		body    string
		refused bool
	}{
		{http.StatusBadRequest, `{"error":"invalid_grant"}`, true},
		{http.StatusUnauthorized, `{}`, true},
		{http.StatusBadRequest, `no JSON`, true},
		{http.StatusUnauthorized, `{"error":"invalid_client"}`, false},
		{http.StatusBadRequest, `{"error":"invalid_request"}`, false},
		{http.StatusInternalServerError, `{"error":"invalid_grant"}`, false},
		{http.StatusOK, `{}`, false},
		{http.StatusOK, `no JSON`, false},
		{http.StatusOK, `{"access_token":"at","token_type":"mac"}`, false},
	} {
		s := newServer(t)
		s.set(func() { s.status, s.answer = c.status, c.body })
		_, err := s.client(t).Refresh(t.Context(), Tokens{Client: "client", Refresh: "rt"})
		if err == nil || errors.Is(err, ErrRefused) != c.refused {
			t.Errorf("%d %s: %v, want refused %t", c.status, c.body, err, c.refused)
		}
	}
}

// TestAForgottenClientRegistersAgain holds that a registration which the server does not know any
// more is dropped, and one from the settings is not.
func TestAForgottenClientRegistersAgain(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	c := s.client(t)
	_, id, err := c.SignIn(t.Context(), "s", "v")
	if err != nil {
		t.Fatal(err)
	}
	s.set(func() { s.status, s.answer = http.StatusUnauthorized, `{"error":"invalid_client"}` })
	if _, err := c.Exchange(t.Context(), id, "code", "verifier"); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("exchange: %v", err)
	}
	if _, again, err := c.SignIn(t.Context(), "s", "v"); err != nil || again != "registered-2" {
		t.Errorf("the next sign-in is under %q, %v", again, err)
	}
	set := s.client(t, func(c *Config) { c.ClientID = "set" })
	_, _ = set.Exchange(t.Context(), "set", "code", "verifier") // refused like the one before
	if _, id, err := set.SignIn(t.Context(), "s", "v"); err != nil || id != "set" {
		t.Errorf("a client id from the settings became %q, %v", id, err)
	}
}

// TestWithoutTheServer holds that every call says that the server cannot be found, and none panics.
func TestWithoutTheServer(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.set(func() { delete(s.metadata, "revocation_endpoint") })
	if err := s.client(t).Revoke(t.Context(), Tokens{}); err == nil || !strings.Contains(err.Error(), "revokes no tokens") {
		t.Errorf("without a revocation endpoint: %v", err)
	}
	c := s.client(t)
	s.Close()
	_, _, signIn := c.SignIn(t.Context(), "s", "v")
	_, exchange := c.Exchange(t.Context(), "c", "code", "v")
	_, refresh := c.Refresh(t.Context(), Tokens{})
	for what, err := range map[string]error{"sign-in": signIn, "exchange": exchange, "refresh": refresh, "revoke": c.Revoke(t.Context(), Tokens{})} {
		if err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
