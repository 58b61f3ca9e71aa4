package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/pgtest"
	"heygen-mcp/internal/rrproxy"
)

// sharedDatabase is where a PostgreSQL for tests is. Where there is none, that is said aloud.
func sharedDatabase(t *testing.T) string {
	t.Helper()
	address := os.Getenv(pgtest.Variable)
	if address == "" {
		t.Skip(pgtest.Variable + " names no PostgreSQL, so nothing of replicas was tested")
	}
	return pgtest.Schema(t, address)
}

// bearers signs accounts in, each once, and keeps their tokens.
type bearers struct {
	mu     sync.Mutex
	tokens map[string]string
}

// of is the credential of an account, as post takes it.
func (b *bearers) of(ctx context.Context, mcpURL, account string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.tokens[account]; !ok {
		token, err := demo.SignIn(ctx, mcpURL, account, func(string, string) {}, "heygen:delete")
		if err != nil {
			return "", err
		}
		b.tokens[account] = "Bearer " + token
	}
	return b.tokens[account], nil
}

// newPair serves two replicas in front of one fast sandbox: whole servers with a broker each, which
// share a database and a data directory, behind a proxy that gives each the next request. Accounts
// sign in through it.
func newPair(t *testing.T, more ...string) *stack {
	t.Helper()
	s := newReplicas(t, 2, app.ShortestPoll, append([]string{"--auth", "broker", "--database-url", sharedDatabase(t)}, more...)...)
	s.bearers = &bearers{tokens: map[string]string{}}
	return s
}

// newReplicas serves some replicas like that, which poll as often as said.
func newReplicas(t *testing.T, n int, poll time.Duration, more ...string) *stack {
	t.Helper()
	box := boxed(t)
	var proxy atomic.Pointer[http.Handler]
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*proxy.Load()).ServeHTTP(w, r) }))
	t.Cleanup(door.Close)
	args := append([]string{"--listen", "127.0.0.1:0", "--public-url", door.URL, "--heygen-url", box.String(),
		"--authorization-server", box.String(), "--data-dir", t.TempDir()}, more...)
	now := slotBegins()
	var servers []*url.URL
	for range n {
		cfg, err := settings.Load("serve", args, nil)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Pause, cfg.Clock, cfg.Poll = noPause, now, poll
		a := serving(t, cfg, io.Discard)
		servers = append(servers, &url.URL{Scheme: "http", Host: a.Listener.Addr().String()})
	}
	over := &http.Transport{}
	t.Cleanup(over.CloseIdleConnections)
	h := rrproxy.New(over, nil, servers...)
	proxy.Store(&h)
	return &stack{mcpURL: door.URL + "/mcp", sandboxURL: box.String()}
}

// newSigned serves alone in front of a sandbox that is fast, with a broker where accounts sign in.
func newSigned(t *testing.T, more ...string) *stack {
	t.Helper()
	s := newStack(t, append([]string{"--auth", "broker"}, more...)...)
	s.bearers = &bearers{tokens: map[string]string{}}
	return s
}

// boxed starts a sandbox that belongs to no server, and gives its URL.
func boxed(t *testing.T) *url.URL {
	t.Helper()
	cfg, err := settings.Load("serve", fastSandbox(), nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Watch = watching(t)
	box, err := app.StartSandbox(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Close)
	return box.URL
}

// TestEveryToolOnReplicas plays the calls of every tool to two replicas in turn.
func TestEveryToolOnReplicas(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes minutes under the race detector; others have replicas and crowds there")
	}
	playOnReplicas(t, callsDir)
}

// TestStoriesOnReplicas plays whole jobs to two replicas in turn.
func TestStoriesOnReplicas(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes minutes under the race detector; others have replicas and crowds there")
	}
	playOnReplicas(t, "testdata/stories")
}

// TestProofsOnReplicas holds on two replicas what is held on one: a create that is repeated at the other is the same
// create, and callers keep to themselves.
func TestProofsOnReplicas(t *testing.T) {
	t.Parallel()
	oneForOneWish(t, newPair(t))
	twoCallers(t, newPair(t))
}

// playOnReplicas plays one script after the other: each pair takes a dozen of the database's connections.
func playOnReplicas(t *testing.T, dir string) {
	t.Helper()
	for _, s := range readScripts(t, dir) {
		t.Run(s.name, func(t *testing.T) { newActorOn(t, s, newPair).play(-1) })
	}
}
