package auth_test

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
)

func resourceRules() []rule {
	return []rule{
		{"RFC 9728 5.1: the challenge", func(d *deployment) {
			res := d.send(d.client, http.MethodPost, "/mcp", "")
			want := `Bearer resource_metadata="` + d.url + `/.well-known/oauth-protected-resource/mcp", scope="heygen:read heygen:write"`
			if res.status != 401 || res.header.Get("WWW-Authenticate") != want {
				d.t.Errorf("%d %v", res.status, res.header)
			}
		}},
		{"RFC 6750 2, OAuth 2.1 5.1: a token is taken from the header alone", func(d *deployment) {
			token := d.signIn("mia").access
			for name, got := range map[string]answer{
				"the query": d.send(d.client, http.MethodPost, "/mcp?access_token="+token, ""),
				"a form":    d.form("/mcp", url.Values{"access_token": {token}}),
				"a cookie":  d.send(d.client, http.MethodPost, "/mcp", "", "Cookie", "access_token="+token),
				"Basic":     d.send(d.client, http.MethodPost, "/mcp", "", basic(token, "")...),
			} {
				if got.status != 401 || strings.Contains(got.header.Get("WWW-Authenticate"), "error") || got.header.Get("Cache-Control") != "no-store" {
					d.t.Errorf("%s: %d %v", name, got.status, got.header)
				}
			}
			for _, scheme := range []string{"Bearer", "bearer", "BEARER"} {
				if got := d.send(d.client, http.MethodPost, "/mcp", "", "Authorization", scheme+" "+token); got.status != 200 {
					d.t.Errorf("%s: %d", scheme, got.status)
				}
			}
		}},
		{"RFC 6750 3.1: two credentials are a malformed request", func(d *deployment) {
			got := d.send(d.client, http.MethodPost, "/mcp", "", "Authorization", "Bearer "+d.signIn("mia").access, "X-Api-Key", "sk_sandbox_mia")
			if got.status != 400 || got.header.Get("Cache-Control") != "no-store" {
				d.t.Errorf("%d %s", got.status, got.body)
			}
		}},
		{"RFC 6750 3.1, MCP 2026-07-28, Token Handling: a token that is unknown, expired or revoked is 401 with invalid_token", func(d *deployment) {
			expired, revoked := d.signIn("mia"), d.signIn("mia")
			d.form("/oauth/revoke", url.Values{"client_id": {revoked.client}, "token": {revoked.access}})
			check := func(tokens ...string) {
				d.t.Helper()
				for _, token := range tokens {
					got := d.mcp(token, "")
					want := `Bearer resource_metadata="` + d.url + `/.well-known/oauth-protected-resource/mcp", scope="heygen:read heygen:write", error="invalid_token"`
					if got.status != 401 || got.header.Get("WWW-Authenticate") != want || got.header.Get("Cache-Control") != "no-store" || len(token) > 1 && strings.Contains(got.body, token) {
						d.t.Errorf("%q: %d %v %s", token, got.status, got.header, got.body)
					}
				}
			}
			check(revoked.access, expired.refresh, "hgm_at_x", "x", "sandbox_at_x")
			d.clock.advance(8 * time.Hour)
			check(expired.access)
		}},
		{"MCP 2026-07-28, Access Token Privilege Restriction: a token for another server is refused, though both keep one database", func(d *deployment) {
			other := d.besides(func(*auth.Config) {})
			got := d.signIn("mia")
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			if res := other.mcp(got.access, ""); res.status != 401 {
				d.t.Errorf("%d %s", res.status, res.body)
			}
			wants(d.t, other.form("/oauth/token", renewal(got)), 400, "invalid_grant")
			wants(d.t, other.form("/oauth/token", d.redemption(client, code, "resource", "")), 400, "invalid_grant")
			if d.mcp(got.access, "").status != 200 {
				d.t.Error("it is good nowhere")
			}
			d.redeem(renewal(got))
			d.redeem(d.redemption(client, code))
		}},
		{"MCP 2026-07-28, Access Token Privilege Restriction: the client's token goes no further than here", func(d *deployment) {
			for _, got := range []tokens{d.signIn("mia"), d.signInAtHeyGen()} {
				if res := d.mcp(got.access, "?call"); res.status != 200 || !strings.Contains(res.body, "mia") {
					d.t.Errorf("%d %s", res.status, res.body)
				}
			}
			if d.heygen.count("/v3/users/me") == 0 || d.heygen.count("a token of this server's") != 0 {
				d.t.Error("HeyGen was shown a token that was made here")
			}
		}},
		{"MCP 2026-07-28, Scope Challenge Handling: a scope that is missing is 403 with what to ask for, and a broader one includes a narrower", func(d *deployment) {
			scopes := []string{"heygen:read", "heygen:write", "heygen:delete"}
			for has, held := range scopes {
				token := d.signIn("mia", "scope", held).access
				for needs, needed := range scopes {
					got := d.mcp(token, "?scope="+needed)
					if needs <= has {
						if got.status != 200 {
							d.t.Errorf("%s is not enough for %s: %d", held, needed, got.status)
						}
						continue
					}
					want := `Bearer resource_metadata="` + d.url + `/.well-known/oauth-protected-resource/mcp", scope="` + held + " " + needed + `", error="insufficient_scope", error_description="`
					if got.status != 403 || !strings.HasPrefix(got.header.Get("WWW-Authenticate"), want) {
						d.t.Errorf("%s for %s: %d %v", held, needed, got.status, got.header)
					}
				}
			}
		}},
	}
}
