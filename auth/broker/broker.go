package broker

import (
	"context"
	"errors"
	"time"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/lookup"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/renewal"
	"heygen-mcp/auth/broker/signin"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/broker/tally"
	"heygen-mcp/auth/broker/tokens"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/pages"
	"heygen-mcp/internal/hosts"
)

// Broker is the authorization server. Make it with New, and end it with Close.
type Broker struct {
	// Resolver finds what access tokens open.
	*lookup.Resolver

	cfg       Config
	servers   hosts.Named[*namedServer]
	abandoned *flows.Abandoned
	calls     tally.Tally
	stop      func()
	done      chan struct{}
}

// New makes a Broker, or says everything that is wrong with cfg at once.
func New(cfg Config) (*Broker, error) {
	where, err := site.New(cfg.Issuer, cfg.Resource, cfg.OmitIssuer)
	faults := append(cfg.check(), err)
	cfg.defaults()
	limited := limits.New(cfg.Limits, cfg.Store, cfg.Clock, cfg.Log)
	policy := clients.Policy{Hosts: cfg.RedirectHosts}
	known, err := registry.New(registry.Config{
		Static: cfg.Clients, Policy: policy, Documents: cfg.Documents, Fetches: cfg.Limits.Documents,
		Store: cfg.Store, Limits: limited, Clock: cfg.Clock,
	})
	if err := errors.Join(append(faults, err)...); err != nil {
		return nil, err
	}
	heygen, err := cfg.heygen(where.Issuer)
	if err != nil {
		return nil, err
	}
	jar, err := browsers.NewJar(cfg.Store, where, cfg.Clock)
	if err != nil {
		return nil, err
	}
	templates := pages.New(where.Path + site.PathFiles)

	issuer := &grants.Issuer{
		Resource: cfg.Resource, Clock: cfg.Clock,
		AccessLifetime: cfg.AccessLifetime, RefreshLifetime: cfg.RefreshLifetime,
	}
	revoker := &grants.Revoker{HeyGen: heygen, Log: cfg.Log}
	abandoned := flows.NewAbandoned(cfg.Store, revoker, cfg.Clock, cfg.Log)
	underWay := flows.New(cfg.Store, known, limited, abandoned, cfg.Clock)
	cache := lookup.NewCache(cfg.Clock, cfg.Store.Hears)
	renewer := renewal.New(renewal.Config{
		Store: cfg.Store, HeyGen: heygen, Forget: cache.Forget, Audit: cfg.Audit, Clock: cfg.Clock,
	})
	grantable := grantTypes(cfg.NoDevices)
	b := &Broker{
		cfg: cfg, abandoned: abandoned, done: make(chan struct{}),
		Resolver: lookup.New(lookup.Config{
			Cache: cache, Store: cfg.Store, Resource: cfg.Resource, Limits: limited, Renewer: renewer,
			FetchAccount: cfg.account, Remembered: cfg.Remembered, Clock: cfg.Clock, Log: cfg.Log,
		}),
	}
	b.servers, err = serverParts{
		cfg: cfg, site: where, jar: jar, heygen: heygen, grants: grantable,
		pages: signin.Config{
			Store: cfg.Store, Pages: templates, Clients: known, Policy: policy, Flows: underWay,
			Abandoned: abandoned, Grants: issuer, Revoker: revoker, FetchAccount: cfg.account,
			Limits: limited, NoDevices: cfg.NoDevices, SpendCap: cfg.SpendCap, Activity: cfg.Activity,
			Calls: &b.calls, Audit: cfg.Audit, Clock: cfg.Clock, Log: cfg.Log,
		},
		tokens: tokens.Config{
			Store: cfg.Store, Clients: known, Grants: issuer, Renewer: renewer, Revoker: revoker,
			Limits: limited, GrantTypes: grantable, Audit: cfg.Audit, Clock: cfg.Clock, Log: cfg.Log,
		},
		registration: &registry.Registration{
			Clients: known, Policy: policy, Grants: grantable, Limits: limited, Audit: cfg.Audit,
			Clock: cfg.Clock, Log: cfg.Log,
		},
	}.servers()
	if err != nil {
		return nil, err
	}
	b.run(cache)
	return b, nil
}

// grantTypes are the grant types that every client may use.
func grantTypes(noDevices bool) []string {
	if noDevices {
		return []string{clients.GrantCode, clients.GrantRefresh}
	}
	return []string{clients.GrantCode, clients.GrantRefresh, clients.GrantDevice}
}

// run starts the sweeping, and hears what other replicas change.
func (b *Broker) run(cache *lookup.Cache) {
	ctx, cancel := context.WithCancel(context.Background())
	unwatch := b.cfg.Store.Watch(cache.Forget)
	b.stop = func() {
		unwatch()
		cancel()
		<-b.done
		b.handOn(context.Background())
		b.abandoned.GiveBackAll()
	}
	go func() {
		defer close(b.done)
		tick := time.NewTicker(b.cfg.SweepEvery)
		defer tick.Stop()
		counted := time.NewTicker(handOnEvery)
		defer counted.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				b.sweep(ctx)
			case <-counted.C:
				b.handOn(ctx)
			}
		}
	}()
}

const (
	// handOnEvery is how long the calls that are counted stay in memory, and how many a process that is killed loses.
	handOnEvery = time.Minute
	// handOnLimit bounds the wait for the store.
	handOnLimit = 5 * time.Second
)

// handOn keeps the calls that were counted.
func (b *Broker) handOn(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, handOnLimit)
	defer cancel()
	if err := b.calls.HandOn(ctx, b.cfg.Store); err != nil && ctx.Err() == nil {
		b.cfg.Log.Warn().Err(err).Msg("the number of calls could not be kept")
	}
}

// Called counts a call that was made with an access token.
func (b *Broker) Called(a *lookup.Access) { b.calls.Note(a.Grant(), b.cfg.Clock()) }

// sweep deletes what has expired, and gives back what was abandoned.
func (b *Broker) sweep(ctx context.Context) {
	now := b.cfg.Clock() // one time for both: a flow whose row goes must have been given back before
	b.abandoned.GiveBack(ctx, now)
	err := errors.Join(b.cfg.Store.Sweep(ctx, now), b.cfg.Store.Trim(ctx, b.cfg.Limits.Rows))
	if err != nil && ctx.Err() == nil {
		b.cfg.Log.Warn().Err(err).Msg("expired records could not be deleted")
	}
}

// Close ends what runs in the background, and gives HeyGen the tokens back of the sign-ins that
// nobody has finished. It takes a few seconds at most.
func (b *Broker) Close() { b.stop() }

// Ready says whether the store can serve.
func (b *Broker) Ready(ctx context.Context) error { return b.cfg.Store.Ping(ctx) }
