package broker

import (
	"net/http"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/signin"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/broker/tokens"
	"heygen-mcp/internal/peer"
)

// CallbackPath is where HeyGen sends users back to, below the issuer.
const CallbackPath = site.PathCallback

// ConnectionsPath is the page of what an account has connected, below the issuer.
const ConnectionsPath = site.PathConnections

// handlers has a handler for each group of paths of the authorization server.
type handlers struct {
	site         *site.Site
	pages        *signin.Pages
	tokens       *tokens.Endpoint
	registration *registry.Registration
	metadata     metadata
	devices      bool // whether the device grant is offered
}

// routes serves every path of the authorization server, with and without the issuer's own path
// before it.
func (f handlers) routes() http.Handler {
	library := op.RegisterServer(
		server{authorize: f.pages.Authorize, tokens: f.tokens},
		endpoints(f.devices),
		op.WithServerCORSOptions(
			nil,
		),
		op.WithEncoder(issuerEncoder{site: f.site, library: oidc.NewEncoder()}),
	)
	mux := http.NewServeMux()
	mux.Handle(site.PathAuthorize, f.pages.Authorize.Guard(library))
	for _, path := range []string{site.PathToken, site.PathRevoke} {
		mux.Handle(path, f.tokens.Guard(library))
	}
	if f.devices {
		mux.Handle(site.PathDeviceCode, f.tokens.Guard(library))
	}
	mux.Handle(site.PathRegister, f.registration)
	mux.HandleFunc(site.PathKeys, f.metadata.keys)
	f.pages.Mount(mux)
	path := f.site.Path
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if rest, ok := strings.CutPrefix(r.URL.Path, path); ok && path != "" &&
			strings.HasPrefix(rest, "/") {
			r = r.Clone(r.Context())
			r.URL.Path, r.URL.RawPath = rest, ""
		}
		// Answers that may be cached set their own header; a cached error would outlive its cause.
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, peer.Known(r))
	})
}

// issuerEncoder writes the errors that the library sends back to a client, with the issuer that it
// leaves out.
type issuerEncoder struct {
	site    *site.Site
	library interface {
		Encode(src any, dst map[string][]string) error
	}
}

// Encode implements the library's Encoder.
func (e issuerEncoder) Encode(src any, dst map[string][]string) error {
	if err := e.library.Encode(src, dst); err != nil {
		return err
	}
	e.site.AddIssuer(dst)
	return nil
}
