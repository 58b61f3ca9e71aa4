package signin

import (
	"errors"
	"net/http"
	"net/url"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/store"
)

// denier ends sign-ins that the user does not want.
type denier struct {
	*visits
	store     store.Store
	abandoned *flows.Abandoned
	revoker   *grants.Revoker
	audit     audit.Log
}

// denyFlow ends a flow without a grant, and tells the client or the device.
func (h *denier) denyFlow(w http.ResponseWriter, r *http.Request, f flows.Flow) {
	ctx := r.Context()
	err := h.store.TakeFlow(ctx, flows.Hash(f.ID), nil)
	if errors.Is(err, store.ErrNotFound) {
		err = flows.ErrGone // it ended meanwhile, and its tokens may be a grant's
	}
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	h.abandoned.Drop(flows.Hash(f.ID))
	refused := audit.Event{What: audit.Refused, Client: f.AskingClient()}
	if f.Account != nil {
		refused.Caller = f.Credential.Caller(f.Account.ID)
	}
	h.audit(ctx, refused)
	if f.Credential != nil {
		h.revoker.RevokeAsked(ctx, *f.Credential)
	}
	if f.Device != nil {
		if err := h.store.DenyDevice(ctx, f.Device.ID); err != nil {
			h.showFlowError(w, r, err)
			return
		}
		h.message(w, r, http.StatusOK, "last.refused", "last.refused_text")
		return
	}
	to, err := h.clientRedirect(
		f,
		url.Values{errorMark: {"access_denied"}, "error_description": {"the person did not agree"}})
	if err != nil {
		h.showFlowError(w, r, err)
		return
	}
	redirectTo(w, to)
}
