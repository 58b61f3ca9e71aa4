package browsers_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestTheCookie holds what browsers must be told about it.
func TestTheCookie(t *testing.T) {
	t.Parallel()
	d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") }, func(cfg *auth.Config) {
		cfg.Resource, cfg.KeyResource, cfg.AuthorizationServer = "https://mcp.example/team/mcp", "", "https://mcp.example/team"
	})
	client := d.Public()
	for _, path := range []string{"/oauth/authorize", "/team/oauth/authorize"} {
		res := d.Send(d.Client, http.MethodGet, path+"?"+d.Ask(client, "resource", "").Encode(), "")
		cookie := res.Header.Get("Set-Cookie")
		for _, want := range []string{"__Host-heygen-mcp-", "; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s: the cookie %q lacks %q", path, cookie, want)
			}
		}
		if strings.Contains(cookie, "Domain") || !strings.HasPrefix(res.Header.Get("Location"), "https://mcp.example/team/oauth/sign-in?flow=") {
			t.Errorf("%s: got %v, want no %q in it and %q at its beginning", path, res.Header, "Domain", "https://mcp.example/team/oauth/sign-in?flow=")
		}
	}
}
