package signin

import (
	"net/http"
	"strings"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/internal/words"
)

const (
	// longestKey bounds an API key; HeyGen's have under a hundred characters.
	longestKey = 512
	errorMark  = "error"
)

// signIn takes a credential, and asks HeyGen whose it is.
type signIn struct {
	*visits
	page         *signInPage
	denier       *denier
	connections  *connections
	fetchAccount FetchAccount
	limits       *limits.Limiters
	abandoned    *flows.Abandoned
	audit        audit.Log
}

// show shows who asks for what, and the ways in.
func (h *signIn) show(w http.ResponseWriter, r *http.Request) {
	if who, f, ok := h.ownFlow(w, r); ok {
		h.page.showSignIn(w, r, who, f, http.StatusOK, nil)
	}
}

// cancel ends a sign-in before the question. It is a link, since a form of that page may lead to
// this server alone, and the way back to the client is a redirect.
func (h *signIn) cancel(w http.ResponseWriter, r *http.Request) {
	_, f, ok := h.ownFlow(w, r)
	if !ok {
		return
	}
	if f.Client == nil {
		h.showFlowError(w, r, flows.ErrGone)
		return
	}
	h.denier.denyFlow(w, r, f)
}

// takeKey takes an API key.
func (h *signIn) takeKey(w http.ResponseWriter, r *http.Request) {
	who, f, ok := h.ownForm(w, r)
	if !ok {
		return
	}
	key := strings.TrimSpace(r.PostForm.Get("api_key"))
	if key == "" || len(key) > longestKey ||
		strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }) {
		h.page.showBadKey(
			w, r, who, f, words.Of("signin.no_key"))
		return
	}
	if wait := h.limits.TakeKey(r.Context(), who.ID, flows.Hash(f.ID)); wait > 0 {
		h.page.showTooManyKeys(w, r, who, f, wait)
		return
	}
	h.signedIn(w, r, who, f, grants.SealedCredential{Key: key})
}

// signedIn asks HeyGen whose credential it is, and goes on to the question; or to /connections.
func (h *signIn) signedIn(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow,
	cred grants.SealedCredential) {
	ctx, kept := r.Context(), false
	defer func() {
		if !kept {
			h.abandoned.Discard(cred)
		}
	}()
	account, err := h.fetchAccount(ctx, cred.Credential())
	switch {
	case isRejected(err):
		h.audit(ctx, audit.Event{
			What: audit.SignInFailed, Client: f.AskingClient(), Detail: "refused by HeyGen",
		})
		if cred.IsKey() {
			h.page.showBadKey(
				w, r, who, f, words.Of("signin.unknown_key"))
			return
		}
		h.page.showSignIn(
			w, r, who, f, http.StatusUnprocessableEntity,
			words.Of("signin.refused"))
		return
	case err != nil:
		h.log.Warn().Err(err).Msg("a credential could not be checked with HeyGen")
		h.page.showSignIn(
			w, r, who, f, http.StatusServiceUnavailable,
			words.Of("signin.away"))
		return
	}
	if account.ID == "" {
		// HeyGen does not name the account, so the credential stands for it.
		account.ID = cred.Credential().Secret
	}
	if who, err = h.browsers.Renew(ctx, w.Header(), who, grants.HashAccount(account.ID)); err != nil {
		h.showFlowError(w, r, err)
		return
	}
	before := f.Credential // of an earlier sign-in, perhaps to another account
	f.Credential, f.Account, f.Nonce, f.Verifier = &cred, &account, "", ""
	if f.Client == nil {
		kept = true // or given back there
		h.connections.open(w, r, who, f)
		return
	}
	if err := h.flows.Keep(ctx, who, f); err != nil {
		h.showFlowError(w, r, err)
		return
	}
	kept = true
	if before != nil {
		h.abandoned.Discard(*before)
	}
	if cred.IsKey() {
		h.abandoned.Drop(flows.Hash(f.ID)) // what was discarded was remembered there
	}
	h.audit(ctx, audit.Event{
		What: audit.SignedIn, Client: f.AskingClient(), Caller: cred.Caller(account.ID),
	})
	redirectTo(w, h.pageURL(site.PathConsent, f))
}
