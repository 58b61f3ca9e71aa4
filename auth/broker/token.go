package broker

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// pair is what the token endpoint gives.
type pair struct {
	Access  string `json:"access_token"`
	Type    string `json:"token_type"`
	Seconds int64  `json:"expires_in"`
	Refresh string `json:"refresh_token"`
	Scope   string `json:"scope"`
}

// newPair makes an access and a refresh token for a grant. lasting are the scopes that later refreshes may ask for.
func (b *Broker) newPair(grant string, key seal.Key, scopes, lasting []string) (pair, []store.Token, error) {
	p := pair{Access: secret(accessPrefix), Type: "Bearer", Seconds: int64(b.cfg.AccessLifetime / time.Second), Refresh: secret(refreshPrefix), Scope: scopeList(scopes)}
	access, err := b.newToken(p.Access, store.Access, grant, key, scopes, b.cfg.AccessLifetime)
	if err != nil {
		return pair{}, nil, err
	}
	refresh, err := b.newToken(p.Refresh, store.Refresh, grant, key, lasting, b.cfg.RefreshLifetime)
	if err != nil {
		return pair{}, nil, err
	}
	access.Pair = refresh.ID
	return p, []store.Token{access, refresh}, nil
}

// invalidGrant is the one answer for a code or token that gives nothing: who tries one learns no more.
func invalidGrant(what string) error {
	return oauthError(oidc.ErrInvalidGrant(), "the "+what+" is unknown, expired, revoked, used before or another client's; the person must sign in again")
}

// impliedRedirect stands for a redirect URI that a token request leaves out: the library would refuse that before the
// code tells whether one is needed. No client can register it.
const impliedRedirect = "urn:heygen-mcp:implied"

// grantType prepares a token request for the library, and says why one for another grant is not for it: the library would
// blame the client for some grants, which no client has.
func (b *Broker) grantType(r *http.Request) (why string) {
	grant := r.Form.Get("grant_type")
	switch {
	case r.URL.Path != pathToken || grant == "":
	case !slices.Contains(b.grants(), grant):
		return "grant_type must be one of " + strings.Join(b.grants(), ", ")
	case grant == clients.GrantCode && !r.Form.Has("redirect_uri"):
		r.Form.Set("redirect_uri", impliedRedirect)
	}
	return ""
}

// CodeExchange gives tokens for a code.
func (s server) CodeExchange(ctx context.Context, r *op.ClientRequest[oidc.AccessTokenRequest]) (*op.Response, error) {
	b, c := s.b, clientOf(r.Client)
	code, g, err := b.cfg.Store.Token(ctx, hashOf(r.Data.Code, tokenPurpose), b.cfg.Clock())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return nil, b.serverError(ctx, err)
	}
	if err != nil || code.Kind != store.Code || g.Client != c.ID || g.Audience != b.cfg.Resource {
		return nil, invalidGrant("code")
	}
	if !code.Used.IsZero() {
		return nil, b.replayed(ctx, g, "code")
	}
	var bound binding
	if err := json.Unmarshal(code.Binding, &bound); err != nil {
		return nil, b.serverError(ctx, err)
	}
	verifier, redirect := r.Data.CodeVerifier, r.Data.RedirectURI
	if redirect == impliedRedirect && bound.Implied {
		redirect = bound.Redirect // what was left out before is left out again
	}
	switch {
	case redirect == impliedRedirect:
		return nil, oauthError(oidc.ErrInvalidRequest(), "redirect_uri is missing, and was given in the authorization request")
	case bound.Redirect != redirect:
		return nil, oauthError(oidc.ErrInvalidGrant(), "redirect_uri is not the one that the code was sent to")
	case len(verifier) < 43 || len(verifier) > 128 || !oidc.VerifyCodeChallenge(&oidc.CodeChallenge{Challenge: bound.Challenge, Method: oidc.CodeChallengeMethodS256}, verifier):
		return nil, oauthError(oidc.ErrInvalidGrant(), "code_verifier does not fit the code_challenge")
	}
	if err := b.audience(r.Form); err != nil {
		return nil, err
	}
	key, err := unwrap(r.Data.Code, code.Wrap, g.ID)
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	scopes := strings.Fields(code.Scopes)
	p, tokens, err := b.newPair(g.ID, key, forResource(r.Form, scopes), scopes)
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	switch err := b.cfg.Store.Redeem(ctx, code.ID, tokens, b.cfg.Clock()); {
	case errors.Is(err, store.ErrUsed):
		return nil, b.replayed(ctx, g, "code")
	case errors.Is(err, store.ErrNotFound): // the grant has ended meanwhile
		return nil, invalidGrant("code")
	case err != nil:
		return nil, b.serverError(ctx, err)
	}
	b.audit(ctx, Event{What: Issued, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: p.Scope})
	return op.NewResponse(p), nil
}

// replayed ends a grant of which two parties hold the same code or token. Which of them is the thief cannot be known.
func (b *Broker) replayed(ctx context.Context, g store.Grant, what string) error {
	if err := b.cfg.Store.EndGrant(ctx, g.ID); err != nil {
		return b.serverError(ctx, err)
	}
	b.audit(ctx, Event{What: Reused, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: what})
	return invalidGrant(what)
}
