package registry

import (
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// StoredOf takes the client out of what the library hands back.
func StoredOf(c op.Client) StoredClient {
	f, _ := c.(oidcClient)
	return f.StoredClient
}

// oidcClient is a client as the library wants one. It says yes to everything that the library would
// judge and that is judged in this package instead; the redirect URI it names is the one that was
// found to be the client's.
type oidcClient struct {
	StoredClient
	redirect string
	response oidc.ResponseType
}

// ForLibrary is a client as the library wants one, for a request that names a redirect URI and a response
// type; both are empty at the token endpoint.
func ForLibrary(c StoredClient, redirect string, response oidc.ResponseType) op.Client {
	return oidcClient{StoredClient: c, redirect: redirect, response: response}
}

func (f oidcClient) GetID() string { return f.ID }

func (f oidcClient) RedirectURIs() []string         { return []string{f.redirect} }
func (oidcClient) PostLogoutRedirectURIs() []string { return nil }

func (oidcClient) ApplicationType() op.ApplicationType { return op.ApplicationTypeNative }

func (f oidcClient) AuthMethod() oidc.AuthMethod { return oidc.AuthMethod(f.Method) }

func (f oidcClient) ResponseTypes() []oidc.ResponseType { return []oidc.ResponseType{f.response} }
func (oidcClient) LoginURL(string) string               { return "" }

func (oidcClient) AccessTokenType() op.AccessTokenType  { return op.AccessTokenTypeBearer }
func (oidcClient) IDTokenLifetime() time.Duration       { return 0 }
func (oidcClient) DevMode() bool                        { return false }
func (oidcClient) IsScopeAllowed(string) bool           { return true }
func (oidcClient) IDTokenUserinfoClaimsAssertion() bool { return false }
func (oidcClient) ClockSkew() time.Duration             { return 0 }

func (oidcClient) RestrictAdditionalIdTokenScopes() func([]string) []string     { return same } //nolint:revive // the library spells it so
func (oidcClient) RestrictAdditionalAccessTokenScopes() func([]string) []string { return same }
func (oidcClient) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{
		oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeDeviceCode,
	}
}

func same(s []string) []string { return s }
