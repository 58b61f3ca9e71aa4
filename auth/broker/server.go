package broker

import (
	"context"
	"net/http"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/broker/signin"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/broker/tokens"
)

// server hands what the library has read to whoever answers it.
type server struct {
	op.UnimplementedServer
	authorize *signin.Authorize
	tokens    *tokens.Endpoint
}

var _ op.Server = server{}

// endpoints are the paths, below the issuer. The others that the library knows are left out: nil is
// not mounted.
func endpoints(devices bool) op.Endpoints {
	e := op.Endpoints{
		Authorization: op.NewEndpoint(site.PathAuthorize), Token: op.NewEndpoint(site.PathToken),
		Revocation: op.NewEndpoint(site.PathRevoke),
	}
	if devices {
		e.DeviceAuthorization = op.NewEndpoint(site.PathDeviceCode)
	}
	return e
}

// VerifyAuthRequest implements the library's Server.
func (s server) VerifyAuthRequest(ctx context.Context, r *op.Request[oidc.AuthRequest]) (
	*op.ClientRequest[oidc.AuthRequest], error) {
	return s.authorize.VerifyAuthRequest(ctx, r)
}

// Authorize implements the library's Server.
func (s server) Authorize(
	ctx context.Context, r *op.ClientRequest[oidc.AuthRequest]) (*op.Redirect, error) {
	return s.authorize.Authorize(ctx, r)
}

// VerifyClient implements the library's Server.
func (s server) VerifyClient(
	ctx context.Context, r *op.Request[op.ClientCredentials]) (op.Client, error) {
	return s.tokens.VerifyClient(ctx, r)
}

// CodeExchange implements the library's Server.
func (s server) CodeExchange(ctx context.Context, r *op.ClientRequest[oidc.AccessTokenRequest]) (
	*op.Response, error) {
	return s.tokens.CodeExchange(ctx, r)
}

// RefreshToken implements the library's Server.
func (s server) RefreshToken(ctx context.Context, r *op.ClientRequest[oidc.RefreshTokenRequest]) (
	*op.Response, error) {
	return s.tokens.RefreshToken(ctx, r)
}

// DeviceAuthorization implements the library's Server.
func (s server) DeviceAuthorization(
	ctx context.Context, r *op.ClientRequest[oidc.DeviceAuthorizationRequest]) (
	*op.Response, error) {
	return s.tokens.DeviceAuthorization(ctx, r)
}

// DeviceToken implements the library's Server.
func (s server) DeviceToken(
	ctx context.Context, r *op.ClientRequest[oidc.DeviceAccessTokenRequest]) (
	*op.Response, error) {
	return s.tokens.DeviceToken(ctx, r)
}

// Revocation implements the library's Server.
func (s server) Revocation(
	ctx context.Context, r *op.ClientRequest[oidc.RevocationRequest]) (*op.Response, error) {
	return s.tokens.Revocation(ctx, r)
}

// notHere keeps the library's own routes for health and readiness from answering.
func notHere() error {
	return op.NewStatusError(
		oidc.ErrInvalidRequest().WithDescription("not here"), http.StatusNotFound)
}

// Health answers nothing here: the transport serves the health of the server.
func (server) Health(context.Context, *op.Request[struct{}]) (*op.Response, error) {
	return nil, notHere()
}

// Ready answers nothing here: the transport serves it.
func (server) Ready(context.Context, *op.Request[struct{}]) (*op.Response, error) {
	return nil, notHere()
}
