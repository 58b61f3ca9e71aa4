package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/store"
)

// actionChange is the button that saves what was changed.
const actionChange = "change"

// answer changes or ends connections, or ends the look at them.
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
	var done string
	action := r.PostForm.Get("action")
	if action == "" && hasTerms(r.PostForm) {
		action = actionChange // as when it is sent by the Enter key of an old browser
	}
	switch action {
	case "leave":
		h.leave(w, r, who, s)
		return
	case "leave-everywhere":
		h.leaveEverywhere(w, r, who, s)
		return
	case actionChange:
		h.change(w, r, who, s)
		return
	case "end-all":
		done, err = h.endAll(ctx, who, s)
	default:
		done, err = h.endConnection(ctx, who, s, r.PostForm.Get("grant"))
	}
	if err != nil {
		h.showFlowError(ctx, w, err)
		return
	}
	h.list(w, r, who, s, http.StatusOK, listed{done: done})
}

// leave closes the page in this browser.
func (h *connections) leave(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, s store.Session) {
	left := s
	left.Account, left.AccountUntil, left.AccountName, left.Credential = store.Hash{}, time.Time{}, nil, nil
	if err := h.store.PutSession(r.Context(), left); err != nil {
		h.showFlowError(r.Context(), w, err)
		return
	}
	h.giveBack(r.Context(), who, s)
	h.message(w, http.StatusOK, "Signed out", "Your connections go on as they are.")
}

// leaveEverywhere closes the page in every browser in which the account has signed in last, and has each of them ask for a
// sign-in before a client connects again.
func (h *connections) leaveEverywhere(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, s store.Session) {
	if err := h.store.EndSessions(r.Context(), s.Account); err != nil {
		h.showFlowError(r.Context(), w, err)
		return
	}
	h.giveBack(r.Context(), who, s)
	h.message(
		w, http.StatusOK, "Signed out everywhere",
		"No browser is signed in to this account here any more. Your connections go on as they are.")
}

// endAll ends every connection of the account's.
func (h *connections) endAll(
	ctx context.Context, who browsers.Browser, s store.Session) (done string, err error) {
	all, err := h.store.GrantsOf(ctx, s.Account)
	if err != nil {
		return "", err
	}
	for _, g := range all {
		if _, err := h.endConnection(ctx, who, s, g.ID); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("All are ended here, %d in number. HeyGen was told of those whose keys this browser holds; "+
		"API keys still exist at HeyGen, and other sign-ins end there by themselves.", len(all)), nil
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
