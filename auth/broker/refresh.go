package broker

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/store"
)

// againAfter is how long a client is told to wait that shows a refresh token a third time.
const againAfter = 5 * time.Second

// RefreshToken gives new tokens for a refresh token, and uses that up.
func (s server) RefreshToken(ctx context.Context, r *op.ClientRequest[oidc.RefreshTokenRequest]) (*op.Response, error) {
	b, c := s.b, clientOf(r.Client)
	t, g, err := b.cfg.Store.Token(ctx, hashOf(r.Data.RefreshToken, tokenPurpose), b.cfg.Clock())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, b.serverError(ctx, err)
	}
	if err != nil || t.Kind != store.Refresh || g.Client != c.ID || g.Audience != b.cfg.Resource {
		return nil, invalidGrant("refresh token")
	}
	if len(t.Wrap) == 0 { // it was used too long ago to be a lost answer
		return nil, b.replayed(ctx, g, "refresh token")
	}
	// No client needs more; the grant goes on, whatever a client does in a loop.
	if wait := b.limits.door.Take(b.limits.clock(), b.limits.refreshes.Of(g.ID)); wait > 0 {
		return nil, tryLater(ctx, wait, "this sign-in is refreshed too often; use the access token that was given until it expires")
	}
	lasting := strings.Fields(t.Scopes)
	scopes, ok := parseScopes(r.Form.Get("scope"), lasting, lasting)
	if !ok {
		return nil, oauthError(oidc.ErrInvalidScope(), "a refresh cannot add scopes; the person gave "+t.Scopes)
	}
	if err := b.audience(r.Form); err != nil {
		return nil, err
	}
	key, err := unwrap(r.Data.RefreshToken, t.Wrap, g.ID)
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	// A client whose HeyGen sign-in is over must hear so here, where it knows what to do about it.
	if err := b.renewSoon(ctx, g, key); errors.Is(err, errEnded) {
		return nil, oauthError(oidc.ErrInvalidGrant(), "HeyGen has ended this sign-in; the person must sign in again")
	}
	p, tokens, err := b.newPair(g.ID, key, forResource(r.Form, scopes), lasting)
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	switch err := b.cfg.Store.Rotate(ctx, t.ID, tokens, grace, b.cfg.Clock()); {
	case errors.Is(err, store.ErrUsed):
		return nil, b.replayed(ctx, g, "refresh token")
	case errors.Is(err, store.ErrAgain):
		// Several processes of one client, which keep its tokens in one place, show the same token at once. Each of them
		// finds there what the first two were given; invalid_grant would have a client throw that away.
		return nil, tryLater(ctx, againAfter, "this refresh token was used twice a moment ago; use the tokens that were given for it")
	case errors.Is(err, store.ErrNotFound):
		return nil, invalidGrant("refresh token")
	case err != nil:
		return nil, b.serverError(ctx, err)
	}
	if err := b.keepClient(ctx, c, usedClient); err != nil {
		b.cfg.Log.Warn().Err(err).Msg("a client's record could not be made to live on")
	}
	b.audit(ctx, Event{What: Refreshed, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: p.Scope})
	return op.NewResponse(p), nil
}
