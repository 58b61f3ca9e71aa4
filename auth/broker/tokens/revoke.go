package tokens

import (
	"context"
	"errors"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
)

// Revocation ends a token (RFC 7009): an access token by itself, a refresh token or a code with its
// whole grant. What is not the client's is not touched, and not told apart from what does not
// exist.
func (h *Endpoint) Revocation(
	ctx context.Context, r *op.ClientRequest[oidc.RevocationRequest]) (*op.Response, error) {
	c := registry.StoredOf(r.Client)
	t, g, err := h.store.Token(ctx, secrets.Hash(r.Data.Token, secrets.TokenPurpose), h.clock())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, h.serverError(ctx, err)
	}
	if err != nil || g.Client != c.ID {
		if wait := h.limits.Take(ctx, h.limits.Failures); wait > 0 {
			return nil, protocol.TryLater(ctx, wait, tooManyFailures)
		}
		return op.NewResponse(nil), nil
	}
	if t.Kind == store.Access {
		if err := h.store.DropToken(ctx, t.ID); err != nil {
			return nil, h.serverError(ctx, err)
		}
		h.audit(ctx, audit.Event{
			What: audit.Revoked, Client: g.Client, Grant: g.ID,
			Caller: grants.DetailsOf(g).Caller, Detail: "access token",
		})
		return op.NewResponse(nil), nil
	}
	if err := h.store.EndGrant(ctx, g.ID); err != nil {
		return nil, h.serverError(ctx, err)
	}
	detail := "grant"
	if key, err := secrets.Unwrap(r.Data.Token, t.Wrap, g.ID); err == nil &&
		h.revoker.RevokeGrant(ctx, g, key) {
		detail = "grant, here and at HeyGen"
	}
	h.audit(ctx, audit.Event{
		What: audit.Revoked, Client: g.Client, Grant: g.ID, Caller: grants.DetailsOf(g).Caller,
		Detail: detail,
	})
	return op.NewResponse(nil), nil
}
