package oauth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// token exchanges a code or a refresh token.
func (o *Server) token(w http.ResponseWriter, r *http.Request) {
	params, ok := o.clientForm(w, r)
	if !ok {
		return
	}
	if !validResources(params["resource"]) {
		writeError(w, http.StatusBadRequest, "invalid_target", "resource must be an absolute URI without a fragment")
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sweep()
	switch params.Get("grant_type") {
	case "authorization_code":
		o.redeemCode(w, params)
	case "refresh_token":
		o.rotate(w, params)
	case "":
		writeError(w, http.StatusBadRequest, "invalid_request", "grant_type is required")
	default:
		writeError(w, http.StatusBadRequest, "unsupported_grant_type", "grant_type is authorization_code or refresh_token")
	}
}

// redeemCode exchanges a code. The first try uses it up, also a wrong one; a second try after a
// right one means that two parties have the code, and revokes what the first got. The caller holds
// the lock.
func (o *Server) redeemCode(w http.ResponseWriter, params url.Values) {
	code, known := o.codes[hashOf(params.Get("code"))]
	switch {
	case params.Get("code") == "" || params.Get("redirect_uri") == "" || params.Get("code_verifier") == "":
		writeError(w, http.StatusBadRequest, "invalid_request", "code, redirect_uri and code_verifier are required")
		return
	case !known || code.grant.client != params.Get("client_id"):
		writeError(w, http.StatusBadRequest, "invalid_grant", "the code is unknown, expired or another client's")
		return
	case code.used:
		code.grant.revoked = true
		writeError(w, http.StatusBadRequest, "invalid_grant", "the code has been used")
		return
	}
	code.used = true
	switch {
	case code.redirect != params.Get("redirect_uri"):
		writeError(w, http.StatusBadRequest, "invalid_grant", "redirect_uri is not the one that the code was sent to")
	case !verifierMatches(params.Get("code_verifier"), code.challenge):
		writeError(w, http.StatusBadRequest, "invalid_grant", "code_verifier does not fit the code_challenge")
	default:
		o.issue(w, code.grant, code.grant.scopes, o.clock().Add(refreshLifetime))
	}
}

// rotate exchanges a refresh token for the next one. A token that comes back after its exchange was
// stolen, from or by the one who came first, so that neither keeps what they have. The caller holds
// the lock.
func (o *Server) rotate(w http.ResponseWriter, params url.Values) {
	old, known := o.refresh[hashOf(params.Get("refresh_token"))]
	switch {
	case params.Get("refresh_token") == "":
		writeError(w, http.StatusBadRequest, "invalid_request", "refresh_token is required")
		return
	case !known || old.grant.client != params.Get("client_id"):
		writeError(w, http.StatusBadRequest, "invalid_grant", "the refresh token is unknown, expired, revoked or "+
			"another client's")
		return
	case old.used:
		old.grant.revoked = true
		writeError(w, http.StatusBadRequest, "invalid_grant", "the refresh token has been used; every token of its "+
			"sign-in is now revoked")
		return
	}
	scopes, ok := scopesOf(params.Get("scope"), old.grant.scopes)
	if !ok {
		writeError(w, http.StatusBadRequest, "invalid_scope", "a refresh cannot add scopes to those that were granted")
		return
	}
	old.used = true
	o.issue(w, old.grant, scopes, old.expires)
}

// issue makes and sends a pair of tokens. A rotated refresh token lives no longer than its sign-in
// was to. The caller holds the lock.
func (o *Server) issue(w http.ResponseWriter, grant *signInGrant, scopes []string, until time.Time) {
	access, refresh := newSecret("sandbox_at_"), newSecret("sandbox_rt_")
	o.access[hashOf(access)] = &issuedToken{grant: grant, scopes: scopes, expires: o.clock().Add(accessLifetime)}
	o.refresh[hashOf(refresh)] = &issuedToken{grant: grant, scopes: grant.scopes, expires: until}
	w.Header().Set("Pragma", "no-cache")
	writeJSON(w, http.StatusOK, map[string]any{
		"access_token":  access,
		"token_type":    "Bearer",
		"expires_in":    int(accessLifetime.Seconds()),
		"refresh_token": refresh,
		"scope":         strings.Join(scopes, " "),
	})
}

// revoke ends an access token, or with a refresh token the whole sign-in (RFC 7009). A token that
// is not there is as revoked as can be, which is a success.
func (o *Server) revoke(w http.ResponseWriter, r *http.Request) {
	params, ok := o.clientForm(w, r)
	if !ok {
		return
	}
	if params.Get("token") == "" {
		writeError(w, http.StatusBadRequest, "invalid_request", "token is required")
		return
	}
	key := hashOf(params.Get("token"))
	o.mu.Lock()
	defer o.mu.Unlock()
	if t, ok := o.access[key]; ok && t.grant.client == params.Get("client_id") {
		delete(o.access, key)
	}
	if t, ok := o.refresh[key]; ok && t.grant.client == params.Get("client_id") {
		t.grant.revoked = true
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
}

// clientForm reads a form that a client posts and checks that it names a client. Only the body
// counts: a secret in a query would end up in logs.
func (o *Server) clientForm(w http.ResponseWriter, r *http.Request) (url.Values, bool) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		writeError(w, http.StatusBadRequest, "invalid_request", "the body is not a form")
		return nil, false
	}
	if name := repeatedParam(r.PostForm); name != "" {
		writeError(w, http.StatusBadRequest, "invalid_request", name+" is given more than once")
		return nil, false
	}
	o.mu.Lock()
	_, known := o.clients[r.PostForm.Get("client_id")]
	o.mu.Unlock()
	if !known {
		writeError(w, http.StatusUnauthorized, "invalid_client", "client_id is not one that is registered here")
		return nil, false
	}
	return r.PostForm, true
}

// verifierMatches tells whether the verifier is what the challenge was made of (RFC 7636, S256).
func verifierMatches(verifier, challenge string) bool {
	if len(verifier) < 43 || len(verifier) > 128 {
		return false
	}
	sum := sha256.Sum256([]byte(verifier))
	made := base64.RawURLEncoding.EncodeToString(sum[:])
	return subtle.ConstantTimeCompare([]byte(made), []byte(challenge)) == 1
}
