package broker

import (
	"context"
	"errors"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// Revocation ends a token (RFC 7009): an access token by itself, a refresh token or a code with its whole grant. What
// is not the client's is not touched, and not told apart from what does not exist.
func (s server) Revocation(ctx context.Context, r *op.ClientRequest[oidc.RevocationRequest]) (*op.Response, error) {
	b, c := s.b, clientOf(r.Client)
	t, g, err := b.cfg.Store.Token(ctx, hashOf(r.Data.Token, tokenPurpose), b.cfg.Clock())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, b.serverError(ctx, err)
	}
	if err != nil || g.Client != c.ID {
		return op.NewResponse(nil), nil
	}
	if t.Kind == store.Access {
		if err := b.cfg.Store.DropToken(ctx, t.ID); err != nil {
			return nil, b.serverError(ctx, err)
		}
		b.audit(ctx, Event{What: Revoked, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: "access token"})
		return op.NewResponse(nil), nil
	}
	if err := b.cfg.Store.EndGrant(ctx, g.ID); err != nil {
		return nil, b.serverError(ctx, err)
	}
	detail := "grant"
	if key, err := unwrap(r.Data.Token, t.Wrap, g.ID); err == nil && b.giveBack(ctx, g, key) {
		detail = "grant, here and at HeyGen"
	}
	b.audit(ctx, Event{What: Revoked, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: detail})
	return op.NewResponse(nil), nil
}

// giveBack revokes a grant's tokens at HeyGen, where there are any, and says whether that was done. An API key is the
// person's own and stays.
func (b *Broker) giveBack(ctx context.Context, g store.Grant, key seal.Key) bool {
	h, err := openCredential(g, key)
	if err != nil {
		return false
	}
	return b.giveBackHeld(ctx, h)
}

// giveBackHeld does the same for what a person has just asked to end; that they leave the page does not take it back.
func (b *Broker) giveBackHeld(ctx context.Context, h sealedCredential) bool {
	return b.revokeAtHeyGen(context.WithoutCancel(ctx), h)
}

func (b *Broker) revokeAtHeyGen(ctx context.Context, h sealedCredential) bool {
	if h.Key != "" || b.cfg.HeyGen == nil {
		return false
	}
	if err := b.cfg.HeyGen.Revoke(ctx, h.tokens()); err != nil {
		b.cfg.Log.Warn().Err(err).Msg("a HeyGen token could not be revoked")
		return false
	}
	return true
}
