package broker

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/singleflight"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/seal"
)

// The defaults of Config.
const (
	// DefaultAccessLifetime is long because some hosted clients renew unreliably, and because a token is looked up at
	// each request, so that a revoked one ends at once however long it would have lived.
	DefaultAccessLifetime = 8 * time.Hour
	// DefaultRefreshLifetime counts from the last renewal.
	DefaultRefreshLifetime = 60 * 24 * time.Hour
)

const (
	codeLifetime   = 2 * time.Minute  // a client redeems at once; a minute is slack
	flowLifetime   = 15 * time.Minute // a person looks for their API key
	deviceLifetime = 10 * time.Minute
	cookieLifetime = 30 * 24 * time.Hour
	// accountLifetime is how long /connections stays open after a sign-in.
	accountLifetime = 15 * time.Minute
	// grace is how long a refresh token that was used is good once more: a lost answer is asked for again in seconds.
	grace = time.Minute
	// renewBefore is how long before its end HeyGen's token is renewed.
	renewBefore = 5 * time.Minute
	// sweepEvery is how often what has expired is deleted.
	sweepEvery = 5 * time.Minute
	// A registration that no sign-in follows is gone after an hour; one that was used, half a year after its last use.
	unusedClient = time.Hour
	usedClient   = 180 * 24 * time.Hour
)

// ErrRejected is what FetchAccount returns for a credential that HeyGen refuses.
var ErrRejected = errors.New("HeyGen refuses this credential")

// Credential is a secret of HeyGen's: an API key, or an OAuth access token.
type Credential struct {
	Key    bool
	Secret string
}

// String keeps the secret out of whatever prints a credential by mistake.
func (Credential) String() string { return "[credential]" }

// GoString does the same for %#v.
func (Credential) GoString() string { return "[credential]" }

// Account is whose credential one is. ID is the same for every credential of one account; Name and Balance are shown.
type Account struct {
	ID, Name, Balance string
}

// Config is what a Broker is made of.
type Config struct {
	// Issuer is the public URL of the deployment, byte for byte as clients see it; Resource that of its MCP endpoint.
	Issuer, Resource string
	// Store keeps the records. It is not closed here.
	Store store.Store
	// FetchAccount asks HeyGen whose credential one is: ErrRejected when HeyGen refuses it.
	FetchAccount func(ctx context.Context, c Credential) (Account, error)
	// HeyGen is the way in by HeyGen's own sign-in; nil leaves API keys as the only one.
	HeyGen *upstream.Client
	// Static are the clients that the operator knows, with the hash of the secret of those that have one.
	Static []StaticClient
	// Redirects says where registered clients may be sent back to.
	Redirects clients.Policy
	// Documents fetches the documents behind client ids; nil is clients.PublicWeb.
	Documents *http.Client
	// OmitIssuer leaves iss out of redirects, for old clients that fail over it. Others lose what tells them whose a code is.
	OmitIssuer bool
	// NoDevices leaves the device grant out: its endpoints are not there, and no document names it.
	NoDevices bool
	// AccessLifetime and RefreshLifetime are how long tokens live; 0 is the default.
	AccessLifetime, RefreshLifetime time.Duration
	// Caller makes the opaque id of an account's caller; it is shown to nobody.
	Caller func(key bool, account, grant string) string
	// Audit is told of what happens to grants; nil is nobody.
	Audit func(ctx context.Context, e Event)
	// SweepEvery is how often what has expired is deleted, and what was abandoned is given back; 0 is five minutes.
	SweepEvery time.Duration
	// Limits are what strangers can make this server do; what it leaves out are defaults.
	Limits Limits
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Log gets what an operator must know.
	Log zerolog.Logger
}

// StaticClient is a client from the settings.
type StaticClient struct {
	clients.Client
	Secret string
}

// Broker is the authorization server. Make it with New, and end it with Close.
type Broker struct {
	cfg    Config
	path   string // of the issuer, without a slash at its end
	origin string
	secure bool
	cookie string
	// cookieKey marks the cookies that this deployment makes.
	cookieKey seal.Key
	static    map[string]StaticClient
	pages     *pages.Set
	handler   http.Handler

	documents *documents
	access    *cache
	renewing  singleflight.Group
	loading   singleflight.Group
	limits    *limits

	unanswered unanswered

	stop func()
	done chan struct{}
}

// New makes a Broker, or says everything that is wrong with cfg at once.
func New(cfg Config) (*Broker, error) {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf("broker: "+format, args...)) }
	issuer, err := url.Parse(cfg.Issuer)
	if err != nil || issuer.Host == "" || issuer.Scheme != "https" && issuer.Scheme != "http" || strings.HasSuffix(cfg.Issuer, "/") {
		fault("Issuer must be an http or https URL without a slash at its end")
		issuer = &url.URL{}
	}
	if !strings.HasPrefix(cfg.Resource, cfg.Issuer+"/") {
		fault("Resource must be below Issuer")
	}
	if cfg.Store == nil || cfg.FetchAccount == nil || cfg.Caller == nil {
		fault("Store, FetchAccount and Caller must be given")
	}
	if cfg.AccessLifetime < 0 || cfg.RefreshLifetime < 0 || cfg.SweepEvery < 0 {
		fault("lifetimes must not be negative")
	}
	b := &Broker{path: strings.TrimRight(issuer.Path, "/"), origin: issuer.Scheme + "://" + issuer.Host, secure: issuer.Scheme == "https",
		static: map[string]StaticClient{}, done: make(chan struct{})}
	for _, c := range cfg.Static {
		if err := checkStatic(c); err != nil {
			fault("client %q: %w", c.ID, err)
		}
		b.static[c.ID] = c
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	cfg.defaults()
	b.cfg = cfg
	b.cookie = cookieName(cfg.Issuer, b.secure)
	if b.cookieKey, err = loadCookieKey(cfg.Store); err != nil {
		return nil, err
	}
	if b.pages, err = pages.New(b.path + "/oauth/style.css"); err != nil {
		return nil, err
	}
	b.documents = newDocuments(cfg.Documents, cfg.Redirects, cfg.Clock, cfg.Limits.Documents)
	b.access = newCache(cfg.Clock, cfg.Store.Hears)
	b.limits = newLimits(cfg.Clock, cfg.Limits)
	b.handler = b.routes()
	b.run()
	return b, nil
}

// defaults fills in what is left out.
func (c *Config) defaults() {
	c.Limits.defaults()
	if c.AccessLifetime == 0 {
		c.AccessLifetime = DefaultAccessLifetime
	}
	if c.RefreshLifetime == 0 {
		c.RefreshLifetime = DefaultRefreshLifetime
	}
	if c.SweepEvery == 0 {
		c.SweepEvery = sweepEvery
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Documents == nil {
		c.Documents = clients.PublicWeb()
	}
	if c.Audit == nil {
		c.Audit = func(context.Context, Event) {}
	}
}

// run starts the sweeping, and hears what other replicas change.
func (b *Broker) run() {
	ctx, cancel := context.WithCancel(context.Background())
	unwatch := b.cfg.Store.Watch(b.access.forget)
	b.stop = func() {
		unwatch()
		cancel()
		<-b.done
		b.giveBackAll()
	}
	go func() {
		defer close(b.done)
		tick := time.NewTicker(b.cfg.SweepEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				b.giveBackUnanswered(ctx, b.cfg.Clock())
				err := errors.Join(b.cfg.Store.Sweep(ctx, b.cfg.Clock()), b.cfg.Store.Trim(ctx, b.cfg.Limits.Rows))
				if err != nil && ctx.Err() == nil {
					b.cfg.Log.Warn().Err(err).Msg("expired records could not be deleted")
				}
			}
		}
	}()
}

// Close ends what runs in the background, and gives HeyGen the tokens back of the sign-ins that nobody has finished. It takes a
// few seconds at most.
func (b *Broker) Close() { b.stop() }

// Ready says whether the store can serve.
func (b *Broker) Ready(ctx context.Context) error { return b.cfg.Store.Ping(ctx) }
