package scope_test

import (
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

func TestScopes(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		for asked, want := range map[string]string{
			"heygen:read":                               "heygen:read",
			"heygen:delete heygen:read":                 "heygen:read heygen:delete",
			"heygen:write":                              "heygen:write",
			"openid offline_access":                     "heygen:read heygen:write",
			"heygen:write offline_access profile email": "heygen:write",
			"heygen:read heygen:write heygen:delete":    "heygen:read heygen:write heygen:delete",
		} {
			if got := d.SignIn("mia", "scope", asked); got.Scope != want {
				d.T.Errorf("asked for %q, got %q", asked, got.Scope)
			}
		}
		writer := d.SignIn("mia", "scope", "heygen:write")
		for scope, status := range map[string]int{"heygen:read": 200, "heygen:write": 200, "heygen:delete": 403} {
			res := d.MCP(writer.Access, "?scope="+scope)
			if res.Status != status {
				d.T.Errorf("%s: %d", scope, res.Status)
			}
			want := `Bearer resource_metadata="` + d.URL + `/.well-known/oauth-protected-resource/mcp", scope="heygen:write heygen:delete", error="insufficient_scope"`
			if status == 403 && !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), want) {
				d.T.Errorf("the challenge is %s", res.Header.Get("WWW-Authenticate"))
			}
		}
		narrow := d.Redeem(brokertest.Renewal(writer, "scope", "heygen:read"))
		if narrow.Scope != "heygen:read" || d.MCP(narrow.Access, "?scope=heygen:write").Status != 403 {
			d.T.Errorf("a narrower refresh gives %q", narrow.Scope)
		}
		if again := d.Redeem(brokertest.Renewal(narrow)); again.Scope != "heygen:write" {
			d.T.Errorf("after a narrower refresh the next gives %q", again.Scope)
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(d.SignIn("mia", "scope", "heygen:read"), "scope", "heygen:write")), 400, "invalid_scope")
	})
}
