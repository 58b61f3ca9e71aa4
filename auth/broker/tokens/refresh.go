package tokens

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/renewal"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
)

// grace is how long a refresh token that was used is good once more: a lost answer is asked for
// again in seconds.
const grace = time.Minute

// againAfter is how long a client is told to wait that shows a refresh token a third time.
const againAfter = 5 * time.Second

// RefreshToken gives new tokens for a refresh token, and uses that up.
func (h *Endpoint) RefreshToken(
	ctx context.Context, r *op.ClientRequest[oidc.RefreshTokenRequest]) (*op.Response, error) {
	c := registry.StoredOf(r.Client)
	t, g, err := h.store.Token(
		ctx, secrets.Hash(r.Data.RefreshToken, secrets.TokenPurpose), h.clock())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, h.serverError(ctx, err)
	}
	if err != nil || t.Kind != store.Refresh || g.Client != c.ID || g.Audience != h.site.Audience {
		return nil, invalidGrant("refresh token")
	}
	if len(t.Wrap) == 0 { // it was used too long ago to be a lost answer
		return nil, h.replayed(ctx, g, "refresh token")
	}
	// No client needs more; the grant goes on, whatever a client does in a loop.
	if wait := h.limits.TakeRefresh(g.ID); wait > 0 {
		return nil, protocol.TryLater(
			ctx, wait,
			"this sign-in is refreshed too often; use the access token that was given until it expires",
		)
	}
	// The person may have narrowed the grant since the token was given.
	lasting := scope.Narrow(strings.Fields(t.Scopes), strings.Fields(g.Scopes))
	scopes, ok := scope.Parse(r.Form.Get("scope"), lasting, lasting)
	if !ok {
		return nil, protocol.OAuthError(
			oidc.ErrInvalidScope(), "a refresh cannot add scopes; the person gave "+scope.Join(lasting))
	}
	if why := h.site.CheckResources(r.Form); why != "" {
		return nil, protocol.InvalidTarget(why)
	}
	key, err := secrets.Unwrap(r.Data.RefreshToken, t.Wrap, g.ID)
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	// A client whose HeyGen sign-in is over must hear so here, where it knows what to do about it.
	if err := h.renewer.Soon(ctx, g, key); errors.Is(err, renewal.ErrEnded) {
		return nil, protocol.OAuthError(
			oidc.ErrInvalidGrant(), "HeyGen has ended this sign-in; the person must sign in again")
	}
	p, tokens, err := h.grants.NewPair(g, key, scope.ForResource(r.Form, scopes), lasting)
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	switch err := h.store.Rotate(ctx, t.ID, tokens, grace, h.clock()); {
	case errors.Is(err, store.ErrUsed):
		return nil, h.replayed(ctx, g, "refresh token")
	case errors.Is(err, store.ErrAgain):
		// Several processes of one client, which keep its tokens in one place, show the same token
		// at once. Each of them finds there what the first two were given; invalid_grant would have
		// a client throw that away.
		return nil, protocol.TryLater(
			ctx, againAfter,
			"this refresh token was used twice a moment ago; use the tokens that were given for it")
	case errors.Is(err, store.ErrNotFound):
		return nil, invalidGrant("refresh token")
	case err != nil:
		return nil, h.serverError(ctx, err)
	}
	if err := h.clients.Keep(ctx, c, registry.UsedLifetime); err != nil {
		h.log.Warn().Err(err).Msg("a client's record could not be made to live on")
	}
	h.audit(ctx, audit.Event{
		What: audit.Refreshed, Client: g.Client, Grant: g.ID,
		Caller: grants.DetailsOf(g).Caller, Detail: p.Scope,
	})
	return op.NewResponse(p), nil
}
