package auth

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync/atomic"

	"heygen-mcp/auth/broker"
	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/lookup"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/database"
)

// Store is where the broker keeps its records.
type Store = store.Store

// Limits are what unauthenticated callers can make the broker do.
type Limits = limits.Config

// Event is something that happened to somebody's sign-in, for the audit log.
type Event = audit.Event

// What the page of connections is told of what was made.
type (
	// Activity tells what was made through some connections of an account.
	Activity = broker.Activity
	// Usage is what was made and spent through some connections.
	Usage = broker.Usage
	// PaidCall is one call that a Usage lists.
	PaidCall = broker.PaidCall
)

// Client is a client of the broker's from the settings. Secret is empty for a public one.
type Client = registry.Static

// Account is the HeyGen account that a credential belongs to.
type Account = credential.Account

// BrokerConfig is what Broker needs besides Config.
type BrokerConfig = broker.Config

// CheckRedirectHost says why an entry of BrokerConfig.RedirectHosts can be none.
func CheckRedirectHost(given string) error { return clients.CheckAllowed(given) }

// ClientOf names the client that the caller in ctx uses, "" where they bring a credential of their
// own.
func ClientOf(ctx context.Context) string {
	id, ok := identityFrom(ctx)
	if !ok || id.brokered == nil {
		return ""
	}
	return id.brokered.now.Load().Client
}

// Connection is the id of what the person of the caller in ctx allowed, and the name of the client that they
// allowed it to; "" for a caller who brings a credential of their own.
func Connection(ctx context.Context) (grant, clientName string) {
	id, ok := identityFrom(ctx)
	if !ok || id.brokered == nil {
		return "", ""
	}
	access := id.brokered.now.Load()
	return access.Grant(), access.ClientName
}

// SpendCap is the most that may be spent in a day through the connection of the caller in ctx, in
// millionths of a USD; nil where its person has set no cap, and for a caller who brings a credential
// of their own. An error says that it cannot be told, and that nothing should be spent.
func (a *Auth) SpendCap(ctx context.Context) (*int64, error) {
	id, ok := identityFrom(ctx)
	if !ok || id.brokered == nil {
		return nil, nil
	}
	return a.broker.SpendCap(ctx, id.brokered.now.Load())
}

// CountCall counts a call of a tool by the caller in ctx, for the page on which people see what they have connected.
func (a *Auth) CountCall(ctx context.Context) {
	if id, ok := identityFrom(ctx); ok && id.brokered != nil {
		a.broker.Called(id.brokered.now.Load())
	}
}

// ConnectionsPath is where people see and change what they have connected, below the public URL.
const ConnectionsPath = broker.ConnectionsPath

// OpenStore keeps sign-ins in a database, which the store closes with itself.
func OpenStore(ctx context.Context, db *database.DB) (Store, error) { return store.Open(ctx, db) }

// startBroker makes the authorization server of a Config whose other parts have been checked.
func (a *Auth) startBroker(cfg Config) error {
	if cfg.Broker == nil || cfg.Broker.Store == nil || cfg.Broker.FetchAccount == nil {
		return errors.New("auth: Broker needs a store and FetchAccount")
	}
	own := *cfg.Broker
	own.Issuer, own.Resource, own.Clock, own.Log = cfg.AuthorizationServer, cfg.Resource, cfg.Clock, cfg.Log
	own.Remembered = cfg.Remembered
	own.WithCredential = func(ctx context.Context, c credential.Credential) context.Context {
		return withIdentity(ctx, newIdentity(c, ""))
	}
	var err error
	a.broker, err = broker.New(own)
	return err
}

// brokered is what the context of a request carries for a token of the broker's. What the token
// opens can change while the request runs, when HeyGen's token is renewed.
type brokered struct {
	now atomic.Pointer[lookup.Access]
}

// identifyBroker takes a token of the broker's, or an API key, which a user makes for programs. A
// token of HeyGen's own is not for this server, and is unknown here.
func (a *Auth) identifyBroker(r *http.Request) (identity, error) {
	c, err := presented(r)
	if err != nil {
		return identity{}, err
	}
	if err := plausible(c.Secret); err != nil {
		return identity{}, err
	}
	// A token of this server's in the other header must not reach HeyGen, which it is not for.
	if c.Kind == credential.Key && !lookup.IsToken(c.Secret) {
		return a.identifyDirect(r)
	}
	access, err := a.broker.Identify(r.Context(), c.Secret, a.admit)
	switch {
	case errors.Is(err, lookup.ErrUnknown):
		return identity{}, RejectedError{}
	case err != nil:
		if _, limited := errors.AsType[*tooManyError](err); limited {
			return identity{}, err
		}
		return identity{}, errOpenQuestion
	}
	held := &brokered{}
	held.now.Store(access)
	return identity{credential: access.Credential, caller: access.Caller, brokered: held}, nil
}

// The scopes that reading, writing and deleting need. Each includes those before it.
const (
	ScopeRead   = scope.Read
	ScopeWrite  = scope.Write
	ScopeDelete = scope.Delete
)

// Lacks says whether the caller in ctx may not do what needs a scope, and then what to answer: a
// challenge that asks for it beside what the caller has. A caller with a credential of their own
// has all scopes.
func (a *Auth) Lacks(ctx context.Context, needed string) (challenge string, lacks bool) {
	id, ok := identityFrom(ctx)
	if !ok || id.brokered == nil {
		return "", false
	}
	access := id.brokered.now.Load()
	if access.Allows(needed) {
		return "", false
	}
	// A client that signs in again asks for exactly this; without what it has it would lose it.
	wanted := slices.DeleteFunc(
		scope.All(),
		func(s string) bool { return s != needed && !slices.Contains(access.Scopes, s) })
	d := *id.described
	d.scopes, d.scopesBelow = wanted, nil
	return d.challenge(id.below) +
		`, error="insufficient_scope", error_description="this needs the scope ` + needed + `"`, true
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
