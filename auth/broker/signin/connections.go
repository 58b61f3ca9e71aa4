package signin

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/pages"
	"heygen-mcp/auth/store"
)

// accountLifetime is how long /connections stays open after a sign-in.
const accountLifetime = 15 * time.Minute

// connections lists and ends the connections of an account.
type connections struct {
	*visits
	page      *signInPage
	store     store.Store
	abandoned *flows.Abandoned
	revoker   *grants.Revoker
	audit     audit.Log
	clock     func() time.Time
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
		h.showFlowError(ctx, w, err)
	case !ok:
		f, err := h.flows.Begin(ctx, who, flows.Flow{})
		if err != nil {
			h.showFlowError(ctx, w, err)
			return
		}
		h.page.showSignIn(w, r, who, f, http.StatusOK, "")
	default:
		h.showConnections(w, r, who, s, "")
	}
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

// open ends a sign-in that was for this page alone. The credential has said whose it is and is let
// go.
func (h *connections) open(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, f flows.Flow) {
	ctx, now := r.Context(), h.clock()
	err := h.store.DropFlow(ctx, flows.Hash(f.ID))
	if err == nil {
		err = h.store.PutSession(
			ctx,
			store.Session{ID: who.ID, Account: grants.HashAccount(f.Account.ID),
				AccountUntil: now.Add(accountLifetime), Expires: now.Add(browsers.Lifetime)},
		)
	}
	if err != nil {
		h.abandoned.Discard(*f.Credential)
		h.showFlowError(ctx, w, err)
		return
	}
	h.audit(ctx, audit.Event{
		What: audit.SignedIn, Caller: f.Credential.Caller(f.Account.ID), Detail: "connections",
	})
	h.revoker.RevokeAsked(ctx, *f.Credential)
	redirectTo(w, h.site.URL(site.PathConnections))
}

// answer ends a connection, or the look at them.
func (h *connections) answer(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	who, err := h.browsers.CheckForm(
		w, r, func(*http.Request) string { return site.PathConnections })
	if err != nil {
		h.showFlowError(ctx, w, err)
		return
	}
	s, ok, err := h.account(ctx, who)
	if err != nil {
		h.showFlowError(ctx, w, err)
		return
	}
	if !ok || who.Late != "" { // they have signed in elsewhere since
		redirectTo(w, h.site.URL(site.PathConnections))
		return
	}
	if r.PostForm.Get("action") == "leave" {
		s.Account, s.AccountUntil = store.Hash{}, time.Time{}
		if err := h.store.PutSession(ctx, s); err != nil {
			h.showFlowError(ctx, w, err)
			return
		}
		h.message(w, http.StatusOK, "Signed out", "Your connections go on as they are.")
		return
	}
	done, err := h.endConnection(ctx, who, s, r.PostForm.Get("grant"))
	if err != nil {
		h.showFlowError(ctx, w, err)
		return
	}
	h.showConnections(w, r, who, s, done)
}

// endConnection ends a grant of the account's, here, and at HeyGen where this browser holds its
// key.
func (h *connections) endConnection(
	ctx context.Context, who browsers.Browser, s store.Session, id string,
) (done string, err error) {
	g, err := h.store.Grant(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && g.Account != s.Account {
		return "It had ended already.", nil
	}
	if err != nil {
		return "", err
	}
	wraps, err := h.store.Wraps(ctx, who.ID)
	if err != nil {
		return "", err
	}
	if err := h.store.EndGrant(ctx, g.ID); err != nil {
		return "", err
	}
	d := grants.DetailsOf(g)
	done = "Ended here: this client can do nothing more through this server."
	switch {
	case d.Key:
		done += " Your API key was deleted here and still exists at HeyGen; delete it there if nothing else uses it."
	case h.endedThere(ctx, who, g, wraps):
		done += " HeyGen was told to forget the sign-in too."
	default:
		done += " This browser does not hold its key, so HeyGen could not be told; the sign-in that was stored here is deleted, and ends at HeyGen by itself."
	}
	h.audit(ctx, audit.Event{
		What: audit.Revoked, Client: g.Client, Grant: g.ID, Caller: d.Caller, Detail: "connections",
	})
	return done, nil
}

func (h *connections) endedThere(
	ctx context.Context, who browsers.Browser, g store.Grant, wraps []store.Wrap) bool {
	for _, w := range wraps {
		if w.Grant != g.ID {
			continue
		}
		key, err := secrets.OpenKey(who.Secret, secrets.SealPurpose, w.Sealed, g.ID)
		return err == nil && h.revoker.RevokeGrant(ctx, g, key)
	}
	return false
}

func (h *connections) showConnections(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, s store.Session, done string) {
	all, err := h.store.GrantsOf(r.Context(), s.Account)
	if err != nil {
		h.showFlowError(r.Context(), w, err)
		return
	}
	view := pages.ConnectionsView{
		Hidden: pages.Hidden{
			Action: h.site.URL(site.PathConnections),
			CSRF:   browsers.CSRF(who.Secret, site.PathConnections),
		},
		Done: done,
	}
	for _, g := range all {
		d := grants.DetailsOf(g)
		way := "HeyGen"
		if d.Key {
			way = "an API key"
		}
		view.Connections = append(view.Connections, pages.Connection{
			ID: g.ID, Client: d.Name, Place: d.Place, Scopes: strings.Join(scope.InWords(strings.Fields(g.Scopes)), ". ") + ".", Way: way,
			Since: day(g.Created), Used: day(g.Used),
		})
	}
	h.view.show(w, http.StatusOK, pages.Connections, view, false)
}

// day is a date that everybody reads alike.
func day(t time.Time) string { return t.UTC().Format("2 January 2006") }
