package signin

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

	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/clients"
	"heygen-mcp/internal/jsonwrite"
	"heygen-mcp/internal/seal"
)

// Authorize is the authorization endpoint, at which a client sends its user here.
type Authorize struct {
	*visits
	again   *again
	policy  clients.Policy
	clients *registry.Clients
}

// longestState bounds what is carried for a client, in bytes as they are stored; those that are
// known have under a thousand characters.
const longestState = 4 << 10

// VerifyAuthRequest finds the client and compares the redirect URI. What is wrong here is shown on
// a page: there is nobody yet who may be redirected to. It tells Guard whether there is from
// then on.
func (h *Authorize) VerifyAuthRequest(
	ctx context.Context, r *op.Request[oidc.AuthRequest],
) (*op.ClientRequest[oidc.AuthRequest], error) {
	c, err := h.clients.Find(ctx, r.Data.ClientID, true)
	switch {
	case errors.Is(err, registry.ErrUnknownClient):
		return nil, protocol.OAuthError(oidc.ErrInvalidRequestRedirectURI(), err.Error())
	case errors.Is(err, clients.ErrDocument):
		return nil, protocol.OAuthError(oidc.ErrInvalidRequestRedirectURI(), err.Error())
	case err != nil:
		return nil, protocol.ServerError(ctx, &h.log, err)
	}
	if r.Data.RedirectURI == "" && len(c.Redirects) == 1 &&
		strings.HasPrefix(c.Redirects[0], "https://") {
		r.Data.RedirectURI = c.Redirects[0] // which RFC 6749 lets a client leave out
	}
	if !c.Allows(r.Data.RedirectURI) {
		return nil, protocol.OAuthError(
			oidc.ErrInvalidRequestRedirectURI(),
			"redirect_uri is not one that this client has registered")
	}
	if err := h.stillAllowed(c, r.Data.RedirectURI); err != nil {
		return nil, protocol.OAuthError(
			oidc.ErrInvalidRequestRedirectURI(),
			"redirect_uri is not allowed here any more: "+err.Error())
	}
	if trust, ok := ctx.Value(trustKey{}).(*bool); ok {
		*trust = c.Source == clients.Static ||
			h.policy.Class(c.Client, r.Data.RedirectURI) == clients.Known
	}
	if len(r.Data.Scopes) == 0 {
		// The library demands one; Authorize reads the parameter itself.
		r.Data.Scopes = []string{scope.Read}
	}
	return &op.ClientRequest[oidc.AuthRequest]{Request: r, Client: registry.OIDCClient(c, r.Data.RedirectURI, r.Data.ResponseType)}, nil
}

// stillAllowed says why a redirect URI that a client registered is none now: the policy may have
// been another one then.
func (h *Authorize) stillAllowed(c registry.StoredClient, redirect string) error {
	if c.Source == clients.Static {
		return nil // the operator wrote it
	}
	home := ""
	if u, err := url.Parse(c.ID); err == nil && c.Source == clients.Document {
		home = u.Host
	}
	return h.policy.Check(redirect, home)
}

// Authorize begins a sign-in. What is wrong here goes to the client, or, where Guard does not
// trust it, to a page.
func (h *Authorize) Authorize(
	ctx context.Context, r *op.ClientRequest[oidc.AuthRequest]) (*op.Redirect, error) {
	c := registry.StoredOf(r.Client)
	f := flows.Flow{
		Client: &c.Client, Redirect: r.Data.RedirectURI, Implied: !r.Form.Has("redirect_uri"),
		State: r.Data.State, Challenge: r.Data.CodeChallenge,
	}
	code, why := h.validateAuthorize(r, c, &f)
	if code != "" {
		return h.redirect(
			f, url.Values{"error": {code}, "error_description": {protocol.Describable(why)}})
	}
	if slices.Contains(r.Data.Prompt, oidc.PromptNone) {
		// Nothing is ever given without a page, so it makes no difference whether the user is
		// remembered.
		return h.redirect(f, url.Values{
			"error":             {string(oidc.InteractionRequired)},
			"error_description": {"the person must be asked"},
		})
	}
	who, known := h.browsers.Of(r.Header)
	if !known {
		who = h.browsers.New()
	}
	page := site.PathSignIn
	if known && !asksAnew(r.Data.Prompt) {
		g, _, ok, err := h.again.reuseConsent(ctx, who, f)
		if err != nil {
			return nil, protocol.ServerError(ctx, &h.log, err)
		}
		if ok {
			f.Again, page = g.ID, site.PathAgain
		}
	}
	f, err := h.flows.Begin(ctx, who, f)
	if err != nil {
		return nil, protocol.ServerError(ctx, &h.log, err)
	}
	to := op.NewRedirect(h.pageURL(page, f))
	if !known {
		h.browsers.Set(to.Header, who)
	}
	return to, nil
}

// validateAuthorize says what is wrong with a request, and puts what it asks for into the flow.
func (h *Authorize) validateAuthorize(
	r *op.ClientRequest[oidc.AuthRequest], c registry.StoredClient, f *flows.Flow,
) (code, why string) {
	challenge, err := base64.RawURLEncoding.DecodeString(r.Data.CodeChallenge)
	scopes, ok := scope.Parse(r.Form.Get("scope"), scope.Allowed(c.Scope), scope.Usual(c.Scope))
	f.Scopes = scope.ForResource(r.Form, scopes)
	state, _ := jsonwrite.Marshal(r.Data.State) // text can always be written
	switch {
	case len(state) > longestState:
		f.State = ""
		return string(oidc.InvalidRequest), "state is too long"
	case r.Data.RequestParam != "" || r.Form.Has("request_uri"):
		return string(oidc.RequestNotSupported), "request objects are not supported"
	case r.Data.ResponseType != oidc.ResponseTypeCode:
		return protocol.UnsupportedResponseType, "response_type must be code"
	case r.Data.ResponseMode != "" && r.Data.ResponseMode != oidc.ResponseModeQuery:
		return string(oidc.InvalidRequest), "response_mode must be query"
	case err != nil || len(challenge) != seal.Size || r.Data.CodeChallengeMethod != oidc.CodeChallengeMethodS256:
		return string(
			oidc.InvalidRequest,
		), "PKCE is required: a code_challenge with code_challenge_method S256"
	case !ok:
		return string(
				oidc.InvalidScope,
			), "scope holds what this client cannot ask for; it can ask for " + scope.Join(
				scope.Allowed(c.Scope),
			)
	}
	if why := h.site.CheckResources(r.Form); why != "" {
		return string(oidc.InvalidTarget), why
	}
	return "", ""
}

// redirect sends an answer back to the client.
func (h *Authorize) redirect(f flows.Flow, answer url.Values) (*op.Redirect, error) {
	to, err := h.clientRedirect(f, answer)
	if err != nil {
		return nil, op.NewStatusError(
			oidc.ErrInvalidRequest().WithDescription("redirect_uri cannot be used"),
			http.StatusBadRequest)
	}
	return op.NewRedirect(to), nil
}
