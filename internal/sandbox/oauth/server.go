// Package oauth is HeyGen's authorization server as its clients see it: metadata, open
// registration, a page on which the user only names an account, tokens, revocation. It owns
// clients, codes and tokens, in memory. It knows names of accounts and nothing of what they own.
//
// Read server.go first; then authorize.go, token.go and register.go, one for each endpoint.
package oauth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
)

const (
	codeLifetime    = 5 * time.Minute     // a person is between the form and the token request
	accessLifetime  = time.Hour           // the 3600 seconds that clients of HeyGen assume
	refreshLifetime = 30 * 24 * time.Hour // longer than any demo
	maxBody         = 64 << 10            // of a form or a registration, which fit into a few hundred bytes
)

// tokenHash stands for a secret in every map: what the server keeps opens nothing.
type tokenHash [sha256.Size]byte

// registeredClient is a registered client. All are public: none has a secret.
type registeredClient struct {
	name      string
	redirects []string
}

// authCode is one sign-in by the form, waiting to be exchanged.
type authCode struct {
	grant     *signInGrant
	redirect  string
	challenge string
	expires   time.Time
	used      bool
}

// signInGrant is what one sign-in allows; every token that came of it, by however many refreshes,
// points to it.
type signInGrant struct {
	client  string
	account string
	scopes  []string
	revoked bool
}

// issuedToken is one access or refresh token.
type issuedToken struct {
	grant   *signInGrant
	scopes  []string
	expires time.Time
	used    bool // a refresh token that was exchanged: the next use of it is a theft
}

// Server is HeyGen's authorization server as its clients see it: metadata, open registration, a
// page on which the person only names an account, tokens, revocation. Everything is in memory.
type Server struct {
	clock        func() time.Time
	checkAccount func(name string) string
	page         *template.Template

	mu      sync.Mutex // guards what follows
	clients map[string]registeredClient
	codes   map[tokenHash]*authCode
	access  map[tokenHash]*issuedToken
	refresh map[tokenHash]*issuedToken
}

// New makes an authorization server without clients. checkAccount says what is wrong with the
// name of an account that a user types, and "" of one that is good.
func New(clock func() time.Time, checkAccount func(name string) string) *Server {
	o := &Server{clock: clock, checkAccount: checkAccount, page: template.Must(template.New("authorize").Parse(authorizePage))}
	o.Reset()
	return o
}

// Routes mounts every endpoint.
func (o *Server) Routes(r chi.Router) {
	open := r.With(anyOrigin)
	for path, h := range map[string]http.HandlerFunc{
		"/.well-known/oauth-authorization-server": o.metadata,
		"/v1/oauth/register":                      o.register,
		"/v1/oauth/token":                         o.token,
	} {
		method := http.MethodPost
		if strings.HasPrefix(path, "/.well-known/") {
			method = http.MethodGet
			open.Head(path, h)
		}
		open.Method(method, path, h)
		open.Options(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	}
	r.Get("/v1/oauth/authorize", o.authorizeForm)
	r.Post("/v1/oauth/authorize", o.authorize)
	r.Post("/v1/oauth/revoke", o.revoke)
	r.Get("/v1/oauth/userinfo", o.userinfo)
}

// Reset forgets every client, code and token.
func (o *Server) Reset() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clients = map[string]registeredClient{}
	o.codes = map[tokenHash]*authCode{}
	o.access = map[tokenHash]*issuedToken{}
	o.refresh = map[tokenHash]*issuedToken{}
}

// Account is whose access token this is; ok is false for one that is unknown, expired or revoked.
func (o *Server) Account(token string) (name string, ok bool) {
	t, ok := o.accessToken(token)
	if !ok {
		return "", false
	}
	return t.grant.account, true
}

func (o *Server) accessToken(token string) (issuedToken, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	t, ok := o.access[hashOf(token)]
	if !ok || t.grant.revoked || !o.clock().Before(t.expires) {
		return issuedToken{}, false
	}
	return *t, true
}

// sweep drops what has expired, so that a server that runs for weeks holds what is alive. The
// caller holds the lock.
func (o *Server) sweep() {
	now := o.clock()
	for k, c := range o.codes {
		if !now.Before(c.expires) {
			delete(o.codes, k)
		}
	}
	for _, tokens := range []map[tokenHash]*issuedToken{o.access, o.refresh} {
		for k, t := range tokens {
			if t.grant.revoked || !now.Before(t.expires) {
				delete(tokens, k)
			}
		}
	}
}

// metadata answers as RFC 8414 says. The issuer is the address that was asked, so that any listener
// works unconfigured.
func (o *Server) metadata(w http.ResponseWriter, r *http.Request) {
	issuer := issuerOf(r)
	writeJSON(w, http.StatusOK, map[string]any{
		"issuer":                                         issuer,
		"authorization_endpoint":                         issuer + "/v1/oauth/authorize",
		"token_endpoint":                                 issuer + "/v1/oauth/token",
		"registration_endpoint":                          issuer + "/v1/oauth/register",
		"revocation_endpoint":                            issuer + "/v1/oauth/revoke",
		"userinfo_endpoint":                              issuer + "/v1/oauth/userinfo",
		"scopes_supported":                               supportedScopes(),
		"response_types_supported":                       []string{"code"},
		"response_modes_supported":                       []string{"query"},
		"grant_types_supported":                          grantTypes(),
		"token_endpoint_auth_methods_supported":          []string{"none"},
		"revocation_endpoint_auth_methods_supported":     []string{"none"},
		"code_challenge_methods_supported":               []string{"S256"},
		"authorization_response_iss_parameter_supported": true,
	})
}

// userinfo tells an access token's bearer who it stands for, as far as its scopes go.
func (o *Server) userinfo(w http.ResponseWriter, r *http.Request) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	t, ok := o.accessToken(token)
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		writeError(w, http.StatusUnauthorized, "invalid_token", "the access token is unknown, expired or revoked")
		return
	}
	if !slices.Contains(t.scopes, "openid") {
		w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="openid"`)
		writeError(w, http.StatusForbidden, "insufficient_scope", "the access token lacks the scope openid")
		return
	}
	info := map[string]any{"sub": t.grant.account}
	if slices.Contains(t.scopes, "profile") {
		info["name"] = t.grant.account
	}
	if slices.Contains(t.scopes, "email") {
		info["email"] = t.grant.account
		if !strings.Contains(t.grant.account, "@") {
			info["email"] = t.grant.account + "@sandbox.invalid"
		}
		info["email_verified"] = true
	}
	writeJSON(w, http.StatusOK, info)
}

// anyOrigin lets browser clients of any origin in: there is no cookie here that one could misuse.
func anyOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version")
		next.ServeHTTP(w, r)
	})
}

func issuerOf(r *http.Request) string { return "http://" + r.Host }

func supportedScopes() []string { return []string{"openid", "profile", "email"} }

func grantTypes() []string { return []string{"authorization_code", "refresh_token"} }

// scopesOf reads a scope parameter; an absent one asks for all that allowed holds.
func scopesOf(param string, allowed []string) (scopes []string, ok bool) {
	scopes = strings.Fields(param)
	if len(scopes) == 0 {
		return allowed, true
	}
	for _, s := range scopes {
		if !slices.Contains(allowed, s) {
			return nil, false
		}
	}
	return scopes, true
}

// newSecret makes 256 random bits under a prefix that says what they are, never "sk_", which API
// keys begin with.
func newSecret(prefix string) string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand ends the program rather than fail
	return prefix + base64.RawURLEncoding.EncodeToString(b)
}

func hashOf(secret string) tokenHash { return sha256.Sum256([]byte(secret)) }

// writeJSON sends JSON. Nothing here may be cached: most of it is a secret, and the rest depends on
// the Host.
func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the caller has gone; there is nobody to tell
}

// writeError sends an error in the form of RFC 6749 §5.2.
func writeError(w http.ResponseWriter, status int, code, why string) {
	writeJSON(w, status, map[string]string{"error": code, "error_description": why})
}
