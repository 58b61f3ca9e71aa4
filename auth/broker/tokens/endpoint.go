// Package tokens owns the endpoints that clients call without a user: code, refresh token and
// device code for tokens, and their revocation. It knows grants and clients, and nothing of pages.
//
// Reading order: endpoint.go, guard.go (what requests may be), code.go, refresh.go, device.go and revoke.go.
package tokens

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"github.com/rs/zerolog"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"heygen-mcp/auth/broker/audit"
	"heygen-mcp/auth/broker/grants"
	"heygen-mcp/auth/broker/limits"
	"heygen-mcp/auth/broker/protocol"
	"heygen-mcp/auth/broker/registry"
	"heygen-mcp/auth/broker/renewal"
	"heygen-mcp/auth/broker/secrets"
	"heygen-mcp/auth/broker/site"
	"heygen-mcp/auth/clients"
	"heygen-mcp/auth/store"
)

// Config is what an Endpoint is made of.
type Config struct {
	Site    *site.Site
	Store   store.Store
	Clients *registry.Clients
	Grants  *grants.Issuer
	Renewer *renewal.Renewer
	Revoker *grants.Revoker
	Limits  *limits.Limiters
	// GrantTypes are those that a token request may name.
	GrantTypes []string
	Audit      audit.Log
	Clock      func() time.Time
	Log        zerolog.Logger
}

// Endpoint answers what the library has read of a client's request. Make it with New. Each of its
// methods for the library stands in the file of its grant.
type Endpoint struct {
	site       *site.Site
	store      store.Store
	clients    *registry.Clients
	grants     *grants.Issuer
	renewer    *renewal.Renewer
	revoker    *grants.Revoker
	limits     *limits.Limiters
	grantTypes []string
	audit      audit.Log
	clock      func() time.Time
	log        zerolog.Logger
}

// New makes an Endpoint.
func New(cfg Config) *Endpoint {
	return &Endpoint{
		site: cfg.Site, store: cfg.Store, clients: cfg.Clients, grants: cfg.Grants, renewer: cfg.Renewer,
		revoker: cfg.Revoker, limits: cfg.Limits, grantTypes: cfg.GrantTypes, audit: cfg.Audit,
		clock: cfg.Clock, log: cfg.Log,
	}
}

// VerifyClient finds the client of a request, and checks its secret where it has one.
func (h *Endpoint) VerifyClient(
	ctx context.Context, r *op.Request[op.ClientCredentials]) (op.Client, error) {
	c, err := h.clients.Find(ctx, r.Data.ClientID, false)
	switch {
	case errors.Is(err, registry.ErrUnknownClient), errors.Is(err, clients.ErrDocument):
		return nil, oidc.ErrInvalidClient().WithDescription("%s", err.Error())
	case err != nil:
		return nil, h.serverError(ctx, err)
	}
	if !c.Public() {
		sent := secrets.Hash(r.Data.ClientSecret, secrets.ClientPurpose)
		if r.Data.ClientSecret == "" || c.Secret == (store.Hash{}) ||
			subtle.ConstantTimeCompare(sent[:], c.Secret[:]) != 1 {
			return nil, oidc.ErrInvalidClient().
				WithDescription("the client's secret is missing or wrong")
		}
	}
	return registry.OIDCClient(c, "", ""), nil
}

// issued tells the audit log that a grant's first tokens were given out, and answers with them.
func (h *Endpoint) issued(ctx context.Context, g store.Grant, pair grants.Pair) *op.Response {
	h.audit(ctx, audit.Event{
		What: audit.Issued, Client: g.Client, Grant: g.ID, Caller: grants.DetailsOf(g).Caller,
		Detail: pair.Scope,
	})
	return op.NewResponse(pair)
}

func (h *Endpoint) serverError(ctx context.Context, err error) error {
	return protocol.ServerError(ctx, &h.log, err)
}
