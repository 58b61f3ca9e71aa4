package signin

import (
	"context"
	"errors"
	"net/http"
	"time"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/broker/tally"
	"heygen-mcp/auth/store"
)

// accountLifetime is how long /connections and the player stay open after a sign-in.
const accountLifetime = 15 * time.Minute

// connections shows the connections of an account with what was done, changes and ends them.
type connections struct {
	*visits
	page      *signInPage
	store     store.Store
	abandoned *flows.Abandoned
	revoker   *grants.Revoker
	audit     audit.Log
	clock     func() time.Time
	// operatorCap is what each account may spend in a day, in millionths of a USD; 0 is no limit.
	operatorCap int64
	activity    Activity // nil where nothing is recorded
	calls       *tally.Tally
}

// show lists what the user who signed in has connected, and asks one who has not to sign in.
func (h *connections) show(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	who, known := h.browsers.Of(r.Header)
	if !known {
		who = h.browsers.New()
		h.browsers.Set(w.Header(), who)
	}
	s, ok, err := h.account(ctx, who)
	switch {
	case err != nil:
		h.showFlowError(w, r, err)
	case !ok:
		h.ask(w, r, who, "")
	default:
		h.list(w, r, who, s, http.StatusOK, listed{})
	}
}

// ask has a person sign in, and leads them to a page of ours then.
func (h *connections) ask(w http.ResponseWriter, r *http.Request, who browsers.Browser, to string) {
	f, err := h.flows.Begin(r.Context(), who, flows.Flow{Return: to})
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	h.page.showSignIn(w, r, who, f, http.StatusOK, nil)
}

// account is the session of a browser that has signed in here, a short while ago.
func (h *connections) account(
	ctx context.Context, who browsers.Browser) (store.Session, bool, error) {
	now := h.clock()
	s, err := h.store.Session(ctx, who.ID, now)
	if errors.Is(err, store.ErrNotFound) {
		return s, false, nil
	}
	return s, err == nil && s.Account != (store.Hash{}) && now.Before(s.AccountUntil), err
}

// open ends a sign-in that was for a page of ours alone. The credential has said whose it is, and is kept sealed to the
// browser for as long as the page is open: the player asks HeyGen with it.
func (h *connections) open(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow) {
	ctx, now := r.Context(), h.clock()
	s := store.Session{
		ID: who.ID, Account: grants.HashAccount(f.Account.ID), AccountUntil: now.Add(accountLifetime), Expires: now.Add(browsers.Lifetime),
	}
	err := h.store.DropFlow(ctx, flows.Hash(f.ID))
	if err == nil {
		s.AccountName, err = sealName(who.Secret, s.Account, f.Account.Name)
	}
	if err == nil {
		s.Credential, err = visit{f.Credential.Caller(f.Account.ID), *f.Credential}.seal(who.Secret, s.Account)
	}
	if err == nil {
		err = h.store.PutSession(ctx, s)
	}
	if err != nil {
		h.abandoned.Discard(*f.Credential)
		h.showFlowError(w, r, err)
		return
	}
	h.abandoned.Lend(*f.Credential, s.Credential, s.AccountUntil)
	to, detail := f.Return, "player"
	if to == "" {
		to, detail = site.PathConnections, "connections"
	}
	h.audit(ctx, audit.Event{
		What: audit.SignedIn, Caller: f.Credential.Caller(f.Account.ID), Detail: detail,
	})
	redirectTo(w, h.site.URL(to))
}
