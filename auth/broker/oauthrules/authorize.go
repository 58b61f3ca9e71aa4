package oauthrules

import (
	"maps"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

func authorizeRules() []Rule {
	return []Rule{
		{"RFC 6749 4.1.2.1: an unknown client is not redirected", func(d *brokertest.Deployment) {
			brokertest.ShowsError(d, d.Ask("hgm_client_nobody").Encode(), "not known here")
			brokertest.ShowsError(d, d.Ask("").Encode(), "not known here")
			brokertest.ShowsError(d, "", "not known here")
		}},
		{"RFC 6749 3.1.2.4: an unregistered redirect URI is not redirected to", func(d *brokertest.Deployment) {
			client := d.Public()
			for _, uri := range []string{"https://evil.example/cb", "http://localhost:49152/callback", "http://127.0.0.1:49152/other", brokertest.Callback + "#x", brokertest.Callback + "?x=1",
				"https://127.0.0.1:49152/callback", "http://127.0.0.1:49152@evil.example/callback", "javascript:alert(1)", "//evil.example/", `http://127.0.0.1\@evil.example/callback`, ""} {
				brokertest.ShowsError(d, d.Ask(client, "redirect_uri", uri).Encode(), "redirect_uri")
			}
		}},
		{"RFC 8252 7.3: a loopback's port is free", func(d *brokertest.Deployment) {
			d.Person().WithKey(d.Ask(d.Public(), "redirect_uri", "http://127.0.0.1:1/callback"), "mia")
		}},
		{"RFC 6749 3.1.2.3: a client with one web address may leave it out, and another may not", func(d *brokertest.Deployment) {
			one, _ := d.Register(`{"redirect_uris":["` + brokertest.Hosted + `"]}`)
			for _, left := range []url.Values{d.Ask(one, "redirect_uri", ""), {"redirect_uri": {""}}} {
				maps.Copy(left, d.Ask(one, "redirect_uri", ""))
				code := d.CodeOf(d.Person().WithKey(left, "mia"))
				brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(one, code)), 400, "invalid_grant")
				d.Redeem(d.Redemption(one, code, "redirect_uri", "")) // RFC 6749 4.1.3: what was left out there is here
			}
			code := d.CodeOf(d.Person().WithKey(d.Ask(one, "redirect_uri", brokertest.Hosted), "mia"))
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(one, code, "redirect_uri", "")), 400, "invalid_request")
			loopback, _ := d.Register(`{"redirect_uris":["` + brokertest.Callback + `"]}`)
			brokertest.ShowsError(d, d.Ask(loopback, "redirect_uri", "").Encode(), "redirect_uri")
			brokertest.ShowsError(d, d.Ask(d.Public(), "redirect_uri", "").Encode(), "redirect_uri")
		}},
		{"RFC 6749 3.1: a repeated parameter is refused", func(d *brokertest.Deployment) {
			brokertest.ShowsError(d, d.Ask(d.Public()).Encode()+"&state=2", "more than once")
			brokertest.ShowsError(d, d.Ask(d.Public()).Encode()+"&redirect_uri=https://evil.example", "more than once")
		}},
		{"RFC 6749 3.1: a parameter without a value counts as left out, and one that is not known is passed over", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			p.Open("/oauth/authorize?" + d.Ask(client, "resource", "").Encode() +
				"&resource=&scope=&prompt=&response_mode=&request=&request_uri=&max_age=never&ui_locales=%21&display=x&nonce=&claims=%7B&unknown=1")
			p.Submit("api_key", "sk_sandbox_mia")
			d.CodeOf(p.Submit("action", "agree"))
		}},
		{"RFC 6749 Appendix A: what is no text is refused", func(d *brokertest.Deployment) {
			ask := d.Ask(d.Public())
			for name := range ask {
				brokertest.ShowsError(d, brokertest.With(maps.Clone(ask), name, "x\x00").Encode(), "not text")
				brokertest.ShowsError(d, brokertest.With(maps.Clone(ask), name, "\xff").Encode(), "not text")
			}
		}},
		{"RFC 6749 4.1.1: response_type is code", func(d *brokertest.Deployment) {
			client := d.Public()
			back(d, d.Ask(client, "response_type", "token"), "unsupported_response_type")
			back(d, d.Ask(client, "response_type", "id_token token"), "unsupported_response_type")
			back(d, d.Ask(client, "response_type", ""), "invalid_request")
			back(d, d.Ask(client, "response_mode", "fragment"), "invalid_request")
		}},
		{"RFC 7636 4.3, OAuth 2.1 4.1.1: PKCE with S256 is demanded", func(d *brokertest.Deployment) {
			client := d.Public()
			back(d, d.Ask(client, "code_challenge", ""), "invalid_request")
			back(d, d.Ask(client, "code_challenge_method", ""), "invalid_request")
			back(d, d.Ask(client, "code_challenge_method", "plain"), "invalid_request")
			back(d, d.Ask(client, "code_challenge_method", "S512"), "invalid_request")
			back(d, d.Ask(client, "code_challenge", "short"), "invalid_request")
			back(d, d.Ask(client, "code_challenge", strings.Repeat("=", 43)), "invalid_request")
		}},
		{"RFC 6749 3.3: an unknown scope is refused", func(d *brokertest.Deployment) {
			back(d, d.Ask(d.Public(), "scope", "heygen:read admin"), "invalid_scope")
		}},
		{"RFC 7591 2: a client that registered for reading asks for no more", func(d *brokertest.Deployment) {
			reader, _ := d.Register(`{"redirect_uris":["` + brokertest.Callback + `","` + brokertest.Hosted + `"],"scope":"heygen:read openid"}`)
			back(d, d.Ask(reader, "scope", "heygen:write"), "invalid_scope")
			writer, _ := d.Register(`{"redirect_uris":["` + brokertest.Callback + `"],"scope":"heygen:read heygen:write"}`)
			for client, want := range map[string]string{reader: "heygen:read", writer: "heygen:read heygen:write", "known": "heygen:read heygen:write"} {
				code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
				if got := d.Redeem(d.Redemption(client, code, "client_secret", map[string]string{"known": "a secret of the operator's"}[client])); got.Scope != want {
					d.T.Errorf("%s: %q", client, got.Scope)
				}
			}
		}},
		{"RFC 8707 2: a foreign resource is refused", func(d *brokertest.Deployment) {
			client := d.Public()
			for _, resource := range []string{"https://evil.example/mcp", "x", d.URL + ".evil.example/mcp", d.URL + "/mcpx", d.URL + "/mcp#x", d.URL + "/mcp/x#x", d.URL + "/mcp?x=1",
				strings.TrimPrefix(d.URL, "http://") + "/mcp"} {
				back(d, d.Ask(client, "resource", resource), "invalid_target")
			}
			two := d.Ask(client)
			two["resource"] = []string{d.URL + "/mcp", "https://evil.example/"}
			back(d, two, "invalid_target")
		}},
		{"RFC 8707 2: every MCP path is one audience, with a slash or without", func(d *brokertest.Deployment) {
			client := d.Public()
			for _, resource := range []string{"", d.URL, d.URL + "/", d.URL + "/mcp/", d.URL + "/mcp/key", d.URL + "/mcp/x/all/readonly"} {
				d.CodeOf(d.Person().WithKey(d.Ask(client, "resource", resource), "mia"))
			}
		}},
		{"MCP 2026-07-28, Canonical Server URI: scheme and host may be in capitals", func(d *brokertest.Deployment) {
			far := d.Besides(func(cfg *auth.Config) {
				cfg.Resource, cfg.KeyResource, cfg.AuthorizationServer = "https://mcp.example/team/mcp", "", "https://mcp.example/team"
			})
			client := far.Public()
			for resource, ours := range map[string]bool{
				"HTTPS://MCP.Example/team/mcp": true, "https://mcp.example/team": true, "https://MCP.example/team/mcp/x/all/": true,
				"https://mcp.example/Team/mcp": false, "https://mcp.example/": false, "https://mcp.example.evil/team/mcp": false, "http://mcp.example/team/mcp": false,
			} {
				res := far.Send(far.Client, http.MethodGet, "/oauth/authorize?"+far.Ask(client, "resource", resource).Encode(), "")
				if strings.HasPrefix(res.Header.Get("Location"), "https://mcp.example/team/oauth/sign-in?") != ours {
					d.T.Errorf("%s: %s", resource, res.Header.Get("Location"))
				}
			}
		}},
		{"OpenID Core 3.1.2.6: request objects are refused", func(d *brokertest.Deployment) {
			back(d, d.Ask(d.Public(), "request", "x.y.z"), "request_not_supported")
			back(d, d.Ask(d.Public(), "request_uri", "https://evil.example"), "request_not_supported")
		}},
		{"OpenID Core 3.1.2.1: prompt=none never shows a page", func(d *brokertest.Deployment) {
			back(d, d.Ask(d.Public(), "prompt", "none"), "interaction_required")
			back(d, d.Ask(d.Public(), "prompt", "none login"), "invalid_request")
		}},
		{"OAuth 2.1 1.5: the endpoint takes GET only, and no overlong request", func(d *brokertest.Deployment) {
			if res := d.Form("/oauth/authorize", d.Ask(d.Public())); res.Status != http.StatusMethodNotAllowed {
				d.T.Errorf("POST: %d", res.Status)
			}
			brokertest.ShowsError(d, d.Ask(d.Public(), "state", strings.Repeat("x", 9000)).Encode(), "too long")
			brokertest.ShowsError(d, "client_id=%zz", "cannot be read")
		}},
	}
}
