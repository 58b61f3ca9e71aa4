package upstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is an authorization server on loopback. Its answers can be changed, and it says what it
// was asked.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	metadata map[string]any
	status   int    // of the token and revocation endpoints
	answer   string // of the token endpoint
	forms    []url.Values
	asked    map[string]int
	kept     string // the client id that Keep was given
	now      time.Time
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{asked: map[string]int{}, status: http.StatusOK, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	s.metadata = map[string]any{
		"issuer": s.URL, "authorization_endpoint": s.URL + "/authorize?a=b", "token_endpoint": s.URL + "/token",
		"registration_endpoint": s.URL + "/register", "revocation_endpoint": s.URL + "/revoke",
		"code_challenge_methods_supported": []string{"S256"},
	}
	s.answer = `{"access_token":"at","refresh_token":"rt","token_type":"bearer","expires_in":600}`
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[r.URL.Path]++
	_ = r.ParseForm() // what is no form has no fields
	switch r.URL.Path {
	case "/.well-known/oauth-authorization-server":
		_ = json.NewEncoder(w).Encode(s.metadata) // fails when the test has ended
	case "/register":
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, `{"client_id":"registered-%d"}`, s.asked["/register"])
	default:
		s.forms = append(s.forms, r.PostForm)
		w.WriteHeader(s.status)
		_, _ = w.Write([]byte(s.answer))
	}
}

// set changes the server under its lock.
func (s *server) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

func (s *server) count(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[path]
}

// last is the form that was sent last.
func (s *server) last() url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.forms[len(s.forms)-1]
}

func (s *server) config() Config {
	return Config{
		Issuer: s.URL, Redirect: "http://127.0.0.1:1/cb", Name: "A server", Scopes: []string{"openid", "email"},
		HTTP:  s.Client(),
		Clock: func() time.Time { s.mu.Lock(); defer s.mu.Unlock(); return s.now },
		Recall: func(context.Context) (string, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.kept, nil
		},
		Keep: func(_ context.Context, id string) (string, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.kept = id
			return id, nil
		},
	}
}

func (s *server) client(t *testing.T, change ...func(*Config)) *Client {
	t.Helper()
	cfg := s.config()
	for _, c := range change {
		c(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestNewRefusesWhatCannotWork holds that a Config with something missing makes no Client.
func TestNewRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for what, change := range map[string]func(*Config){
		"no issuer": func(c *Config) { c.Issuer = "" }, "an issuer of another scheme": func(c *Config) { c.Issuer = "ftp://x" },
		"no redirect": func(c *Config) { c.Redirect = "/cb" }, "no HTTP": func(c *Config) { c.HTTP = nil },
		"no Recall": func(c *Config) { c.Recall = nil }, "no Keep": func(c *Config) { c.Keep = nil },
	} {
		cfg := s.config()
		change(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

// TestReady holds that the metadata are read once while they are fresh, and a failure is believed
// for a minute.
func TestReady(t *testing.T) {
	t.Parallel()
	const metadata = "/.well-known/oauth-authorization-server"
	s := newServer(t)
	c := s.client(t)
	for range 3 {
		if err := c.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if s.count(metadata) != 1 || s.count("/register") != 1 {
		t.Errorf("asked %d times for the metadata and %d for a client id, want once", s.count(metadata), s.count("/register"))
	}
	// What was found before is worth trying when the server does not answer as it should.
	s.set(func() { s.now = s.now.Add(time.Hour); s.metadata["issuer"] = "https://other.example" })
	if err := c.Ready(t.Context()); err != nil {
		t.Errorf("after metadata that are wrong: %v", err)
	}

	for what, change := range map[string]func(map[string]any){
		"another issuer":    func(m map[string]any) { m["issuer"] = "https://other.example" },
		"no PKCE":           func(m map[string]any) { m["code_challenge_methods_supported"] = []string{"plain"} },
		"a useless address": func(m map[string]any) { m["token_endpoint"] = "ftp://x" },
		"no registration":   func(m map[string]any) { delete(m, "registration_endpoint") },
	} {
		broken := newServer(t)
		broken.set(func() { change(broken.metadata) })
		c := broken.client(t)
		for range 2 {
			if err := c.Ready(t.Context()); err == nil {
				t.Errorf("%s: no error", what)
			}
		}
		if broken.count(metadata) != 1 {
			t.Errorf("%s: asked %d times within a minute", what, broken.count(metadata))
		}
		broken.set(func() { broken.now = broken.now.Add(time.Minute) })
		if err := c.Ready(t.Context()); err == nil || broken.count(metadata) != 2 {
			t.Errorf("%s, a minute later: %v after %d questions", what, err, broken.count(metadata))
		}
	}
	away := newServer(t)
	c = away.client(t)
	away.Close()
	if err := c.Ready(t.Context()); err == nil {
		t.Error("a server that is not there is ready")
	}
}

// TestAnswers holds which answers can be the server's (RFC 9207).
func TestAnswers(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	c := s.client(t)
	if !c.Answers(t.Context(), s.URL) || c.Answers(t.Context(), "https://other.example") || !c.Answers(t.Context(), "") {
		t.Error("a server that does not promise to name itself is not told from another")
	}
	named := newServer(t)
	named.set(func() { named.metadata["authorization_response_iss_parameter_supported"] = true })
	if named.client(t).Answers(t.Context(), "") {
		t.Error("an answer without a name is taken for that of a server that names itself")
	}
}

// TestTheClientID holds where it is from: the settings, else the store, else a registration that is
// kept.
func TestTheClientID(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	if _, id, err := s.client(t, func(c *Config) { c.ClientID = "set" }).SignIn(t.Context(), "s", "v"); err != nil || id != "set" {
		t.Errorf("from the settings: %q, %v", id, err)
	}
	first := s.client(t)
	if _, id, err := first.SignIn(t.Context(), "s", "v"); err != nil || id != "registered-1" {
		t.Errorf("registered: %q, %v", id, err)
	}
	if _, id, err := s.client(t).SignIn(t.Context(), "s", "v"); err != nil || id != "registered-1" || s.count("/register") != 1 {
		t.Errorf("from the store: %q, %v", id, err)
	}
	// Another process has found that it was forgotten, and has registered anew.
	s.set(func() { s.kept = "registered-by-another" })
	if _, id, err := first.SignIn(t.Context(), "s", "v"); err != nil || id != "registered-by-another" {
		t.Errorf("registered by another: %q, %v", id, err)
	}
	full := s.client(t, func(c *Config) {
		c.Recall = func(context.Context) (string, error) { return "", nil }
		c.Keep = func(context.Context, string) (string, error) { return "", errors.New("the store is full") }
	})
	if err := full.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "the store is full") {
		t.Errorf("a registration that cannot be kept: %v", err)
	}
}

// TestErrorsQuoteNothing holds that of a server's error only a code of OAuth's is told: a
// description may quote a secret.
func TestErrorsQuoteNothing(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"error":"invalid_scope","error_description":"code"}`: "status 418, invalid_scope",
		`{"error":"the code is code"}`:                         "status 418",
		`code`:                                                 "status 418",
	} {
		if got := answered(http.StatusTeapot, []byte(body)).Error(); got != want {
			t.Errorf("%s: the error says %q, want %q", body, got, want)
		}
	}
	if text := fmt.Sprintf("%v %+v %#v", Tokens{Access: "x"}, Tokens{Access: "x"}, Tokens{Access: "x"}); text != "[tokens] [tokens] [tokens]" {
		t.Errorf("tokens print as %s", text)
	}
}
