package broker

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
)

// away is a store that is not there.
type away struct{ store.Store }

var errAway = errors.New("the store is away")

func (away) Sweep(context.Context, time.Time) error      { return errAway }
func (away) Trim(context.Context, store.Caps) error      { return nil }
func (away) AddCalls(context.Context, store.Calls) error { return errAway }

// TestEachFault holds that each of what must be given is missed, and each lifetime below zero.
func TestEachFault(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"nothing":             {func(*Config) {}, ""},
		"no store":            {func(c *Config) { c.Store = nil }, "must be given"},
		"no account":          {func(c *Config) { c.FetchAccount = nil }, "must be given"},
		"no credential":       {func(c *Config) { c.WithCredential = nil }, "must be given"},
		"access tokens":       {func(c *Config) { c.AccessLifetime = -1 }, "negative"},
		"refresh tokens":      {func(c *Config) { c.RefreshLifetime = -1 }, "negative"},
		"sweeping":            {func(c *Config) { c.SweepEvery = -1 }, "negative"},
		"the shortest of all": {func(c *Config) { c.AccessLifetime, c.RefreshLifetime, c.SweepEvery = 1, 1, 1 }, ""},
	} {
		cfg := Config{
			Store: away{}, FetchAccount: func(context.Context) (credential.Account, error) { return credential.Account{}, nil },
			WithCredential: func(ctx context.Context, _ credential.Credential) context.Context { return ctx },
		}
		c.change(&cfg)
		got := errors.Join(cfg.check()...)
		if (got != nil) != (c.want != "") || got != nil && !strings.Contains(got.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, got, c.want)
		}
	}
}

// TestDefaults holds what is filled in, and that what is given stays.
func TestDefaults(t *testing.T) {
	t.Parallel()
	var c Config
	c.defaults()
	if c.AccessLifetime != 8*time.Hour || c.RefreshLifetime != 60*24*time.Hour || c.SweepEvery != 5*time.Minute || c.Documents == nil {
		t.Errorf("the defaults are %s, %s, %s", c.AccessLifetime, c.RefreshLifetime, c.SweepEvery)
	}
	if err := c.HTTP.CheckRedirect(nil, nil); !errors.Is(err, http.ErrUseLastResponse) {
		t.Errorf("a redirect is answered with %v, want that it is not followed", err)
	}
	if off := time.Since(c.Clock()); off < -time.Minute || off > time.Minute {
		t.Errorf("the clock is off by %s", off)
	}
	c.Audit(t.Context(), audit.Event{})
	web := &http.Client{}
	told := 0
	given := Config{
		AccessLifetime: 1, RefreshLifetime: 2, SweepEvery: 3, Documents: web, HTTP: web, Clock: func() time.Time { return time.Time{} },
		Audit: func(context.Context, audit.Event) { told++ },
	}
	given.defaults()
	given.Audit(t.Context(), audit.Event{})
	if given.AccessLifetime != 1 || given.RefreshLifetime != 2 || given.SweepEvery != 3 || given.Documents != web || given.HTTP != web || !given.Clock().IsZero() || told != 1 {
		t.Errorf("of what is given became %+v", given)
	}
}

// TestTheStoreIsAway holds that what cannot be kept or deleted is in the log, unless the process
// ends.
func TestTheStoreIsAway(t *testing.T) {
	t.Parallel()
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	var log bytes.Buffer
	cfg := Config{Store: away{}, Clock: time.Now, Log: zerolog.New(&log)}
	b := &Broker{cfg: cfg, abandoned: flows.NewAbandoned(cfg.Store, &grants.Revoker{}, cfg.Clock, cfg.Log)}
	b.calls.Note("a grant", time.Now())
	for name, run := range map[string]func(context.Context){"the number of calls": b.handOn, "expired records": b.sweep} {
		log.Reset()
		if run(canceled); log.Len() != 0 {
			t.Errorf("at the end of the process the log has %s", &log)
		}
		if run(t.Context()); !strings.Contains(log.String(), name) {
			t.Errorf("the log has %q, want %s", &log, name)
		}
	}
}
