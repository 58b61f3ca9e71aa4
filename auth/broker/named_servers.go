package broker

import (
	"fmt"
	"net/http"
	"net/url"

	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/signin"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/broker/tokens"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/hosts"
)

// namedServer is the authorization server by one of its names: what it says of itself, the addresses that it leads to,
// its cookies, and where HeyGen sends people back to. What it keeps is common to all.
type namedServer struct {
	handler, metadata http.Handler
	pages             *signin.Pages
}

// serverParts are what servers are made of. What depends on the name is left out of pages and tokens.
type serverParts struct {
	cfg          Config
	site         *site.Site // by the name in the public URL, as are jar and heygen
	jar          *browsers.Jar
	heygen       *upstream.Client
	grants       []string // the grant types that every client may use
	pages        signin.Config
	tokens       tokens.Config
	registration *registry.Registration
}

// servers makes a server for each name.
func (p serverParts) servers() (hosts.Named[*namedServer], error) {
	public, err := url.Parse(p.site.Origin)
	if err != nil {
		return hosts.Named[*namedServer]{}, fmt.Errorf("broker: %w", err)
	}
	return hosts.NewNamed(public, func(origin *url.URL) (*namedServer, error) {
		at := p.site.At(origin)
		pages, ends, described := p.pages, p.tokens, metadata{site: at, grants: p.grants}
		pages.Site, pages.Browsers, pages.HeyGen = at, p.jar.At(at), p.heygen
		ends.Site = at
		if at.Issuer != p.site.Issuer {
			if pages.HeyGen, err = p.cfg.heygen(at.Issuer); err != nil {
				return nil, err
			}
		}
		all := handlers{
			site: at, metadata: described, devices: !p.cfg.NoDevices,
			pages: signin.New(pages), tokens: tokens.New(ends), registration: p.registration,
		}
		return &namedServer{handler: all.routes(), metadata: described.handler(), pages: all.pages}, nil
	})
}

// Handler serves every path of the authorization server, with and without the issuer's own path
// before it.
func (b *Broker) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.servers.Of(r.Host).handler.ServeHTTP(w, r)
	})
}

// Metadata describes the server, at whatever path it is mounted.
func (b *Broker) Metadata() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.servers.Of(r.Host).metadata.ServeHTTP(w, r)
	})
}

// Visitor is the person who has signed in with the browser of a request a short while ago, to a page of this
// deployment's; ok is false for none.
func (b *Broker) Visitor(r *http.Request) (v signin.Visitor, ok bool, err error) {
	return b.servers.Of(r.Host).pages.Visitor(r)
}

// AskVisitor has the person before a browser sign in, and leads them to a path below the issuer then.
func (b *Broker) AskVisitor(w http.ResponseWriter, r *http.Request, to string) {
	b.servers.Of(r.Host).pages.AskVisitor(w, r, to)
}
