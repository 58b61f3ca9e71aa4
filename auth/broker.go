package auth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"heygen-mcp/auth/broker"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
)

// Store is where the broker keeps its records.
type Store = store.Store

// Limits are what strangers can make the broker do.
type Limits = broker.Limits

// Event is something that happened to somebody's sign-in, for the audit log.
type Event = broker.Event

// Client is a client of the broker's from the settings. Secret is empty for a public one.
type Client struct {
	ID        string   `json:"client_id"`
	Name      string   `json:"client_name"`
	Redirects []string `json:"redirect_uris"`
	Scope     string   `json:"scope"`
	Secret    string   `json:"client_secret"`
}

// Account is whose credential one is.
type Account struct {
	// ID is the same for every credential of one account and for nobody else's; "" is not known.
	ID string
	// Name and Balance are shown to the person who signs in.
	Name, Balance string
}

// BrokerConfig is what Broker needs besides Config.
type BrokerConfig struct {
	// Store keeps the records. It is the caller's to close, after Auth.
	Store Store
	// FetchAccount is Check with what a person is shown.
	FetchAccount func(ctx context.Context) (Account, error)
	// HeyGenIssuer is HeyGen's authorization server, as its metadata spell it; HeyGenClient this server's client id
	// there, empty to register one on first use.
	HeyGenIssuer, HeyGenClient string
	// KeysOnly leaves HeyGen's sign-in out.
	KeysOnly bool
	// Clients are known from the settings. RedirectHosts are hosts, schemes as name://, and whole redirect URIs that others
	// may be sent back to; CheckRedirectHost says what each may be.
	Clients       []Client
	RedirectHosts []string
	// OmitIssuer leaves iss out of redirects. A client that talks to several servers can then be led by one of them to hand
	// it a code of this one's.
	OmitIssuer bool
	// NoDevices leaves the device grant (RFC 8628) out.
	NoDevices bool
	// AccessLifetime and RefreshLifetime are how long tokens live; 0 is eight hours and sixty days.
	AccessLifetime, RefreshLifetime time.Duration
	// Limits are what strangers can make it do; what is left out are defaults.
	Limits Limits
	// Audit is told of what happens; nil is nobody.
	Audit func(ctx context.Context, e Event)
	// SweepEvery is how often what has expired is deleted; 0 is five minutes.
	SweepEvery time.Duration
	// Documents and HTTP make the requests to clients' sites and to HeyGenIssuer; nil are safe ones.
	Documents, HTTP *http.Client
}

// CheckRedirectHost says why an entry of BrokerConfig.RedirectHosts can be none.
func CheckRedirectHost(given string) error { return clients.CheckAllowed(given) }

// ClientOf names the client that the caller in ctx uses, "" where they bring a credential of their own.
func ClientOf(ctx context.Context) string {
	id, ok := identityFrom(ctx)
	if !ok || id.brokered == nil {
		return ""
	}
	return id.brokered.now.Load().Client
}

// OpenStore opens the store of replicas at a PostgreSQL address, or else that of one process in a file, or in memory
// where both are empty.
func OpenStore(ctx context.Context, address, file string) (Store, error) {
	if address != "" {
		return store.OpenPostgres(ctx, address)
	}
	return store.OpenSQLite(ctx, file)
}

// heygenClient is the setting that keeps this server's client id at HeyGen. It belongs to one issuer and one way back.
func heygenClient(issuer, redirect string) string { return "heygen-client " + issuer + " " + redirect }

// startBroker makes the authorization server of a Config whose other parts have been checked.
func (a *Auth) startBroker(cfg Config) error {
	own := cfg.Broker
	if own == nil || own.Store == nil || own.FetchAccount == nil {
		return errors.New("auth: Broker needs a store and FetchAccount")
	}
	out := broker.Config{
		Issuer: cfg.AuthorizationServer, Resource: cfg.Resource, Store: own.Store, Redirects: clients.Policy{Hosts: own.RedirectHosts},
		Documents: own.Documents, OmitIssuer: own.OmitIssuer, NoDevices: own.NoDevices, SweepEvery: own.SweepEvery,
		AccessLifetime: own.AccessLifetime, RefreshLifetime: own.RefreshLifetime,
		Limits: own.Limits, Audit: own.Audit, Clock: cfg.Clock, Log: cfg.Log,
		FetchAccount: func(ctx context.Context, c broker.Credential) (broker.Account, error) {
			account, err := own.FetchAccount(withIdentity(ctx, newIdentity(credentialOf(c), "")))
			if _, rejected := errors.AsType[RejectedError](err); rejected {
				err = broker.ErrRejected
			}
			return broker.Account(account), err
		},
		Caller: callerOfGrant,
	}
	for _, c := range own.Clients {
		method := clients.MethodNone
		if c.Secret != "" {
			method = clients.MethodBasic
		}
		out.Static = append(out.Static, broker.StaticClient{Secret: c.Secret, Client: clients.Client{
			ID: c.ID, Name: c.Name, Redirects: c.Redirects, Scope: c.Scope, Method: method, Source: clients.Static}})
	}
	if !own.KeysOnly {
		var err error
		if out.HeyGen, err = own.heygen(cfg); err != nil {
			return err
		}
	}
	var err error
	a.broker, err = broker.New(out)
	return err
}

// heygen makes this server a client of HeyGen's.
func (c *BrokerConfig) heygen(cfg Config) (*upstream.Client, error) {
	redirect := cfg.AuthorizationServer + broker.CallbackPath
	name := heygenClient(c.HeyGenIssuer, redirect)
	web := c.HTTP
	if web == nil {
		// A form that is redirected would take a refresh token along.
		web = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	return upstream.New(upstream.Config{
		Issuer: c.HeyGenIssuer, ClientID: c.HeyGenClient, Redirect: redirect, Name: "Open MCP server for HeyGen",
		Scopes: []string{"openid", "profile", "email"}, HTTP: web, Clock: cfg.Clock,
		Recall: func(ctx context.Context) (string, error) { return c.Store.Setting(ctx, name) },
		Keep: func(ctx context.Context, id string) (string, error) {
			if id == "" {
				return "", c.Store.DropSetting(ctx, name)
			}
			return c.Store.Settle(ctx, name, id)
		},
	})
}

func credentialOf(c broker.Credential) credential {
	if c.Key {
		return credential{kind: kindKey, secret: c.Secret}
	}
	return credential{kind: kindToken, secret: c.Secret}
}

// callerOfGrant is the caller that the same credential would be without a broker.
func callerOfGrant(key bool, account, _ string) string {
	return credentialOf(broker.Credential{Key: key}).callerOf(account)
}

// brokered is what the context of a request carries for a token of the broker's. What the token opens can change while
// the request runs, when HeyGen's token is renewed.
type brokered struct {
	now atomic.Pointer[broker.Access]
}

// identifyBroker takes a token of the broker's, or an API key, which a person makes for programs. A token of HeyGen's
// own is not for this server, and is unknown here.
func (a *Auth) identifyBroker(r *http.Request) (identity, error) {
	c, err := presented(r)
	if err != nil {
		return identity{}, err
	}
	if c.kind == kindKey {
		return a.identifyDirect(r)
	}
	access, err := a.broker.Identify(r.Context(), c.secret, a.admit)
	switch {
	case errors.Is(err, broker.ErrUnknown):
		return identity{}, RejectedError{}
	case err != nil:
		if _, limited := errors.AsType[*tooManyError](err); limited {
			return identity{}, err
		}
		return identity{}, errOpenQuestion
	}
	held := &brokered{}
	held.now.Store(access)
	return identity{credential: credentialOf(access.Credential), caller: access.Caller, brokered: held}, nil
}

// The scopes that reading, writing and deleting need. Each includes those before it.
const (
	ScopeRead   = broker.ScopeRead
	ScopeWrite  = broker.ScopeWrite
	ScopeDelete = broker.ScopeDelete
)

// Lacks says whether the caller in ctx may not do what needs a scope, and then what to answer: a challenge that asks for
// it beside what the caller has. A caller with a credential of their own has all scopes.
func (a *Auth) Lacks(ctx context.Context, scope string) (challenge string, lacks bool) {
	id, ok := identityFrom(ctx)
	if !ok || id.brokered == nil {
		return "", false
	}
	access := id.brokered.now.Load()
	if access.Allows(scope) {
		return "", false
	}
	// A client that signs in again asks for exactly this; without what it has it would lose it.
	wanted := slices.DeleteFunc(broker.Scopes(), func(s string) bool { return s != scope && !slices.Contains(access.Scopes, s) })
	d := *a.description
	d.scopes, d.scopesBelow = wanted, nil
	return d.challenge(id.below) + `, error="insufficient_scope", error_description="this needs the scope ` + scope + `"`, true
}

// SignIn serves the pages and endpoints of the authorization server, nil where there is none.
func (a *Auth) SignIn() http.Handler {
	if a.broker == nil {
		return nil
	}
	return a.broker.Handler()
}

// ServerMetadata describes the authorization server, nil where there is none.
func (a *Auth) ServerMetadata() http.Handler {
	if a.broker == nil {
		return nil
	}
	return a.broker.Metadata()
}

// Ready says whether sign-ins can be looked up.
func (a *Auth) Ready(ctx context.Context) error {
	if a.broker == nil {
		return nil
	}
	return a.broker.Ready(ctx)
}

// Close ends what runs in the background.
func (a *Auth) Close() {
	if a.broker != nil {
		a.broker.Close()
	}
}
