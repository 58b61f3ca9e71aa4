package broker

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
)

// Error codes that the library has no name for.
const (
	unsupportedResponseType = "unsupported_response_type"
	invalidClientMetadata   = "invalid_client_metadata"
)

// server answers what the library has read. Its methods stand in the files of their endpoints; here is what they share.
type server struct {
	op.UnimplementedServer
	b *Broker
}

// endpoints are the paths, below the issuer. The others that the library knows are left out: nil is not mounted.
func (b *Broker) endpoints() op.Endpoints {
	e := op.Endpoints{
		Authorization: op.NewEndpoint(pathAuthorize),
		Token:         op.NewEndpoint(pathToken),
		Revocation:    op.NewEndpoint(pathRevoke),
	}
	if !b.cfg.NoDevices {
		e.DeviceAuthorization = op.NewEndpoint(pathDeviceCode)
	}
	return e
}

// VerifyClient knows the client of a token request, by its secret where it has one.
func (s server) VerifyClient(ctx context.Context, r *op.Request[op.ClientCredentials]) (op.Client, error) {
	c, err := s.b.client(ctx, r.Data.ClientID, false)
	switch {
	case errors.Is(err, errUnknownClient), errors.Is(err, clients.ErrDocument):
		return nil, oidc.ErrInvalidClient().WithDescription("%s", err.Error())
	case err != nil:
		return nil, s.b.serverError(ctx, err)
	}
	if !c.Public() {
		sent := hashOf(r.Data.ClientSecret, clientPurpose)
		if r.Data.ClientSecret == "" || c.secret == (store.Hash{}) || subtle.ConstantTimeCompare(sent[:], c.secret[:]) != 1 {
			return nil, oidc.ErrInvalidClient().WithDescription("the client's secret is missing or wrong")
		}
	}
	return oidcClient{storedClient: c}, nil
}

// serverError is for the log; the client learns nothing but that it is not its fault. Of a limit it learns when to try again.
func (b *Broker) serverError(ctx context.Context, err error) error {
	if busy, ok := errors.AsType[*busyError](err); ok {
		return tryLater(ctx, busy.wait, busy.why)
	}
	if ctx.Err() == nil {
		b.cfg.Log.Error().Err(err).Msg("the authorization server failed")
	}
	return op.NewStatusError(oidc.ErrServerError().WithDescription("this server failed; try again"), http.StatusInternalServerError)
}

// oauthError is an error of the token endpoint.
func oauthError(e *oidc.Error, why string) error { return e.WithDescription("%s", why) }

// audience checks the resources that a request names.
func (b *Broker) audience(form url.Values) error {
	for _, resource := range form["resource"] {
		if resource != "" && !plainPath(resource) {
			return &oidc.Error{ErrorType: oidc.InvalidTarget, Description: "resource has dots alone, a slash or a backslash escaped, or an escape of an escape in its path; write it in its usual form"}
		}
		if resource != "" && !b.isOurs(resource) {
			return &oidc.Error{ErrorType: oidc.InvalidTarget, Description: "resource is not this server's; it is " + b.cfg.Resource}
		}
	}
	return nil
}

// isOurs says whether a resource is of this deployment. Every MCP path of it is one audience; a slash at the end is one
// more or less, for clients that make one up, and scheme and host are the same in capitals.
func (b *Broker) isOurs(resource string) bool {
	if len(resource) < len(b.origin) || !strings.EqualFold(resource[:len(b.origin)], b.origin) || strings.ContainsAny(resource, "?#") {
		return false
	}
	path, own := strings.TrimRight(resource[len(b.origin):], "/"), b.path+strings.TrimPrefix(b.cfg.Resource, b.cfg.Issuer)
	return path == b.path || path == own || strings.HasPrefix(path, own+"/")
}

// plainPath says whether a resource has one reading: its path has no element of dots alone, and no escape that stands for
// a slash, a backslash, a control character or another escape. Somebody who resolves those before comparing would find
// another resource than the one that is compared here.
func plainPath(resource string) bool {
	plain, err := url.PathUnescape(resource)
	if err != nil || strings.ContainsAny(plain, "\\%") || strings.Count(plain, "/") != strings.Count(resource, "/") ||
		strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	for element := range strings.SplitSeq(plain, "/") {
		element, _, _ = strings.Cut(element, ";") // which some take for the element's parameters
		if element == "." || element == ".." {
			return false
		}
	}
	return true
}

// clientOf takes the known client out of what the library hands back.
func clientOf(c op.Client) storedClient {
	f, _ := c.(oidcClient)
	return f.storedClient
}

// Health and the rest are not mounted; these keep the library's own routes of that name from answering.
func notHere() error {
	return op.NewStatusError(oidc.ErrInvalidRequest().WithDescription("not here"), http.StatusNotFound)
}

// Health is the transport's.
func (server) Health(context.Context, *op.Request[struct{}]) (*op.Response, error) {
	return nil, notHere()
}

// Ready is the transport's.
func (server) Ready(context.Context, *op.Request[struct{}]) (*op.Response, error) {
	return nil, notHere()
}

// scopeList joins scopes as they travel.
func scopeList(scopes []string) string { return strings.Join(scopes, " ") }

// within says whether all scopes of one list are in another.
func within(scopes, allowed []string) bool {
	return !slices.ContainsFunc(scopes, func(s string) bool { return !includes(allowed, s) })
}
