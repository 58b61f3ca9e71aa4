package broker_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker"
	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/credential"
)

// TestNewSaysEveryFault holds that all that is wrong with a Config is said at once.
func TestNewSaysEveryFault(t *testing.T) {
	t.Parallel()
	_, err := broker.New(broker.Config{
		Issuer: "mcp.example/", Resource: "https://mcp.example/mcp", AccessLifetime: -1,
		Clients: []registry.Static{{ID: "nowhere"}},
	})
	for _, want := range []string{
		"Issuer must be", "Resource must be below Issuer", "Store, FetchAccount and WithCredential must be given",
		"lifetimes must not be negative", `client "nowhere"`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %q: %v", want, err)
		}
	}
}

// TestNewWithDefaults holds that what is left out of a Config has a default, and what HeyGen's client needs is checked.
func TestNewWithDefaults(t *testing.T) {
	t.Parallel()
	cfg := broker.Config{
		Store:  brokertest.Opened(t, "", ""),
		Issuer: "https://mcp.example", Resource: "https://mcp.example/mcp", HeyGenIssuer: "https://login.example",
		FetchAccount:   func(context.Context) (credential.Account, error) { return credential.Account{}, nil },
		WithCredential: func(ctx context.Context, _ credential.Credential) context.Context { return ctx },
	}
	b, err := broker.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	b.Close()
	cfg.HeyGenIssuer = ""
	if _, err := broker.New(cfg); err == nil {
		t.Error("no error without HeyGen's issuer")
	}
	if got := []time.Duration{broker.DefaultAccessLifetime, broker.DefaultRefreshLifetime}; got[0] != 8*time.Hour || got[1] != 1440*time.Hour {
		t.Errorf("the defaults are %v", got)
	}
}
