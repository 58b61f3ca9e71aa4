package tokens

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/store"
)

// invalidGrant is the one answer for a code or token that gives nothing: who tries one learns no
// more.
func invalidGrant(what string) error {
	return protocol.OAuthError(
		oidc.ErrInvalidGrant(),
		"the "+what+" is unknown, expired, revoked, used before or another client's; the person must sign in again",
	)
}

// impliedRedirect stands for a redirect URI that a token request leaves out: the library would
// refuse that before the code tells whether one is needed. No client can register it.
const impliedRedirect = "urn:heygen-mcp:implied"

// CodeExchange gives tokens for a code.
func (h *Endpoint) CodeExchange(
	ctx context.Context, r *op.ClientRequest[oidc.AccessTokenRequest]) (*op.Response, error) {
	c := registry.StoredOf(r.Client)
	code, g, err := h.store.Token(ctx, secrets.Hash(r.Data.Code, secrets.TokenPurpose), h.clock())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, h.serverError(ctx, err)
	}
	if err != nil || code.Kind != store.Code || g.Client != c.ID || g.Audience != h.site.Audience {
		return nil, invalidGrant("code")
	}
	if !code.Used.IsZero() {
		return nil, h.replayed(ctx, g, "code")
	}
	var bound grants.CodeBinding
	if err := json.Unmarshal(code.Binding, &bound); err != nil {
		return nil, h.serverError(ctx, err)
	}
	verifier, redirect := r.Data.CodeVerifier, r.Data.RedirectURI
	if redirect == impliedRedirect && bound.Implied {
		redirect = bound.Redirect // what was left out before is left out again
	}
	switch {
	case redirect == impliedRedirect:
		return nil, protocol.OAuthError(
			oidc.ErrInvalidRequest(),
			"redirect_uri is missing, and was given in the authorization request")
	case bound.Redirect != redirect:
		return nil, protocol.OAuthError(
			oidc.ErrInvalidGrant(), "redirect_uri is not the one that the code was sent to")
	case len(verifier) < 43 || len(verifier) > 128 || !oidc.VerifyCodeChallenge(&oidc.CodeChallenge{Challenge: bound.Challenge, Method: oidc.CodeChallengeMethodS256}, verifier):
		return nil, protocol.OAuthError(
			oidc.ErrInvalidGrant(), "code_verifier does not fit the code_challenge")
	}
	if why := h.site.CheckResources(r.Form); why != "" {
		return nil, protocol.InvalidTarget(why)
	}
	key, err := secrets.Unwrap(r.Data.Code, code.Wrap, g.ID)
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	scopes := scope.Narrow(strings.Fields(code.Scopes), strings.Fields(g.Scopes))
	p, tokens, err := h.grants.NewPair(g, key, scope.ForResource(r.Form, scopes), scopes)
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	switch err := h.store.Redeem(ctx, code.ID, tokens, h.clock()); {
	case errors.Is(err, store.ErrUsed):
		return nil, h.replayed(ctx, g, "code")
	case errors.Is(err, store.ErrNotFound): // the grant has ended meanwhile
		return nil, invalidGrant("code")
	case err != nil:
		return nil, h.serverError(ctx, err)
	}
	return h.issued(ctx, g, p), nil
}

// replayed ends a grant of which two parties hold the same code or token. Which of them is the
// thief cannot be known.
func (h *Endpoint) replayed(ctx context.Context, g store.Grant, what string) error {
	if err := h.store.EndGrant(ctx, g.ID); err != nil {
		return h.serverError(ctx, err)
	}
	h.audit(ctx, audit.Event{
		What: audit.Reused, Client: g.Client, Grant: g.ID, Caller: grants.DetailsOf(g).Caller,
		Detail: what,
	})
	return invalidGrant(what)
}
