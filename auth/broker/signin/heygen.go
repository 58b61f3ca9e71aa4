package signin

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/upstream"
	"heygen-mcp/internal/words"
)

// heygenSignIn is the way to HeyGen's own sign-in and back.
type heygenSignIn struct {
	*visits
	page   *signInPage
	signIn *signIn
	heygen *upstream.Client
	limits *limits.Limiters
	audit  audit.Log
}

// toHeyGen sends the user to HeyGen's sign-in. The verifier stays here, sealed to the browser's
// cookie; the state is the flow's id with a nonce that is good for one sign-in at HeyGen.
func (h *heygenSignIn) toHeyGen(w http.ResponseWriter, r *http.Request) {
	who, f, ok := h.ownFlow(w, r)
	if !ok {
		return
	}
	f.Nonce, f.Verifier = secrets.New(""), secrets.New("")
	to, client, err := h.heygen.SignIn(r.Context(), f.ID+"."+f.Nonce, f.Verifier)
	f.SentAs = client
	if err != nil {
		h.log.Warn().Err(err).Msg("HeyGen's sign-in cannot be opened")
		h.page.showSignIn(
			w, r, who, f, http.StatusServiceUnavailable,
			words.Of("signin.heygen_away"))
		return
	}
	if err := h.flows.Keep(r.Context(), who, f); err != nil {
		h.showFlowError(w, r, err)
		return
	}
	redirectTo(w, to)
}

// fromHeyGen takes the user back, with a code or a refusal.
func (h *heygenSignIn) fromHeyGen(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	who, ok := h.browsers.Of(r.Header)
	if !ok {
		h.showFlowError(w, r, browsers.ErrNoCookie)
		return
	}
	id, nonce, _ := strings.Cut(q.Get("state"), ".")
	f, err := h.flows.Find(r.Context(), who, id)
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	if f.Nonce == "" || subtle.ConstantTimeCompare([]byte(f.Nonce), []byte(nonce)) != 1 {
		h.showFlowError(w, r, flows.ErrGone)
		return
	}
	verifier := f.Verifier
	f.Nonce, f.Verifier = "", ""
	if err := h.flows.Keep(r.Context(), who, f); err != nil { // before the code is used: the way back is good once
		h.showFlowError(w, r, err)
		return
	}
	if !h.heygen.Answers(r.Context(), q.Get("iss")) {
		// Another server's code must not be sent to HeyGen, nor HeyGen's be taken for another's
		// (RFC 9207).
		h.page.showSignIn(
			w, r, who, f, http.StatusBadRequest,
			words.Of("signin.heygen_other"))
		return
	}
	code := q.Get("code")
	if q.Get(errorMark) != "" || code == "" || len(code) > longestKey*8 {
		problem := words.Of("signin.heygen_silent")
		if q.Get(errorMark) == "access_denied" {
			problem = words.Of("signin.heygen_denied")
		}
		h.page.showSignIn(w, r, who, f, http.StatusOK, problem)
		return
	}
	if wait := h.limits.TakeKey(r.Context(), who.ID, flows.Hash(f.ID)); wait > 0 { // an invented code is a request to HeyGen like an invented key
		h.page.showTooManyKeys(w, r, who, f, wait)
		return
	}
	tokens, err := h.heygen.Exchange(r.Context(), f.SentAs, code, verifier)
	switch {
	case errors.Is(err, upstream.ErrRefused):
		h.log.Warn().Err(err).Msg("HeyGen refuses the code that it gave")
		h.audit(r.Context(), audit.Event{
			What: audit.SignInFailed, Client: f.AskingClient(), Detail: "refused by HeyGen",
		})
		h.page.showSignIn(
			w, r, who, f, http.StatusUnprocessableEntity,
			words.Of("signin.heygen_failed"))
	case err != nil:
		h.log.Warn().Err(err).Msg("HeyGen's code could not be exchanged")
		h.page.showSignIn(
			w, r, who, f, http.StatusServiceUnavailable,
			words.Of("signin.away"))
	default:
		h.signIn.signedIn(w, r, who, f, grants.SealedCredential{Tokens: tokens})
	}
}
