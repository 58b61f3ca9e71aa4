// Package lookup owns what an access token opens: it finds that in memory or in the store, forgets
// it when it is revoked, and has HeyGen's credential renewed in time. It knows nothing of how
// tokens are given out.
package lookup

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/singleflight"

	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/renewal"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/peer"
	"heygen-mcp/internal/seal"
)

// lookLimit bounds a look into the store, which outlives the request that caused it.
const lookLimit = 5 * time.Second

// ErrUnknown is for a token that is not one of ours, or not any more. ErrAway is for one that
// cannot be checked now.
var (
	ErrUnknown = errors.New("the access token is unknown, expired or revoked")
	ErrAway    = errors.New("the access token cannot be checked now")
)

// Access is what an access token opens.
type Access struct {
	Caller     string
	Client     string
	ClientName string
	Scopes     []string
	Credential credential.Credential

	token   string
	grant   string
	key     seal.Key
	version int64
	renewAt time.Time // when HeyGen's token ends; zero never
	renews  bool      // there is something to renew it with
	until   time.Time // the end of the access token
}

// String keeps the secrets out of whatever prints one by mistake.
func (Access) String() string { return "[access]" }

// GoString does the same for %#v.
func (Access) GoString() string { return "[access]" }

// Grant is the id of what the token's person allowed its client.
func (a *Access) Grant() string { return a.grant }

// Allows says whether the token may do what needs a scope.
func (a *Access) Allows(needed string) bool { return scope.Includes(a.Scopes, needed) }

// SpendCap is the most that may be spent in a day through what the person allowed, in millionths of a
// USD; nil is no cap of its own. It is read anew each time: what a person lowers must bind the next
// call wherever that arrives, and there are few calls that cost money.
func (r *Resolver) SpendCap(ctx context.Context, a *Access) (*int64, error) {
	g, err := r.store.Grant(ctx, a.grant)
	switch {
	case errors.Is(err, store.ErrNotFound) || err == nil && g.Ended(r.clock()):
		return nil, ErrUnknown
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	return g.SpendCap, nil
}

// Admit lets a token that is not remembered be looked up, or not: its error is Identify's then.
// leave is called afterwards.
type Admit func(ctx context.Context) (leave func(), err error)

// AdmitAll is an Admit that lets every token be looked up.
func AdmitAll(context.Context) (leave func(), err error) { return func() {}, nil }

// Resolver finds what access tokens open. Make it with New.
type Resolver struct {
	cache        *Cache
	store        store.Store
	resource     string
	limits       *limits.Limiters
	renewer      *renewal.Renewer
	fetchAccount func(ctx context.Context, c credential.Credential) (credential.Account, error)
	clock        func() time.Time
	log          zerolog.Logger
	remembered   func(what string, hit bool)
	loading      singleflight.Group
}

// Config is what a Resolver is made of.
type Config struct {
	Cache *Cache
	Store store.Store
	// Resource is what tokens must be for.
	Resource string
	Limits   *limits.Limiters
	Renewer  *renewal.Renewer
	// FetchAccount asks HeyGen whose credential one is: credential.RejectedError when HeyGen
	// refuses it.
	FetchAccount func(ctx context.Context, c credential.Credential) (credential.Account, error)
	// Remembered is told whether what a token opens was at hand; nil tells nobody.
	Remembered func(what string, hit bool)
	Clock      func() time.Time
	Log        zerolog.Logger
}

// New makes a Resolver.
func New(cfg Config) *Resolver {
	return &Resolver{
		cache: cfg.Cache, store: cfg.Store, resource: cfg.Resource, limits: cfg.Limits, renewer: cfg.Renewer,
		fetchAccount: cfg.FetchAccount, clock: cfg.Clock, log: cfg.Log,
		remembered: cfg.Remembered,
	}
}

// IsToken says whether a secret is written as an access token of this server's.
func IsToken(secret string) bool { return strings.HasPrefix(secret, secrets.AccessPrefix) }

// Identify says what a token opens. While it is remembered that costs no query, and admit is not
// asked.
func (r *Resolver) Identify(ctx context.Context, token string, admit Admit) (*Access, error) {
	if !IsToken(token) || len(token) > secrets.Longest {
		return nil, ErrUnknown
	}
	a, err := r.resolveToken(ctx, token, admit)
	if err != nil {
		return nil, err
	}
	if !a.renews || !renewal.IsDue(a.renewAt, r.clock()) {
		return a, nil
	}
	return r.renewed(ctx, a, false)
}

// resolveToken finds a token in memory or in the store. Requests with one token share one look.
func (r *Resolver) resolveToken(ctx context.Context, token string, admit Admit) (*Access, error) {
	id := secrets.Hash(token, secrets.TokenPurpose)
	a, ok := r.cache.get(id)
	if r.remembered != nil {
		r.remembered("token", ok)
	}
	if ok {
		return a, nil
	}
	leave, err := admit(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	found := r.loading.DoChan(string(id[:]), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookLimit)
		defer cancel()
		// One source must not take all looks that can be at work.
		leave, err := r.limits.Lookups.Enter(ctx, peer.Of(ctx))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrAway, err)
		}
		defer leave()
		return r.load(ctx, token, id)
	})
	select {
	case res := <-found:
		a, _ := res.Val.(*Access)
		return a, res.Err
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", ErrAway, ctx.Err())
	}
}

func (r *Resolver) load(ctx context.Context, token string, id store.Hash) (*Access, error) {
	since := r.cache.mark()
	now := r.clock()
	t, g, err := r.store.Token(ctx, id, now)
	if errors.Is(err, store.ErrNotFound) ||
		err == nil && (t.Kind != store.Access || g.Audience != r.resource) {
		return nil, ErrUnknown
	}
	if err != nil {
		r.log.Error().Err(err).Msg("a token could not be looked up")
		return nil, ErrAway
	}
	key, err := secrets.Unwrap(token, t.Wrap, g.ID)
	if err != nil {
		r.log.Error().Err(err).Msg("a token does not open its grant")
		return nil, ErrUnknown
	}
	c, err := grants.OpenCredential(g, key)
	if err != nil {
		r.log.Error().Err(err).Msg("a grant's credential does not open")
		return nil, ErrUnknown
	}
	d := grants.DetailsOf(g)
	until := t.Expires
	if !g.Expires.IsZero() && g.Expires.Before(until) {
		until = g.Expires // the person may have brought it forward since the token was given
	}
	a := &Access{
		Caller: d.Caller, Client: g.Client, ClientName: d.Name, Credential: c.Credential(),
		Scopes: scope.Narrow(strings.Fields(t.Scopes), strings.Fields(g.Scopes)),
		token:  token, grant: g.ID, key: key, version: g.Version, renewAt: g.RenewAt, renews: c.Refresh != "", until: until,
	}
	r.cache.put(id, a, since)
	return a, nil
}

// renewed gives what a token opens after HeyGen's token was renewed. It is called shortly before
// HeyGen's token ends, or, with force, after HeyGen has refused it.
func (r *Resolver) renewed(ctx context.Context, a *Access, force bool) (*Access, error) {
	err := r.renewer.Renew(ctx, a.grant, a.key, a.version)
	switch {
	case errors.Is(err, renewal.ErrEnded) || errors.Is(err, store.ErrNotFound):
		return nil, ErrUnknown
	case err != nil && !force && r.clock().Before(a.renewAt):
		// HeyGen is away, and what there is still works.
		return a, nil
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	return r.resolveToken(ctx, a.token, AdmitAll)
}

// Refused is called when HeyGen has refused what a token opens. It renews what can be renewed, and
// says what the token opens now. Where HeyGen means it, the grant ends, and the client's next
// request sends the user to sign in.
func (r *Resolver) Refused(ctx context.Context, a *Access) (*Access, error) {
	if a.renews {
		return r.renewed(ctx, a, true)
	}
	_, err := r.fetchAccount(ctx, a.Credential)
	if _, rejected := errors.AsType[credential.RejectedError](err); !rejected {
		return nil, ErrAway // one refusal says little of a credential that HeyGen otherwise knows
	}
	if err := r.renewer.End(ctx, a.grant, a.Client, a.Caller); err != nil {
		return nil, err
	}
	return nil, ErrUnknown
}
