package signin

import (
	"context"
	"errors"
	"net/http"
	"time"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/browsers"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/words"
)

// actionChange is the button that saves what was changed.
const actionChange = "change"

// answer changes or ends connections, or ends the look at them.
func (h *connections) answer(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	who, err := h.browsers.CheckForm(
		w, r, func(*http.Request) string { return site.PathConnections })
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	s, ok, err := h.account(ctx, who)
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	if !ok || who.Late != "" { // they have signed in elsewhere since
		redirectTo(w, h.site.URL(site.PathConnections))
		return
	}
	var done words.Text
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
	case "end":
		done, err = h.endConnection(ctx, who, s, r.PostForm.Get("grant"))
	default: // no button of ours: nothing is ended by a guess
		redirectTo(w, h.site.URL(site.PathConnections))
		return
	}
	if err != nil {
		h.showFlowError(w, r, err)
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
		h.showFlowError(w, r, err)
		return
	}
	h.giveBack(r.Context(), who, s)
	h.message(w, r, http.StatusOK, "last.signed_out", "last.signed_out_text")
}

// leaveEverywhere closes the page in every browser in which the account has signed in last, and has each of them ask
// for a sign-in before a client connects again.
func (h *connections) leaveEverywhere(
	w http.ResponseWriter, r *http.Request, who browsers.Browser, s store.Session) {
	if err := h.store.EndSessions(r.Context(), s.Account); err != nil {
		h.showFlowError(w, r, err)
		return
	}
	h.giveBack(r.Context(), who, s)
	h.message(w, r, http.StatusOK, "last.signed_out_everywhere", "last.signed_out_everywhere_text")
}

// endAll ends every connection of the account's.
func (h *connections) endAll(
	ctx context.Context, who browsers.Browser, s store.Session) (done words.Text, err error) {
	all, err := h.store.GrantsOf(ctx, s.Account)
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		if _, err := h.endConnection(ctx, who, s, g.ID); err != nil {
			return nil, err
		}
	}
	return words.Of("connections.ended_all", "Count", len(all)), nil
}

// endConnection ends a grant of the account's, here, and at HeyGen where this browser holds its
// key.
func (h *connections) endConnection(
	ctx context.Context, who browsers.Browser, s store.Session, id string,
) (done words.Text, err error) {
	g, err := h.store.Grant(ctx, id)
	if errors.Is(err, store.ErrNotFound) || err == nil && g.Account != s.Account {
		return words.Of("connections.had_ended"), nil
	}
	if err != nil {
		return nil, err
	}
	wraps, err := h.store.Wraps(ctx, who.ID)
	if err != nil {
		return nil, err
	}
	if err := h.store.EndGrant(ctx, g.ID); err != nil {
		return nil, err
	}
	d := grants.DetailsOf(g)
	more := words.Of("connections.ended_here")
	switch {
	case d.Key:
		more = words.Of("connections.ended_key")
	case h.endedThere(ctx, who, g, wraps):
		more = words.Of("connections.ended_there")
	}
	h.audit(ctx, audit.Event{
		What: audit.Revoked, Client: g.Client, Grant: g.ID, Caller: d.Caller, Detail: "connections",
	})
	return words.Sentences{words.Of("connections.ended"), more}, nil
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
