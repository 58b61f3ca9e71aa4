package flows_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/limit"
)

var errAway = errors.New("the store is away")

// bench is flows on a store of some records, and a HeyGen that only counts what is given back.
type bench struct {
	store.Store
	*flows.Flows
	abandoned *flows.Abandoned
	now       time.Time

	mu       sync.Mutex
	flow     store.Flow
	puts     int
	taken    [][]byte
	session  store.Session
	fails    map[string]error // by method
	returned int              // tokens, to HeyGen
	refuses  bool             // HeyGen
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), fails: map[string]error{}}
	clock := func() time.Time { return b.now }
	heygen, err := upstream.New(upstream.Config{
		Issuer: "https://heygen.example", ClientID: "us", Redirect: "https://mcp.example/callback", Clock: clock,
		HTTP:   &http.Client{Transport: b},
		Recall: func(context.Context) (string, error) { return "us", nil },
		Keep:   func(_ context.Context, id string) (string, error) { return id, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	b.abandoned = flows.NewAbandoned(b, &grants.Revoker{HeyGen: heygen, Log: zerolog.Nop()}, clock, zerolog.Nop())
	two := limit.Levels{Share: limit.Rate{Burst: 2, Every: time.Minute}, Whole: limit.Rate{Burst: 2, Every: time.Minute}}
	l := limits.New(limits.Config{Flows: two}, b, clock, zerolog.Nop())
	known, err := registry.New(registry.Config{
		Static: []registry.Static{{ID: "known", Redirects: []string{"https://tool.example/cb"}}}, Store: b, Limits: l, Clock: clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Flows = flows.New(b, known, l, b.abandoned, clock)
	return b
}

// RoundTrip is HeyGen.
func (b *bench) RoundTrip(r *http.Request) (*http.Response, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	body, status := `{"issuer":"https://heygen.example","authorization_endpoint":"https://heygen.example/a","token_endpoint":"https://heygen.example/t",
		"revocation_endpoint":"https://heygen.example/revoke","code_challenge_methods_supported":["S256"]}`, 200
	if r.URL.Path == "/revoke" {
		b.returned++
		if b.refuses {
			status = 503
		}
		body = "{}"
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func (b *bench) PutFlow(_ context.Context, f store.Flow) error {
	b.flow = f
	b.puts++
	return b.fails["PutFlow"]
}

func (b *bench) Flow(context.Context, store.Hash, time.Time) (store.Flow, error) {
	return b.flow, b.fails["Flow"]
}

func (b *bench) TakeFlow(_ context.Context, _ store.Hash, sealed []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.taken = append(b.taken, sealed)
	return b.fails["TakeFlow"]
}

func (b *bench) Session(context.Context, store.Hash, time.Time) (store.Session, error) {
	return b.session, b.fails["Session"]
}

func (b *bench) Client(context.Context, string, time.Time) (store.Client, error) {
	return store.Client{}, b.fails["Client"]
}

func (*bench) Trim(context.Context, store.Caps) error { return nil }

// gives demands how many tokens HeyGen is given back at a time.
func (b *bench) gives(t *testing.T, what string, after time.Duration, want int) {
	t.Helper()
	b.returned = 0
	if b.abandoned.GiveBack(t.Context(), b.now.Add(after)); b.returned != want {
		t.Errorf("%s, after %s: %d tokens are given back, want %d", what, after, b.returned, want)
	}
}

func tokens() *grants.SealedCredential {
	return &grants.SealedCredential{Tokens: upstream.Tokens{Client: "us", Access: "a", Refresh: "r"}}
}

func browser(secret string, before ...string) browsers.Browser {
	return browsers.Browser{Secret: secret, ID: secrets.Hash(secret, secrets.SessionPurpose), Before: before}
}
