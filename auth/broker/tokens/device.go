package tokens

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/broker/flows"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/scope"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/store"
	"heygen-mcp/internal/seal"
)

const (
	deviceLifetime = 10 * time.Minute
	pollInterval   = 5 * time.Second
)

// DeviceAuthorization begins a device flow (RFC 8628).
func (h *Endpoint) DeviceAuthorization(
	ctx context.Context, r *op.ClientRequest[oidc.DeviceAuthorizationRequest],
) (*op.Response, error) {
	c := registry.StoredOf(r.Client)
	scopes, ok := scope.Parse(r.Form.Get("scope"), scope.Allowed(c.Scope), scope.Usual(c.Scope))
	if !ok {
		return nil, protocol.OAuthError(
			oidc.ErrInvalidScope(),
			"scope holds what this client cannot ask for; it can ask for "+scope.Join(
				scope.Allowed(c.Scope),
			),
		)
	}
	if why := h.site.CheckResources(r.Form); why != "" {
		return nil, protocol.InvalidTarget(why)
	}
	if wait := h.limits.Take(ctx, h.limits.Devices); wait > 0 {
		return nil, protocol.TryLater(
			ctx, wait, "too many sign-ins are being made; try again in a moment")
	}
	if err := h.clients.KeepDocument(ctx, &c.Client, h.clock().Add(flows.Lifetime)); err != nil {
		return nil, h.serverError(ctx, err)
	}
	code, user := secrets.New(secrets.DevicePrefix), flows.NewUserCode()
	public, err := seal.PublicOf(code)
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	request, err := json.Marshal(flows.DeviceRequest{Scopes: scope.ForResource(r.Form, scopes)})
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	err = h.store.PutDevice(ctx, store.Device{
		ID: secrets.Hash(
			code, secrets.DevicePurpose,
		), UserCode: flows.HashUserCode(user), Client: c.ID, Request: request, Public: public,
		Interval: pollInterval, Expires: h.clock().Add(deviceLifetime),
	})
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	h.limits.CountRow(ctx)
	return op.NewResponse(oidc.DeviceAuthorizationResponse{
		DeviceCode: code, UserCode: user, VerificationURI: h.site.URL(site.PathDevice),
		VerificationURIComplete: h.site.URL(
			site.PathDevice,
		) + "?" + url.Values{
			"user_code": {user},
		}.Encode(),
		ExpiresIn: int(
			deviceLifetime / time.Second,
		), Interval: int(pollInterval / time.Second),
	}), nil
}

// DeviceToken answers a device that asks whether the user has agreed.
func (h *Endpoint) DeviceToken(
	ctx context.Context, r *op.ClientRequest[oidc.DeviceAccessTokenRequest]) (*op.Response, error) {
	c := registry.StoredOf(r.Client)
	id := secrets.Hash(r.Data.DeviceCode, secrets.DevicePurpose)
	if h.limits.TakePoll(id) > 0 { // before the store, which would write each down
		return nil, protocol.OAuthError(oidc.ErrSlowDown(), "wait five seconds longer between two questions")
	}
	d, err := h.store.PollDevice(ctx, id, h.clock())
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, protocol.OAuthError(
			oidc.ErrExpiredDeviceCode(), "the device_code is unknown, used or expired; begin again")
	case errors.Is(err, store.ErrTooSoon):
		return nil, protocol.OAuthError(
			oidc.ErrSlowDown(), "wait five seconds longer between two questions")
	case err != nil:
		return nil, h.serverError(ctx, err)
	case d.Client != c.ID:
		return nil, invalidGrant("device_code")
	case d.Denied:
		return nil, protocol.OAuthError(oidc.ErrAccessDenied(), "the person did not agree")
	case d.Grant == "":
		return nil, protocol.OAuthError(
			oidc.ErrAuthorizationPending(), "the person has not answered yet")
	}
	g, err := h.store.Grant(ctx, d.Grant)
	if errors.Is(err, store.ErrNotFound) || err == nil && g.Ended(h.clock()) {
		return nil, invalidGrant("device_code")
	}
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	raw, err := seal.OpenWith(r.Data.DeviceCode, d.Wrap, g.ID)
	if err != nil || len(raw) != seal.Size {
		return nil, h.serverError(
			ctx, errors.Join(errors.New("a device's wrap does not open"), err))
	}
	scopes := strings.Fields(g.Scopes)
	if why := h.site.CheckResources(r.Form); why != "" {
		return nil, protocol.InvalidTarget(why)
	}
	p, tokens, err := h.grants.NewPair(
		g, seal.Key(raw), scope.ForResource(r.Form, scopes), scopes)
	if err != nil {
		return nil, h.serverError(ctx, err)
	}
	switch err := h.store.RedeemDevice(ctx, id, tokens, h.clock()); {
	case errors.Is(err, store.ErrUsed),
		errors.Is(err, store.ErrNotFound): // somebody was faster, or the grant has ended
		return nil, invalidGrant("device_code")
	case err != nil:
		return nil, h.serverError(ctx, err)
	}
	return h.issued(ctx, g, p), nil
}
