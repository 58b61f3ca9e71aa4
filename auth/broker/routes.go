package broker

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/internal/peer"
)

// The paths, below the issuer.
const (
	pathAuthorize   = "/oauth/authorize"
	pathToken       = "/oauth/token" //nolint:gosec // G101: a path
	pathRevoke      = "/oauth/revoke"
	pathDeviceCode  = "/oauth/device_authorization"
	pathRegister    = "/oauth/register"
	pathKeys        = "/oauth/keys"
	pathSignIn      = "/oauth/sign-in"
	pathHeyGen      = "/oauth/heygen"
	pathCallback    = "/oauth/callback"
	pathCancel      = "/oauth/cancel"
	pathConsent     = "/oauth/consent"
	pathAgain       = "/oauth/again"
	pathDevice      = "/oauth/device"
	pathStyle       = "/oauth/style.css"
	pathConnections = "/connections"
)

// CallbackPath is where HeyGen sends people back to, below the issuer.
const CallbackPath = pathCallback

// Handler serves every path of the authorization server, with and without the issuer's own path before it.
func (b *Broker) Handler() http.Handler { return b.handler }

func (b *Broker) routes() http.Handler {
	library := op.RegisterServer(server{b: b}, b.endpoints(), op.WithServerCORSOptions(nil), op.WithEncoder(b.encoder()))
	mux := http.NewServeMux()
	mux.Handle(pathAuthorize, b.pageOnly(library))
	for _, path := range []string{pathToken, pathRevoke} {
		mux.Handle(path, b.formOnly(library))
	}
	mux.HandleFunc(pathRegister, b.register)
	mux.HandleFunc(pathKeys, b.keys)
	mux.HandleFunc("GET "+pathSignIn, b.signInPage)
	mux.HandleFunc("POST "+pathSignIn, b.signIn)
	mux.HandleFunc("GET "+pathCancel, b.cancel)
	mux.HandleFunc("GET "+pathHeyGen, b.toHeyGen)
	mux.HandleFunc("GET "+pathCallback, b.fromHeyGen)
	mux.HandleFunc("GET "+pathConsent, b.consentPage)
	mux.HandleFunc("POST "+pathConsent, b.consent)
	mux.HandleFunc("GET "+pathAgain, b.againPage)
	mux.HandleFunc("POST "+pathAgain, b.again)
	if !b.cfg.NoDevices {
		mux.Handle(pathDeviceCode, b.formOnly(library))
		mux.HandleFunc("GET "+pathDevice, b.devicePage)
		mux.HandleFunc("POST "+pathDevice, b.deviceCode)
	}
	mux.HandleFunc("GET "+pathStyle, b.pages.Style)
	mux.HandleFunc("GET "+pathConnections, b.connectionsPage)
	mux.HandleFunc("POST "+pathConnections, b.connections)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if rest, ok := strings.CutPrefix(r.URL.Path, b.path); ok && b.path != "" && strings.HasPrefix(rest, "/") {
			r = r.Clone(r.Context())
			r.URL.Path, r.URL.RawPath = rest, ""
		}
		// What may be kept says so itself; an error that somebody keeps would outlive its cause.
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, peer.Known(r))
	})
}

// encoder writes the errors that the library sends back to a client, with the issuer that it leaves out.
func (b *Broker) encoder() issuerEncoder {
	return issuerEncoder{b: b, library: oidc.NewEncoder()}
}

type issuerEncoder struct {
	b       *Broker
	library interface {
		Encode(src any, dst map[string][]string) error
	}
}

// Encode implements the library's Encoder.
func (e issuerEncoder) Encode(src any, dst map[string][]string) error {
	if err := e.library.Encode(src, dst); err != nil {
		return err
	}
	e.b.addIssuer(dst)
	return nil
}

// addIssuer names this server in an answer that travels by redirect, so that a client that talks to several knows whose
// it is (RFC 9207).
func (b *Broker) addIssuer(values url.Values) {
	if !b.cfg.OmitIssuer {
		values.Set("iss", b.cfg.Issuer)
	}
}

// url is the public address of a path of ours.
func (b *Broker) url(path string) string { return b.cfg.Issuer + path }
