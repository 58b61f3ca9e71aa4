package broker

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

// longestState bounds what is carried for a client, in bytes as they are stored; those that are known have under a
// thousand characters.
const longestState = 4 << 10

// VerifyAuthRequest finds the client and compares the redirect URI. What is wrong here is shown on a page: there is
// nobody yet who may be redirected to.
func (s server) VerifyAuthRequest(ctx context.Context, r *op.Request[oidc.AuthRequest]) (*op.ClientRequest[oidc.AuthRequest], error) {
	c, err := s.b.client(ctx, r.Data.ClientID, true)
	switch {
	case errors.Is(err, errUnknownClient):
		return nil, refused(oidc.ErrInvalidRequestRedirectURI(), err.Error())
	case errors.Is(err, clients.ErrDocument):
		return nil, refused(oidc.ErrInvalidRequestRedirectURI(), err.Error())
	case err != nil:
		return nil, s.b.broken(ctx, err)
	}
	if r.Data.RedirectURI == "" && len(c.Redirects) == 1 && clients.Remembers(c.Redirects[0]) {
		r.Data.RedirectURI = c.Redirects[0] // which RFC 6749 lets a client leave out
	}
	if !c.Allows(r.Data.RedirectURI) {
		return nil, refused(oidc.ErrInvalidRequestRedirectURI(), "redirect_uri is not one that this client has registered")
	}
	if len(r.Data.Scopes) == 0 {
		r.Data.Scopes = []string{ScopeRead} // the library demands one; Authorize reads the parameter itself
	}
	return &op.ClientRequest[oidc.AuthRequest]{Request: r, Client: face{known: c, redirect: r.Data.RedirectURI, response: r.Data.ResponseType}}, nil
}

// Authorize begins a sign-in. What is wrong here goes to the client.
func (s server) Authorize(ctx context.Context, r *op.ClientRequest[oidc.AuthRequest]) (*op.Redirect, error) {
	b, c := s.b, clientOf(r.Client)
	f := flow{Client: &c.Client, Redirect: r.Data.RedirectURI, Implied: !r.Form.Has("redirect_uri"), State: r.Data.State, Challenge: r.Data.CodeChallenge}
	code, why := b.judge(r, c, &f)
	if code != "" {
		return b.redirect(f, url.Values{"error": {code}, "error_description": {describable(why)}})
	}
	who, known := b.browserOf(r.Header)
	if known {
		to, err := b.remembered(ctx, who, r.Data.Prompt, f)
		if err != nil {
			return nil, b.broken(ctx, err)
		}
		if to != "" {
			return op.NewRedirect(to), nil
		}
	} else {
		who = b.newBrowser()
	}
	if slices.Contains(r.Data.Prompt, oidc.PromptNone) {
		return b.redirect(f, url.Values{"error": {string(oidc.InteractionRequired)}, "error_description": {"the person must be asked"}})
	}
	f, err := b.newFlow(ctx, who, f)
	if err != nil {
		return nil, b.broken(ctx, err)
	}
	to := op.NewRedirect(b.at(pathSignIn, f))
	if !known {
		b.setCookie(to.Header, who)
	}
	return to, nil
}

// judge says what is wrong with a request, and puts what it asks for into the flow.
func (b *Broker) judge(r *op.ClientRequest[oidc.AuthRequest], c known, f *flow) (code, why string) {
	challenge, err := base64.RawURLEncoding.DecodeString(r.Data.CodeChallenge)
	scopes, ok := asked(r.Form.Get("scope"), registered(c.Scope))
	f.Scopes = scopes
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
		return string(oidc.InvalidScope), "scope holds what this client cannot ask for; it can ask for " + scopeList(registered(c.Scope))
	}
	if e, bad := errors.AsType[*oidc.Error](b.audience(r.Form)); bad {
		return string(e.ErrorType), e.Description
	}
	return "", ""
}

// redirect sends an answer back to the client.
func (b *Broker) redirect(f flow, answer url.Values) (*op.Redirect, error) {
	to, err := b.back(f, answer)
	if err != nil {
		return nil, op.NewStatusError(oidc.ErrInvalidRequest().WithDescription("redirect_uri cannot be used"), http.StatusBadRequest)
	}
	return op.NewRedirect(to), nil
}

// remembered answers without a question where the person has agreed to the same before, in this browser, and the
// browser still holds the key: it is the browser that opens the grant, so a stolen store remembers for nobody.
func (b *Broker) remembered(ctx context.Context, who browser, prompt []string, f flow) (to string, err error) {
	for _, p := range prompt {
		if p == oidc.PromptLogin || p == oidc.PromptConsent || p == oidc.PromptSelectAccount {
			return "", nil
		}
	}
	if !clients.Remembers(f.Redirect) {
		return "", nil
	}
	if _, err := b.cfg.Store.Session(ctx, who.id, b.cfg.Clock()); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			return "", nil
		}
		return "", err
	}
	wraps, err := b.cfg.Store.Wraps(ctx, who.id)
	if err != nil {
		return "", err
	}
	for _, w := range wraps {
		if !w.Consent {
			continue
		}
		g, err := b.cfg.Store.Grant(ctx, w.Grant)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return "", err
		}
		if d := detailsOf(g); g.Client != f.Client.ID || g.Audience != b.cfg.Resource || d.Redirect != f.Redirect || !within(f.Scopes, d.scopes(g)) {
			continue
		}
		key, err := openKey(who.secret, sealPurpose, w.Sealed, g.ID)
		if err != nil {
			continue
		}
		to, err = b.reconnect(ctx, who, f, g, key)
		if errors.Is(err, store.ErrNotFound) {
			continue // it has ended meanwhile
		}
		return to, err
	}
	return "", nil
}

// reconnect gives a code for a grant that exists.
func (b *Broker) reconnect(ctx context.Context, who browser, f flow, g store.Grant, key seal.Key) (string, error) {
	f, err := b.newFlow(ctx, who, f)
	if err != nil {
		return "", err
	}
	code, record, err := b.newCode(f, g.ID, key)
	if err != nil {
		return "", err
	}
	if err := b.cfg.Store.Reconnect(ctx, flowHash(f.ID), record, b.cfg.Clock()); err != nil {
		return "", err
	}
	b.tell(ctx, Event{What: Consented, Client: g.Client, Grant: g.ID, Caller: detailsOf(g).Caller, Detail: "remembered"})
	return b.back(f, url.Values{"code": {code}})
}
