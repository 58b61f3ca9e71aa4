package auth_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

const (
	resource    = "https://mcp.example.com/team/mcp"
	keyResource = "https://mcp.example.com/team/mcp/key"
	issuer      = "https://login.example.com"

	oauthChallenge = `Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/team/mcp", ` +
		`scope="openid profile email"`
	invalidChallenge = oauthChallenge + `, error="invalid_token"`
)

// upstream is as much of HeyGen as authentication sees: a path that says who one
// is, and the credentials it was asked with.
type upstream struct {
	mu     sync.Mutex
	good   map[string]bool   // header value as it should arrive
	owner  map[string]string // the account of a header value, where HeyGen names it
	down   bool
	checks []string // of /v3/users/me, as "Header: value"
	calls  []string // of everything else
}

func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	defer u.mu.Unlock()
	var seen []string
	for _, name := range []string{"Authorization", "X-Api-Key"} {
		for _, value := range r.Header.Values(name) {
			seen = append(seen, name+": "+value)
		}
	}
	got := strings.Join(seen, ", ")
	if r.URL.Path == "/v3/users/me" {
		u.checks = append(u.checks, got)
	} else {
		u.calls = append(u.calls, got)
	}
	switch {
	case u.down:
		w.WriteHeader(http.StatusBadGateway)
	case !u.good[got]:
		w.WriteHeader(http.StatusUnauthorized)
	case r.URL.Path == "/v3/users/me":
		_, _ = io.WriteString(w, u.owner[got]) // fails when the reader has left
	}
}

// setOwner makes a credential good and says whose it is.
func (u *upstream) setOwner(credential, account string) {
	u.set(credential, true)
	u.mu.Lock()
	defer u.mu.Unlock()
	u.owner[credential] = account
}

func (u *upstream) set(credential string, good bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.good[credential] = good
}

func (u *upstream) setDown(down bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.down = down
}

func (u *upstream) seen() (checks, calls []string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return append([]string(nil), u.checks...), append([]string(nil), u.calls...)
}

// world is a server with authentication in front and an upstream behind.
type world struct {
	auth     *auth.Auth
	upstream *upstream
	client   *http.Client // goes to the upstream, through auth's Transport
	heygen   string
	server   string
	visitor  *http.Client // calls the server
	clock    *brokertest.Clock
	log      *brokertest.SafeBuffer
}

// newWorld mounts /mcp with OAuth, /mcp/key without, and the metadata. Both
// endpoints answer with the caller's id; with ?call they call the upstream.
func newWorld(t *testing.T, change func(*auth.Config)) *world {
	t.Helper()
	w := &world{
		upstream: &upstream{good: map[string]bool{}, owner: map[string]string{}},
		clock:    brokertest.NewClock(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)),
		log:      &brokertest.SafeBuffer{},
	}
	heygen := httptest.NewServer(w.upstream)
	t.Cleanup(heygen.Close)
	w.heygen = heygen.URL
	u, err := url.Parse(heygen.URL)
	if err != nil {
		t.Fatal(err)
	}
	cfg := auth.Config{
		Mode: auth.Direct, Resource: resource, KeyResource: keyResource, AuthorizationServer: issuer,
		HeyGenURL: u, Clock: w.clock.Now, Log: zerolog.New(w.log),
		Check: func(ctx context.Context) (string, error) { return w.users(ctx) },
	}
	if change != nil {
		change(&cfg)
	}
	w.auth, err = auth.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.client = &http.Client{Transport: w.auth.Transport(heygen.Client().Transport)}

	next := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("call") {
			if _, err := w.get(r.Context(), w.heygen+"/v3/videos"); err != nil {
				t.Error(err)
			}
		}
		_, _ = io.WriteString(rw, auth.Caller(r.Context()))
	})
	mux := http.NewServeMux()
	mux.Handle("/mcp", w.auth.Middleware(true, nil)(next))
	mux.Handle("/mcp/key", w.auth.Middleware(false, nil)(next))
	mux.Handle("/.well-known/", w.auth.Metadata(nil))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	w.server, w.visitor = server.URL, server.Client()
	return w
}

// get asks HeyGen, as the rest of the program would.
func (w *world) get(ctx context.Context, target string) (int, error) {
	status, _, err := w.read(ctx, target)
	return status, err
}

func (w *world) read(ctx context.Context, target string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return 0, "", err
	}
	res, err := w.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}

func (w *world) users(ctx context.Context) (string, error) {
	status, account, err := w.read(ctx, w.heygen+"/v3/users/me")
	switch {
	case err != nil:
		return "", err
	case status == http.StatusUnauthorized:
		return "", fmt.Errorf("get the user: %w", auth.RejectedError{})
	case status != http.StatusOK:
		return "", fmt.Errorf("get the user: status %d", status)
	}
	return account, nil
}

type reply struct {
	status int
	header http.Header
	body   string
}

// send makes a request with headers given as name, value, name, value.
func (w *world) send(t *testing.T, method, path string, headers ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.server+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	res, err := w.visitor.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(body)}
}

// post sends to an endpoint and demands a status.
func (w *world) post(t *testing.T, want int, path string, headers ...string) reply {
	t.Helper()
	res := w.send(t, http.MethodPost, path, headers...)
	if res.status != want {
		t.Fatalf("POST %s: status %d, want %d; body %s", path, res.status, want, res.body)
	}
	return res
}

// checked demands the number of times that HeyGen was asked about a credential.
func (w *world) checked(t *testing.T, want int) {
	t.Helper()
	if checks, _ := w.upstream.seen(); len(checks) != want {
		t.Fatalf("HeyGen was asked %d times, want %d: %q", len(checks), want, checks)
	}
}
