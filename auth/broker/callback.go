package broker

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"

	"heygen-mcp/auth/upstream"
)

// toHeyGen sends the person to HeyGen's sign-in. The verifier stays here, sealed to the browser's cookie; the state is the
// flow's id with a word that is good for one way there and back.
func (b *Broker) toHeyGen(w http.ResponseWriter, r *http.Request) {
	who, f, ok := b.ownFlow(w, r)
	if !ok {
		return
	}
	if b.cfg.HeyGen == nil {
		b.showFlowError(r.Context(), w, errFlowGone)
		return
	}
	f.Nonce, f.Verifier = secret(""), secret("")
	to, client, err := b.cfg.HeyGen.SignIn(r.Context(), f.ID+"."+f.Nonce, f.Verifier)
	f.SentAs = client
	if err != nil {
		b.cfg.Log.Warn().Err(err).Msg("HeyGen's sign-in cannot be opened")
		b.showSignIn(w, r, who, f, http.StatusServiceUnavailable, "HeyGen's sign-in cannot be reached now. Try again in a moment, or use an API key.")
		return
	}
	if err := b.keepFlow(r.Context(), who, f); err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	b.redirectTo(w, to)
}

// fromHeyGen takes the person back, with a code or a refusal.
func (b *Broker) fromHeyGen(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	who, ok := b.browserOf(r.Header)
	if !ok {
		b.showFlowError(r.Context(), w, errNoCookie)
		return
	}
	id, nonce, _ := strings.Cut(q.Get("state"), ".")
	f, err := b.flow(r.Context(), who, id)
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return
	}
	if f.Nonce == "" || subtle.ConstantTimeCompare([]byte(f.Nonce), []byte(nonce)) != 1 {
		b.showFlowError(r.Context(), w, errFlowGone)
		return
	}
	verifier := f.Verifier
	f.Nonce, f.Verifier = "", ""
	if err := b.keepFlow(r.Context(), who, f); err != nil { // before the code is used: the way back is good once
		b.showFlowError(r.Context(), w, err)
		return
	}
	if !b.cfg.HeyGen.Answers(r.Context(), q.Get("iss")) {
		// Another server's code must not be sent to HeyGen, nor HeyGen's be taken for another's (RFC 9207).
		b.showSignIn(w, r, who, f, http.StatusBadRequest, "The answer did not come from HeyGen's sign-in. Try again.")
		return
	}
	code := q.Get("code")
	if q.Get(errorMark) != "" || code == "" || len(code) > longestKey*8 {
		problem := "HeyGen's sign-in ended without an answer. Try again, or use an API key."
		if q.Get(errorMark) == "access_denied" {
			problem = "You did not agree at HeyGen. Try again, use an API key, or cancel."
		}
		b.showSignIn(w, r, who, f, http.StatusOK, problem)
		return
	}
	if wait := b.takeKey(r.Context(), who, f); wait > 0 { // an invented code is a request to HeyGen like an invented key
		b.showTooManyKeys(w, r, who, f, wait)
		return
	}
	tokens, err := b.cfg.HeyGen.Exchange(r.Context(), f.SentAs, code, verifier)
	switch {
	case errors.Is(err, upstream.ErrRefused):
		b.cfg.Log.Warn().Err(err).Msg("HeyGen refuses the code that it gave")
		b.audit(r.Context(), Event{What: SignInFailed, Client: f.clientID(), Detail: "refused by HeyGen"})
		b.showSignIn(w, r, who, f, http.StatusUnprocessableEntity, "HeyGen's sign-in did not work. Try again, or use an API key.")
	case err != nil:
		b.cfg.Log.Warn().Err(err).Msg("HeyGen's code could not be exchanged")
		b.showSignIn(w, r, who, f, http.StatusServiceUnavailable, "HeyGen cannot be reached now. Try again in a moment.")
	default:
		b.signedIn(w, r, who, f, sealedTokens(tokens))
	}
}
