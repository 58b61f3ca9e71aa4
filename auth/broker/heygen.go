package broker

import (
	"context"

	"heygen-mcp/auth/upstream"
)

// heygenClient is the setting that keeps this server's client id at HeyGen. It belongs to one
// issuer and one redirect URI.
func heygenClient(
	issuer, redirect string,
) string {
	return "heygen-client " + issuer + " " + redirect
}

// heygen makes this server a client of HeyGen's, to which HeyGen sends people back at an issuer of
// this server's: by the name that their browser's cookie is for.
func (c *Config) heygen(issuer string) (*upstream.Client, error) {
	redirect := issuer + CallbackPath
	name := heygenClient(c.HeyGenIssuer, redirect)
	return upstream.New(upstream.Config{
		Issuer: c.HeyGenIssuer, ClientID: c.HeyGenClient, Redirect: redirect, Name: "Open MCP server for HeyGen",
		Scopes: []string{"openid", "profile", "email"}, HTTP: c.HTTP, Clock: c.Clock,
		Recall: func(ctx context.Context) (string, error) { return c.Store.Setting(ctx, name) },
		Keep: func(ctx context.Context, id string) (string, error) {
			if id == "" {
				return "", c.Store.DropSetting(ctx, name)
			}
			return c.Store.Settle(ctx, name, id)
		},
	})
}
