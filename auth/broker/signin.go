package broker

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
)

const (
	// longestKey bounds an API key; HeyGen's have under a hundred characters.
	longestKey = 512
	errorMark  = "error"
)

// ownFlow finds the flow of a page, or shows why it cannot go on.
func (b *Broker) ownFlow(w http.ResponseWriter, r *http.Request) (browser, flow, bool) {
	who, ok := b.browserOf(r.Header)
	if !ok {
		b.showFlowError(r.Context(), w, errNoCookie)
		return browser{}, flow{}, false
	}
	f, err := b.flow(r.Context(), who, r.URL.Query().Get("flow"))
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return browser{}, flow{}, false
	}
	return who, f, true
}

// ownForm finds the flow of a form, or shows why it cannot go on.
func (b *Broker) ownForm(w http.ResponseWriter, r *http.Request) (browser, flow, bool) {
	who, err := b.checkForm(w, r, func(r *http.Request) string { return r.PostForm.Get("flow") })
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return browser{}, flow{}, false
	}
	f, err := b.flow(r.Context(), who, r.PostForm.Get("flow"))
	if err != nil {
		b.showFlowError(r.Context(), w, err)
		return browser{}, flow{}, false
	}
	return who, f, true
}

// showFlowError shows why a sign-in ends here. What is not the person's to know goes to the log.
func (b *Broker) showFlowError(ctx context.Context, w http.ResponseWriter, err error) {
	if busy, ok := errors.AsType[*busyError](err); ok {
		b.showBusy(w, busy)
		return
	}
	for _, theirs := range []error{errNoCookie, errForeign, errFlowGone, errBadForm, errClientGone} {
		if errors.Is(err, theirs) {
			b.message(w, http.StatusBadRequest, "This sign-in cannot go on", sentence(theirs.Error()))
			return
		}
	}
	if ctx.Err() == nil {
		b.cfg.Log.Error().Err(err).Msg("a sign-in failed")
	}
	b.message(w, http.StatusInternalServerError, "Something went wrong here", "It is not your fault. Try again in a moment.")
}

// sentence makes a sentence of an error's text.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// signInPage shows who asks for what, and the ways in.
func (b *Broker) signInPage(w http.ResponseWriter, r *http.Request) {
	if who, f, ok := b.ownFlow(w, r); ok {
		b.showSignIn(w, r, who, f, http.StatusOK, "")
	}
}

func (b *Broker) showSignIn(w http.ResponseWriter, r *http.Request, who browser, f flow, status int, problem string) {
	view := pages.SignInView{Hidden: b.hidden(who, pathSignIn, f), Problem: problem}
	if f.Client != nil {
		client := b.clientView(f)
		view.Client, view.Scopes, view.Cancel = &client, inWords(f.Scopes), b.pageURL(pathCancel, f)
	}
	if b.cfg.HeyGen != nil {
		if err := b.cfg.HeyGen.Ready(r.Context()); err != nil {
			b.cfg.Log.Warn().Err(err).Msg("HeyGen's sign-in cannot be offered")
		} else {
			view.HeyGen = b.pageURL(pathHeyGen, f)
		}
	}
	b.show(w, status, pages.SignIn, view, false)
}

// cancel ends a sign-in before the question. It is a link, since a form of that page may lead to this server alone, and
// the way back to the client is a redirect.
func (b *Broker) cancel(w http.ResponseWriter, r *http.Request) {
	_, f, ok := b.ownFlow(w, r)
	if !ok {
		return
	}
	if f.Client == nil {
		b.showFlowError(r.Context(), w, errFlowGone)
		return
	}
	b.denyFlow(w, r, f)
}

// signIn takes an API key.
func (b *Broker) signIn(w http.ResponseWriter, r *http.Request) {
	who, f, ok := b.ownForm(w, r)
	if !ok {
		return
	}
	key := strings.TrimSpace(r.PostForm.Get("api_key"))
	if key == "" || len(key) > longestKey || strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }) {
		b.showSignIn(w, r, who, f, http.StatusUnprocessableEntity, "This is not an API key: a key is one word of letters, digits and signs.")
		return
	}
	if wait := b.takeKey(r.Context(), who, f); wait > 0 {
		b.showTooManyKeys(w, r, who, f, wait)
		return
	}
	b.signedIn(w, r, who, f, sealedCredential{Key: key})
}

// signedIn asks HeyGen whose credential it is, and goes on to the question; or to /connections.
func (b *Broker) signedIn(w http.ResponseWriter, r *http.Request, who browser, f flow, h sealedCredential) {
	ctx, kept := r.Context(), false
	defer func() {
		if !kept {
			b.discard(h)
		}
	}()
	account, err := b.cfg.FetchAccount(ctx, h.credential())
	switch {
	case errors.Is(err, ErrRejected):
		b.audit(ctx, Event{What: SignInFailed, Client: f.clientID(), Detail: "refused by HeyGen"})
		problem := "HeyGen does not know this API key. It may be mistyped, expired or deleted."
		if h.Key == "" {
			problem = "HeyGen does not accept its own sign-in. Try again, or use an API key."
		}
		b.showSignIn(w, r, who, f, http.StatusUnprocessableEntity, problem)
		return
	case err != nil:
		b.cfg.Log.Warn().Err(err).Msg("a credential could not be checked with HeyGen")
		b.showSignIn(w, r, who, f, http.StatusServiceUnavailable, "HeyGen cannot be reached now. Try again in a moment.")
		return
	}
	if account.ID == "" {
		// An account without a name is one's own by its credential alone.
		account.ID = h.credential().Secret
	}
	if who, err = b.renewBrowser(ctx, w.Header(), who, hashOf(account.ID, accountPurpose)); err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	before := f.Held // of an earlier sign-in, perhaps to another account
	f.Held, f.Account, f.Nonce, f.Verifier = &h, &account, "", ""
	if f.Client == nil {
		kept = true // or given back there
		b.openConnections(w, r, who, f)
		return
	}
	if err := b.keepFlow(ctx, who, f); err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	kept = true
	if before != nil {
		b.discard(*before)
	}
	if h.Key != "" {
		b.unanswered.drop(flowHash(f.ID)) // what was discarded was remembered there
	}
	b.audit(ctx, Event{What: SignedIn, Client: f.clientID(), Caller: b.cfg.Caller(h.Key != "", account.ID, "")})
	b.redirectTo(w, b.pageURL(pathConsent, f))
}

// redirectTo sends the browser on with a GET.
func (b *Broker) redirectTo(w http.ResponseWriter, to string) {
	h := w.Header()
	h.Set("Location", to)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(http.StatusSeeOther)
}

// denyFlow ends a flow without a grant, and tells the client or the device.
func (b *Broker) denyFlow(w http.ResponseWriter, r *http.Request, f flow) {
	ctx := r.Context()
	err := b.cfg.Store.TakeFlow(ctx, flowHash(f.ID), nil)
	if errors.Is(err, store.ErrNotFound) {
		err = errFlowGone // it ended meanwhile, and its tokens may be a grant's
	}
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	b.unanswered.drop(flowHash(f.ID))
	refused := Event{What: Refused, Client: f.clientID()}
	if f.Account != nil {
		refused.Caller = b.cfg.Caller(f.Held.Key != "", f.Account.ID, "")
	}
	b.audit(ctx, refused)
	if f.Held != nil {
		b.giveBackHeld(ctx, *f.Held)
	}
	if f.Device != nil {
		if err := b.cfg.Store.DenyDevice(ctx, f.Device.ID); err != nil {
			b.showFlowError(ctx, w, err)
			return
		}
		b.message(w, http.StatusOK, "Not connected", "The device was told that you do not want it. You can close this page.")
		return
	}
	to, err := b.clientRedirect(f, url.Values{errorMark: {"access_denied"}, "error_description": {"the person did not agree"}})
	if err != nil {
		b.showFlowError(ctx, w, err)
		return
	}
	b.redirectTo(w, to)
}
