package broker

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/seal"
)

// longestState bounds what is carried for a client, in bytes as they are stored; those that are known have under a
// thousand characters.
const longestState = 4 << 10

// VerifyAuthRequest finds the client and compares the redirect URI. What is wrong here is shown on a page: there is
// nobody yet who may be redirected to. It tells pageOnly whether there is from then on.
func (s server) VerifyAuthRequest(ctx context.Context, r *op.Request[oidc.AuthRequest]) (*op.ClientRequest[oidc.AuthRequest], error) {
	b := s.b
	c, err := b.client(ctx, r.Data.ClientID, true)
	switch {
	case errors.Is(err, errUnknownClient):
		return nil, oauthError(oidc.ErrInvalidRequestRedirectURI(), err.Error())
	case errors.Is(err, clients.ErrDocument):
		return nil, oauthError(oidc.ErrInvalidRequestRedirectURI(), err.Error())
	case err != nil:
		return nil, b.serverError(ctx, err)
	}
	if r.Data.RedirectURI == "" && len(c.Redirects) == 1 && strings.HasPrefix(c.Redirects[0], "https://") {
		r.Data.RedirectURI = c.Redirects[0] // which RFC 6749 lets a client leave out
	}
	if !c.Allows(r.Data.RedirectURI) {
		return nil, oauthError(oidc.ErrInvalidRequestRedirectURI(), "redirect_uri is not one that this client has registered")
	}
	if err := b.stillAllowed(c, r.Data.RedirectURI); err != nil {
		return nil, oauthError(oidc.ErrInvalidRequestRedirectURI(), "redirect_uri is not allowed here any more: "+err.Error())
	}
	if trust, ok := ctx.Value(trustKey{}).(*bool); ok {
		*trust = c.Source == clients.Static || b.cfg.Redirects.Class(c.Client, r.Data.RedirectURI) == clients.Known
	}
	if len(r.Data.Scopes) == 0 {
		r.Data.Scopes = []string{ScopeRead} // the library demands one; Authorize reads the parameter itself
	}
	return &op.ClientRequest[oidc.AuthRequest]{Request: r, Client: oidcClient{storedClient: c, redirect: r.Data.RedirectURI, response: r.Data.ResponseType}}, nil
}

// stillAllowed says why a redirect URI that a client registered is none now: the policy may have been another one then.
func (b *Broker) stillAllowed(c storedClient, redirect string) error {
	if c.Source == clients.Static {
		return nil // the operator wrote it
	}
	home := ""
	if u, err := url.Parse(c.ID); err == nil && c.Source == clients.Document {
		home = u.Host
	}
	return b.cfg.Redirects.Check(redirect, home)
}

// Authorize begins a sign-in. What is wrong here goes to the client, or, where pageOnly does not trust it, to a page.
func (s server) Authorize(ctx context.Context, r *op.ClientRequest[oidc.AuthRequest]) (*op.Redirect, error) {
	b, c := s.b, clientOf(r.Client)
	f := flow{Client: &c.Client, Redirect: r.Data.RedirectURI, Implied: !r.Form.Has("redirect_uri"), State: r.Data.State, Challenge: r.Data.CodeChallenge}
	code, why := b.validateAuthorize(r, c, &f)
	if code != "" {
		return b.redirect(f, url.Values{"error": {code}, "error_description": {describable(why)}})
	}
	if slices.Contains(r.Data.Prompt, oidc.PromptNone) {
		// Nothing is ever given without a page, so it makes no difference whether the person is remembered.
		return b.redirect(f, url.Values{"error": {string(oidc.InteractionRequired)}, "error_description": {"the person must be asked"}})
	}
	who, known := b.browserOf(r.Header)
	if !known {
		who = b.newBrowser()
	}
	page := pathSignIn
	if known && !asksAnew(r.Data.Prompt) {
		g, _, ok, err := b.reuseConsent(ctx, who, f)
		if err != nil {
			return nil, b.serverError(ctx, err)
		}
		if ok {
			f.Again, page = g.ID, pathAgain
		}
	}
	f, err := b.newFlow(ctx, who, f)
	if err != nil {
		return nil, b.serverError(ctx, err)
	}
	to := op.NewRedirect(b.pageURL(page, f))
	if !known {
		b.setCookie(to.Header, who)
	}
	return to, nil
}

// validateAuthorize says what is wrong with a request, and puts what it asks for into the flow.
func (b *Broker) validateAuthorize(r *op.ClientRequest[oidc.AuthRequest], c storedClient, f *flow) (code, why string) {
	challenge, err := base64.RawURLEncoding.DecodeString(r.Data.CodeChallenge)
	scopes, ok := parseScopes(r.Form.Get("scope"), allowed(c.Scope), usual(c.Scope))
	f.Scopes = forResource(r.Form, scopes)
	state, _ := compact(r.Data.State) // text can always be written
	switch {
	case len(state) > longestState:
		f.State = ""
		return string(oidc.InvalidRequest), "state is too long"
	case r.Data.RequestParam != "" || r.Form.Has("request_uri"):
		return string(oidc.RequestNotSupported), "request objects are not supported"
	case r.Data.ResponseType != oidc.ResponseTypeCode:
		return unsupportedResponseType, "response_type must be code"
	case r.Data.ResponseMode != "" && r.Data.ResponseMode != oidc.ResponseModeQuery:
		return string(oidc.InvalidRequest), "response_mode must be query"
	case err != nil || len(challenge) != seal.Size || r.Data.CodeChallengeMethod != oidc.CodeChallengeMethodS256:
		return string(oidc.InvalidRequest), "PKCE is required: a code_challenge with code_challenge_method S256"
	case !ok:
		return string(oidc.InvalidScope), "scope holds what this client cannot ask for; it can ask for " + scopeList(allowed(c.Scope))
	}
	if e, bad := errors.AsType[*oidc.Error](b.audience(r.Form)); bad {
		return string(e.ErrorType), e.Description
	}
	return "", ""
}

// redirect sends an answer back to the client.
func (b *Broker) redirect(f flow, answer url.Values) (*op.Redirect, error) {
	to, err := b.clientRedirect(f, answer)
	if err != nil {
		return nil, op.NewStatusError(oidc.ErrInvalidRequest().WithDescription("redirect_uri cannot be used"), http.StatusBadRequest)
	}
	return op.NewRedirect(to), nil
}
