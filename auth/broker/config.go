package broker

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/signin"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
)

// What the page of connections is told of what was made.
type (
	// Activity tells what was made through some connections of an account.
	Activity = signin.Activity
	// Usage is what was made and spent through some connections.
	Usage = signin.Usage
	// PaidCall is one call that a Usage lists.
	PaidCall = signin.PaidCall
)

// The defaults of Config.
const (
	// DefaultAccessLifetime is long because some hosted clients renew unreliably, and because a
	// token is looked up at each request, so that a revoked one ends at once however long it would
	// have lived.
	DefaultAccessLifetime = 8 * time.Hour
	// DefaultRefreshLifetime counts from the last renewal.
	DefaultRefreshLifetime = 60 * 24 * time.Hour
	// defaultSweepEvery is how often what has expired is deleted.
	defaultSweepEvery = 5 * time.Minute
)

// Config is what a Broker is made of. The fields from Issuer on are filled in by auth.New, from its
// own Config.
type Config struct {
	// Store keeps the records. It is the caller's to close, after the Broker.
	Store store.Store
	// FetchAccount asks HeyGen whose credential the context carries: credential.RejectedError when
	// HeyGen refuses it.
	FetchAccount func(ctx context.Context) (credential.Account, error)
	// HeyGenIssuer is HeyGen's authorization server, as its metadata spell it; HeyGenClient this
	// server's client id there, empty to register one on first use.
	HeyGenIssuer, HeyGenClient string
	// Clients are known from the settings. RedirectHosts are hosts, schemes as name://, and whole
	// redirect URIs that others may be sent back to; clients.CheckAllowed says what each may be.
	Clients       []registry.Static
	RedirectHosts []string
	// OmitIssuer leaves iss out of redirects, for old clients that fail over it. A client that
	// talks to several servers can then be led by one of them to hand it a code of this one's.
	OmitIssuer bool
	// NoDevices leaves the device grant (RFC 8628) out: its endpoints are not there, and no
	// document names it.
	NoDevices bool
	// SpendCap is the most that each account may spend in a day, as the pages tell it, in millionths of
	// a USD; 0 is no limit.
	SpendCap int64
	// Activity tells what was made through connections, for the page that lists them; nil is no record.
	Activity Activity
	// AccessLifetime and RefreshLifetime are how long tokens live; 0 is eight hours and sixty days.
	AccessLifetime, RefreshLifetime time.Duration
	// Limits are what unauthenticated callers can make this server do; what is left out has a
	// default.
	Limits limits.Config
	// Audit is told of what happens to grants; nil tells nobody.
	Audit audit.Log
	// SweepEvery is how often what has expired is deleted, and what was abandoned is given back; 0
	// is five minutes.
	SweepEvery time.Duration
	// Documents and HTTP make the requests to clients' sites and to HeyGenIssuer; nil are safe
	// ones.
	Documents, HTTP *http.Client

	// Issuer is the public URL of the deployment, byte for byte as clients see it; Resource that of
	// its MCP endpoint.
	Issuer, Resource string
	// WithCredential puts a credential into the context that FetchAccount is called with.
	WithCredential func(ctx context.Context, c credential.Credential) context.Context
	// Remembered is told whether what a token opens was at hand; nil tells nobody.
	Remembered func(what string, hit bool)
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Log gets what an operator must know.
	Log zerolog.Logger
}

// check says what is wrong with what has no default.
func (c *Config) check() (faults []error) {
	if c.Store == nil || c.FetchAccount == nil || c.WithCredential == nil {
		faults = append(
			faults, errors.New("broker: Store, FetchAccount and WithCredential must be given"))
	}
	if c.AccessLifetime < 0 || c.RefreshLifetime < 0 || c.SweepEvery < 0 {
		faults = append(faults, errors.New("broker: lifetimes must not be negative"))
	}
	return faults
}

// defaults fills in what is left out.
func (c *Config) defaults() {
	c.Limits.Defaults()
	if c.AccessLifetime == 0 {
		c.AccessLifetime = DefaultAccessLifetime
	}
	if c.RefreshLifetime == 0 {
		c.RefreshLifetime = DefaultRefreshLifetime
	}
	if c.SweepEvery == 0 {
		c.SweepEvery = defaultSweepEvery
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Documents == nil {
		c.Documents = clients.PublicWeb()
	}
	if c.HTTP == nil {
		// A form that is redirected would take a refresh token along.
		c.HTTP = &http.Client{
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	if c.Audit == nil {
		c.Audit = func(context.Context, audit.Event) {}
	}
}

// account asks HeyGen whose credential one is.
func (c *Config) account(
	ctx context.Context, of credential.Credential) (credential.Account, error) {
	return c.FetchAccount(c.WithCredential(ctx, of))
}
