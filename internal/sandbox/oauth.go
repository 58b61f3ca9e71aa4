package sandbox

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
	maxOAuthBody    = 64 << 10            // of a form or a registration, which fit into a few hundred bytes
)

// tokenHash stands for a secret in every map: what the server keeps opens nothing.
type tokenHash [sha256.Size]byte

// oauthClient is a registered client. All are public: none has a secret.
type oauthClient struct {
	name      string
	redirects []string
}

// oauthCode is one sign-in by the form, waiting to be exchanged.
type oauthCode struct {
	grant     *oauthGrant
	redirect  string
	challenge string
	expires   time.Time
	used      bool
}

// oauthGrant is what one sign-in allows; every token that came of it, by however many refreshes, points to it.
type oauthGrant struct {
	client  string
	account string
	scopes  []string
	revoked bool
}

// oauthToken is one access or refresh token.
type oauthToken struct {
	grant   *oauthGrant
	scopes  []string
	expires time.Time
	used    bool // a refresh token that was exchanged: the next use of it is a theft
}

// oauthServer is HeyGen's authorization server as its clients see it: metadata, open registration, a page on which the
// person only names an account, tokens, revocation. Everything is in memory.
type oauthServer struct {
	clock func() time.Time
	page  *template.Template

	mu      sync.Mutex // guards what follows
	clients map[string]oauthClient
	codes   map[tokenHash]*oauthCode
	access  map[tokenHash]*oauthToken
	refresh map[tokenHash]*oauthToken
}

// newOAuth makes an authorization server on which nobody is registered yet.
func newOAuth(clock func() time.Time) *oauthServer {
	o := &oauthServer{clock: clock, page: template.Must(template.New("authorize").Parse(authorizePage))}
	o.reset()
	return o
}

// routes mounts every endpoint.
func (o *oauthServer) routes(r chi.Router) {
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

// reset forgets every client, code and token.
func (o *oauthServer) reset() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clients = map[string]oauthClient{}
	o.codes = map[tokenHash]*oauthCode{}
	o.access = map[tokenHash]*oauthToken{}
	o.refresh = map[tokenHash]*oauthToken{}
}

// account is whose access token this is; ok is false for one that is unknown, expired or revoked.
func (o *oauthServer) account(token string) (name string, ok bool) {
	t, ok := o.accessToken(token)
	if !ok {
		return "", false
	}
	return t.grant.account, true
}

func (o *oauthServer) accessToken(token string) (oauthToken, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	t, ok := o.access[hashOf(token)]
	if !ok || t.grant.revoked || !o.clock().Before(t.expires) {
		return oauthToken{}, false
	}
	return *t, true
}

// sweep drops what has expired, so that a server that runs for weeks holds what is alive. The caller holds the lock.
func (o *oauthServer) sweep() {
	now := o.clock()
	for k, c := range o.codes {
		if !now.Before(c.expires) {
			delete(o.codes, k)
		}
	}
	for _, tokens := range []map[tokenHash]*oauthToken{o.access, o.refresh} {
		for k, t := range tokens {
			if t.grant.revoked || !now.Before(t.expires) {
				delete(tokens, k)
			}
		}
	}
}

// metadata answers as RFC 8414 says. The issuer is the address that was asked, so that any listener works unconfigured.
func (o *oauthServer) metadata(w http.ResponseWriter, r *http.Request) {
	issuer := issuerOf(r)
	oauthAnswer(w, http.StatusOK, map[string]any{
		"issuer":                                         issuer,
		"authorization_endpoint":                         issuer + "/v1/oauth/authorize",
		"token_endpoint":                                 issuer + "/v1/oauth/token",
		"registration_endpoint":                          issuer + "/v1/oauth/register",
		"revocation_endpoint":                            issuer + "/v1/oauth/revoke",
		"userinfo_endpoint":                              issuer + "/v1/oauth/userinfo",
		"scopes_supported":                               oauthScopes(),
		"response_types_supported":                       []string{"code"},
		"response_modes_supported":                       []string{"query"},
		"grant_types_supported":                          oauthGrantTypes(),
		"token_endpoint_auth_methods_supported":          []string{"none"},
		"revocation_endpoint_auth_methods_supported":     []string{"none"},
		"code_challenge_methods_supported":               []string{"S256"},
		"authorization_response_iss_parameter_supported": true,
	})
}

// userinfo tells an access token's bearer who it stands for, as far as its scopes go.
func (o *oauthServer) userinfo(w http.ResponseWriter, r *http.Request) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	t, ok := o.accessToken(token)
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		oauthRefuse(w, http.StatusUnauthorized, "invalid_token", "the access token is unknown, expired or revoked")
		return
	}
	if !slices.Contains(t.scopes, "openid") {
		w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="openid"`)
		oauthRefuse(w, http.StatusForbidden, "insufficient_scope", "the access token lacks the scope openid")
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
	oauthAnswer(w, http.StatusOK, info)
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

func oauthScopes() []string { return []string{"openid", "profile", "email"} }

func oauthGrantTypes() []string { return []string{"authorization_code", "refresh_token"} }

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

// oauthSecret makes 256 random bits under a prefix that says what they are, never "sk_", which API keys begin with.
func oauthSecret(prefix string) string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // crypto/rand ends the program rather than fail
	return prefix + base64.RawURLEncoding.EncodeToString(b)
}

func hashOf(secret string) tokenHash { return sha256.Sum256([]byte(secret)) }

// oauthAnswer sends JSON. Nothing here may be cached: most of it is a secret, and the rest depends on the Host.
func oauthAnswer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the caller has gone; there is nobody to tell
}

// oauthRefuse sends an error in the form of RFC 6749 §5.2.
func oauthRefuse(w http.ResponseWriter, status int, code, why string) {
	oauthAnswer(w, status, map[string]string{"error": code, "error_description": why})
}
