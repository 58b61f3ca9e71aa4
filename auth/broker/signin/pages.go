// Package signin owns what a user goes through in the browser: from the client's authorization
// request over the sign-in and the consent back to the client, the page for devices, and
// /connections. It knows how a step leads to the next, and not what the tokens that come of it are
// worth.
//
// Reading order: pages.go (the pages and their paths), authorize.go (a client's request), signinpage.go, signin.go and
// heygen.go (the ways in), consent.go, terms.go and deny.go (what the user decides), again.go (a client that was
// allowed before), device.go, connections.go with listing.go, changing.go and ending.go, visitor.go (other pages for
// people). view.go, visit.go and clientview.go are what the pages share.
package signin

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/broker/tally"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/credential"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/frame"
)

// FetchAccount asks HeyGen whose credential one is: credential.RejectedError when HeyGen refuses
// it.
type FetchAccount func(ctx context.Context, c credential.Credential) (credential.Account, error)

func isRejected(err error) bool {
	_, rejected := errors.AsType[credential.RejectedError](err)
	return rejected
}

// Config is what the pages are made of.
type Config struct {
	Site      *site.Site
	Store     store.Store
	Pages     *pages.Set
	Browsers  *browsers.Jar
	Clients   *registry.Clients
	Policy    clients.Policy
	Flows     *flows.Flows
	Abandoned *flows.Abandoned
	Grants    *grants.Issuer
	Revoker   *grants.Revoker
	// HeyGen is HeyGen's own sign-in.
	HeyGen       *upstream.Client
	FetchAccount FetchAccount
	Limits       *limits.Limiters
	// SpendCap is what each account may spend in a day, in millionths of a USD; 0 is no limit.
	SpendCap int64
	// Activity tells what was made through connections; nil is no record.
	Activity Activity
	// Calls are those that were counted a moment ago.
	Calls *tally.Tally
	// NoDevices leaves the page for devices out.
	NoDevices bool
	Audit     audit.Log
	Clock     func() time.Time
	Log       zerolog.Logger
}

// Pages are the handlers. Make them with New.
type Pages struct {
	// Authorize is called by the library that reads authorization requests.
	Authorize *Authorize

	signIn      *signIn
	heygen      *heygenSignIn
	consent     *consent
	again       *again
	connections *connections
	device      *device // nil where there is none
}

// New makes the handlers, each with what it needs.
func New(cfg Config) *Pages {
	v := &visits{
		view: &view{pages: cfg.Pages, log: cfg.Log},
		site: cfg.Site, browsers: cfg.Browsers, flows: cfg.Flows,
	}
	page := &signInPage{visits: v, policy: cfg.Policy, heygen: cfg.HeyGen}
	deny := &denier{
		visits: v, store: cfg.Store, abandoned: cfg.Abandoned, revoker: cfg.Revoker, audit: cfg.Audit,
	}
	p := &Pages{}
	p.connections = &connections{
		visits: v, page: page, store: cfg.Store, abandoned: cfg.Abandoned, revoker: cfg.Revoker,
		audit: cfg.Audit, clock: cfg.Clock, operatorCap: cfg.SpendCap, activity: cfg.Activity, calls: cfg.Calls,
	}
	p.signIn = &signIn{
		visits: v, page: page, denier: deny, connections: p.connections, fetchAccount: cfg.FetchAccount,
		limits: cfg.Limits, abandoned: cfg.Abandoned, audit: cfg.Audit,
	}
	p.heygen = &heygenSignIn{
		visits: v, page: page, signIn: p.signIn, heygen: cfg.HeyGen, limits: cfg.Limits, audit: cfg.Audit,
	}
	p.consent = &consent{
		visits: v, denier: deny, policy: cfg.Policy, clients: cfg.Clients, grants: cfg.Grants,
		store: cfg.Store, abandoned: cfg.Abandoned, audit: cfg.Audit, clock: cfg.Clock,
		operatorCap: cfg.SpendCap,
	}
	p.again = &again{
		visits: v, policy: cfg.Policy, grants: cfg.Grants, store: cfg.Store, audit: cfg.Audit,
		clock: cfg.Clock,
	}
	p.Authorize = &Authorize{visits: v, again: p.again, policy: cfg.Policy, clients: cfg.Clients}
	if !cfg.NoDevices {
		p.device = &device{visits: v, limits: cfg.Limits, store: cfg.Store, clock: cfg.Clock}
	}
	return p
}

// Mount puts the pages at their paths, all but the authorization endpoint, which the library reads.
func (p *Pages) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET "+site.PathSignIn, p.signIn.show)
	mux.HandleFunc("POST "+site.PathSignIn, p.signIn.takeKey)
	mux.HandleFunc("GET "+site.PathCancel, p.signIn.cancel)
	mux.HandleFunc("GET "+site.PathHeyGen, p.heygen.toHeyGen)
	mux.HandleFunc("GET "+site.PathCallback, p.heygen.fromHeyGen)
	mux.HandleFunc("GET "+site.PathConsent, p.consent.show)
	mux.HandleFunc("POST "+site.PathConsent, p.consent.answer)
	mux.HandleFunc("GET "+site.PathAgain, p.again.show)
	mux.HandleFunc("POST "+site.PathAgain, p.again.answer)
	if p.device != nil {
		mux.HandleFunc("GET "+site.PathDevice, p.device.show)
		mux.HandleFunc("POST "+site.PathDevice, p.device.takeCode)
	}
	for _, name := range []string{frame.StyleName, frame.MarkName} {
		mux.HandleFunc("GET "+site.PathFiles+name, frame.Asset(name))
	}
	mux.HandleFunc("GET "+site.PathConnections, p.connections.show)
	mux.HandleFunc("POST "+site.PathConnections, p.connections.answer)
}
