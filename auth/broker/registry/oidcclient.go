package registry

import (
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// StoredOf takes the client out of what the library hands back.
func StoredOf(c op.Client) StoredClient {
	f, _ := c.(OIDCClient)
	return f.StoredClient
}

// OIDCClient is a client as the library wants one. It says yes to everything that the library would
// judge and that is judged in this package instead; the redirect URI it names is the one that was
// found to be the client's.
type OIDCClient struct {
	StoredClient
	Redirect string
	Response oidc.ResponseType
}

var _ op.Client = OIDCClient{}

func (f OIDCClient) GetID() string { return f.ID }

func (f OIDCClient) RedirectURIs() []string         { return []string{f.Redirect} }
func (OIDCClient) PostLogoutRedirectURIs() []string { return nil }

func (OIDCClient) ApplicationType() op.ApplicationType { return op.ApplicationTypeNative }

func (f OIDCClient) AuthMethod() oidc.AuthMethod { return oidc.AuthMethod(f.Method) }

func (f OIDCClient) ResponseTypes() []oidc.ResponseType { return []oidc.ResponseType{f.Response} }
func (OIDCClient) LoginURL(string) string               { return "" }

func (OIDCClient) AccessTokenType() op.AccessTokenType  { return op.AccessTokenTypeBearer }
func (OIDCClient) IDTokenLifetime() time.Duration       { return 0 }
func (OIDCClient) DevMode() bool                        { return false }
func (OIDCClient) IsScopeAllowed(string) bool           { return true }
func (OIDCClient) IDTokenUserinfoClaimsAssertion() bool { return false }
func (OIDCClient) ClockSkew() time.Duration             { return 0 }

func (OIDCClient) RestrictAdditionalIdTokenScopes() func([]string) []string     { return same } //nolint:revive // the library spells it so
func (OIDCClient) RestrictAdditionalAccessTokenScopes() func([]string) []string { return same }
func (OIDCClient) GrantTypes() []oidc.GrantType {
	return []oidc.GrantType{
		oidc.GrantTypeCode, oidc.GrantTypeRefreshToken, oidc.GrantTypeDeviceCode,
	}
}

func same(s []string) []string { return s }
