package oauthrules

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

func resourceRules() []Rule {
	return []Rule{
		{"RFC 9728 5.1: the challenge", func(d *brokertest.Deployment) {
			res := d.Send(d.Client, http.MethodPost, "/mcp", "")
			want := `Bearer resource_metadata="` + d.URL + `/.well-known/oauth-protected-resource/mcp", scope="heygen:read heygen:write"`
			if res.Status != 401 || res.Header.Get("WWW-Authenticate") != want {
				d.T.Errorf("%d %v", res.Status, res.Header)
			}
		}},
		{"RFC 6750 2, OAuth 2.1 5.1: a token is taken from the header alone", func(d *brokertest.Deployment) {
			token := d.SignIn("mia").Access
			for name, got := range map[string]brokertest.Answer{
				"the query": d.Send(d.Client, http.MethodPost, "/mcp?access_token="+token, ""),
				"a form":    d.Form("/mcp", url.Values{"access_token": {token}}),
				"a cookie":  d.Send(d.Client, http.MethodPost, "/mcp", "", "Cookie", "access_token="+token),
				"Basic":     d.Send(d.Client, http.MethodPost, "/mcp", "", brokertest.Basic(token, "")...),
			} {
				if got.Status != 401 || strings.Contains(got.Header.Get("WWW-Authenticate"), "error") || got.Header.Get("Cache-Control") != "no-store" {
					d.T.Errorf("%s: %d %v", name, got.Status, got.Header)
				}
			}
			for _, scheme := range []string{"Bearer", "bearer", "BEARER"} {
				if got := d.Send(d.Client, http.MethodPost, "/mcp", "", "Authorization", scheme+" "+token); got.Status != 200 {
					d.T.Errorf("%s: %d", scheme, got.Status)
				}
			}
		}},
		{"RFC 6750 3.1: two credentials are a malformed request", func(d *brokertest.Deployment) {
			got := d.Send(d.Client, http.MethodPost, "/mcp", "", "Authorization", "Bearer "+d.SignIn("mia").Access, "X-Api-Key", "sk_sandbox_mia")
			if got.Status != 400 || got.Header.Get("Cache-Control") != "no-store" {
				d.T.Errorf("%d %s", got.Status, got.Body)
			}
		}},
		{"RFC 6750 3.1, MCP 2026-07-28, Token Handling: a token that is unknown, expired or revoked is 401 with invalid_token", func(d *brokertest.Deployment) {
			expired, revoked := d.SignIn("mia"), d.SignIn("mia")
			d.Form("/oauth/revoke", url.Values{"client_id": {revoked.Client}, "token": {revoked.Access}})
			check := func(tokens ...string) {
				d.T.Helper()
				for _, token := range tokens {
					got := d.MCP(token, "")
					want := `Bearer resource_metadata="` + d.URL + `/.well-known/oauth-protected-resource/mcp", scope="heygen:read heygen:write", error="invalid_token"`
					if got.Status != 401 || got.Header.Get("WWW-Authenticate") != want || got.Header.Get("Cache-Control") != "no-store" || len(token) > 1 && strings.Contains(got.Body, token) {
						d.T.Errorf("%q: %d %v %s", token, got.Status, got.Header, got.Body)
					}
				}
			}
			check(revoked.Access, expired.Refresh, "hgm_at_x", "x", "sandbox_at_x")
			d.Clock.Advance(8 * time.Hour)
			check(expired.Access)
		}},
		{"MCP 2026-07-28, Access Token Privilege Restriction: a token for another server is refused, though both keep one database", func(d *brokertest.Deployment) {
			other := d.Besides(func(*auth.Config) {})
			got := d.SignIn("mia")
			client := d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			if res := other.MCP(got.Access, ""); res.Status != 401 {
				d.T.Errorf("%d %s", res.Status, res.Body)
			}
			brokertest.Wants(d.T, other.Form("/oauth/token", brokertest.Renewal(got)), 400, "invalid_grant")
			brokertest.Wants(d.T, other.Form("/oauth/token", d.Redemption(client, code, "resource", "")), 400, "invalid_grant")
			if d.MCP(got.Access, "").Status != 200 {
				d.T.Error("it is good nowhere")
			}
			d.Redeem(brokertest.Renewal(got))
			d.Redeem(d.Redemption(client, code))
		}},
		{"MCP 2026-07-28, Access Token Privilege Restriction: the client's token goes no further than here", func(d *brokertest.Deployment) {
			for _, got := range []brokertest.Tokens{d.SignIn("mia"), d.SignInAtHeyGen()} {
				if res := d.MCP(got.Access, "?call"); res.Status != 200 || !strings.Contains(res.Body, "mia") {
					d.T.Errorf("%d %s", res.Status, res.Body)
				}
			}
			if d.HeyGen.Count("/v3/users/me") == 0 || d.HeyGen.Count("a token of this server's") != 0 {
				d.T.Error("HeyGen was shown a token that was made here")
			}
		}},
		{"MCP 2026-07-28, Scope Challenge Handling: a scope that is missing is 403 with what to ask for, and a broader one includes a narrower", func(d *brokertest.Deployment) {
			scopes := []string{"heygen:read", "heygen:write", "heygen:delete"}
			for has, held := range scopes {
				token := d.SignIn("mia", "scope", held).Access
				for needs, needed := range scopes {
					got := d.MCP(token, "?scope="+needed)
					if needs <= has {
						if got.Status != 200 {
							d.T.Errorf("%s is not enough for %s: %d", held, needed, got.Status)
						}
						continue
					}
					want := `Bearer resource_metadata="` + d.URL + `/.well-known/oauth-protected-resource/mcp", scope="` + held + " " + needed + `", error="insufficient_scope", error_description="`
					if got.Status != 403 || !strings.HasPrefix(got.Header.Get("WWW-Authenticate"), want) {
						d.T.Errorf("%s for %s: %d %v", held, needed, got.Status, got.Header)
					}
				}
			}
		}},
	}
}
