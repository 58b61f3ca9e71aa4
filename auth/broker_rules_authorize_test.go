package auth_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth"
)

func authorizeRules() []rule {
	return []rule{
		{"RFC 6749 4.1.2.1: an unknown client is not redirected", func(d *deployment) {
			d.page(d.ask("hgm_client_nobody").Encode(), "not known here")
			d.page(d.ask("").Encode(), "not known here")
			d.page("", "not known here")
		}},
		{"RFC 6749 3.1.2.4: an unregistered redirect URI is not redirected to", func(d *deployment) {
			client := d.public()
			for _, uri := range []string{"https://evil.example/cb", "http://localhost:49152/callback", "http://127.0.0.1:49152/other", callback + "#x", callback + "?x=1",
				"https://127.0.0.1:49152/callback", "http://127.0.0.1:49152@evil.example/callback", "javascript:alert(1)", "//evil.example/", `http://127.0.0.1\@evil.example/callback`, ""} {
				d.page(d.ask(client, "redirect_uri", uri).Encode(), "redirect_uri")
			}
		}},
		{"RFC 8252 7.3: a loopback's port is free", func(d *deployment) {
			d.person().withKey(d.ask(d.public(), "redirect_uri", "http://127.0.0.1:1/callback"), "mia")
		}},
		{"RFC 6749 3.1.2.3: a client with one web address may leave it out, and another may not", func(d *deployment) {
			one, _ := d.register(`{"redirect_uris":["` + hosted + `"]}`)
			for _, left := range []url.Values{d.ask(one, "redirect_uri", ""), {"redirect_uri": {""}}} {
				maps.Copy(left, d.ask(one, "redirect_uri", ""))
				code := d.codeOf(d.person().withKey(left, "mia"))
				wants(d.t, d.form("/oauth/token", d.redemption(one, code)), 400, "invalid_grant")
				d.redeem(d.redemption(one, code, "redirect_uri", "")) // RFC 6749 4.1.3: what was left out there is here
			}
			code := d.codeOf(d.person().withKey(d.ask(one, "redirect_uri", hosted), "mia"))
			wants(d.t, d.form("/oauth/token", d.redemption(one, code, "redirect_uri", "")), 400, "invalid_request")
			loopback, _ := d.register(`{"redirect_uris":["` + callback + `"]}`)
			d.page(d.ask(loopback, "redirect_uri", "").Encode(), "redirect_uri")
			d.page(d.ask(d.public(), "redirect_uri", "").Encode(), "redirect_uri")
		}},
		{"RFC 6749 3.1: a repeated parameter is refused", func(d *deployment) {
			d.page(d.ask(d.public()).Encode()+"&state=2", "more than once")
			d.page(d.ask(d.public()).Encode()+"&redirect_uri=https://evil.example", "more than once")
		}},
		{"RFC 6749 3.1: a parameter without a value counts as left out, and one that is not known is passed over", func(d *deployment) {
			client, p := d.public(), d.person()
			p.open("/oauth/authorize?" + d.ask(client, "resource", "").Encode() +
				"&resource=&scope=&prompt=&response_mode=&request=&request_uri=&max_age=never&ui_locales=%21&display=x&nonce=&claims=%7B&unknown=1")
			p.submit("api_key", "sk_sandbox_mia")
			d.codeOf(p.submit("action", "agree"))
		}},
		{"RFC 6749 Appendix A: what is no text is refused", func(d *deployment) {
			ask := d.ask(d.public())
			for name := range ask {
				d.page(with(maps.Clone(ask), name, "x\x00").Encode(), "not text")
				d.page(with(maps.Clone(ask), name, "\xff").Encode(), "not text")
			}
		}},
		{"RFC 6749 4.1.1: response_type is code", func(d *deployment) {
			client := d.public()
			d.back(d.ask(client, "response_type", "token"), "unsupported_response_type")
			d.back(d.ask(client, "response_type", "id_token token"), "unsupported_response_type")
			d.back(d.ask(client, "response_type", ""), "invalid_request")
			d.back(d.ask(client, "response_mode", "fragment"), "invalid_request")
		}},
		{"RFC 7636 4.3, OAuth 2.1 4.1.1: PKCE with S256 is demanded", func(d *deployment) {
			client := d.public()
			d.back(d.ask(client, "code_challenge", ""), "invalid_request")
			d.back(d.ask(client, "code_challenge_method", ""), "invalid_request")
			d.back(d.ask(client, "code_challenge_method", "plain"), "invalid_request")
			d.back(d.ask(client, "code_challenge_method", "S512"), "invalid_request")
			d.back(d.ask(client, "code_challenge", "short"), "invalid_request")
			d.back(d.ask(client, "code_challenge", strings.Repeat("=", 43)), "invalid_request")
		}},
		{"RFC 6749 3.3: an unknown scope is refused", func(d *deployment) { d.back(d.ask(d.public(), "scope", "heygen:read admin"), "invalid_scope") }},
		{"RFC 7591 2: a client that registered for reading asks for no more", func(d *deployment) {
			reader, _ := d.register(`{"redirect_uris":["` + callback + `","` + hosted + `"],"scope":"heygen:read openid"}`)
			d.back(d.ask(reader, "scope", "heygen:write"), "invalid_scope")
			writer, _ := d.register(`{"redirect_uris":["` + callback + `"],"scope":"heygen:read heygen:write"}`)
			for client, want := range map[string]string{reader: "heygen:read", writer: "heygen:read heygen:write", "known": "heygen:read heygen:write"} {
				code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
				if got := d.redeem(d.redemption(client, code, "client_secret", map[string]string{"known": "a secret of the operator's"}[client])); got.scope != want {
					d.t.Errorf("%s: %q", client, got.scope)
				}
			}
		}},
		{"RFC 8707 2: a foreign resource is refused", func(d *deployment) {
			client := d.public()
			for _, resource := range []string{"https://evil.example/mcp", "x", d.url + ".evil.example/mcp", d.url + "/mcpx", d.url + "/mcp#x", d.url + "/mcp/x#x", d.url + "/mcp?x=1",
				strings.TrimPrefix(d.url, "http://") + "/mcp"} {
				d.back(d.ask(client, "resource", resource), "invalid_target")
			}
			two := d.ask(client)
			two["resource"] = []string{d.url + "/mcp", "https://evil.example/"}
			d.back(two, "invalid_target")
		}},
		{"RFC 8707 2: every MCP path is one audience, with a slash or without", func(d *deployment) {
			client := d.public()
			for _, resource := range []string{"", d.url, d.url + "/", d.url + "/mcp/", d.url + "/mcp/key", d.url + "/mcp/x/all/readonly"} {
				d.codeOf(d.person().withKey(d.ask(client, "resource", resource), "mia"))
			}
		}},
		{"MCP 2026-07-28, Canonical Server URI: scheme and host may be in capitals", func(d *deployment) {
			far := d.besides(func(cfg *auth.Config) {
				cfg.Resource, cfg.KeyResource, cfg.AuthorizationServer = "https://mcp.example/team/mcp", "", "https://mcp.example/team"
			})
			client := far.public()
			for resource, ours := range map[string]bool{
				"HTTPS://MCP.Example/team/mcp": true, "https://mcp.example/team": true, "https://MCP.example/team/mcp/x/all/": true,
				"https://mcp.example/Team/mcp": false, "https://mcp.example/": false, "https://mcp.example.evil/team/mcp": false, "http://mcp.example/team/mcp": false,
			} {
				res := far.send(far.client, http.MethodGet, "/oauth/authorize?"+far.ask(client, "resource", resource).Encode(), "")
				if strings.HasPrefix(res.header.Get("Location"), "https://mcp.example/team/oauth/sign-in?") != ours {
					d.t.Errorf("%s: %s", resource, res.header.Get("Location"))
				}
			}
		}},
		{"OpenID Core 3.1.2.6: request objects are refused", func(d *deployment) {
			d.back(d.ask(d.public(), "request", "x.y.z"), "request_not_supported")
			d.back(d.ask(d.public(), "request_uri", "https://evil.example"), "request_not_supported")
		}},
		{"OpenID Core 3.1.2.1: prompt=none never shows a page", func(d *deployment) {
			d.back(d.ask(d.public(), "prompt", "none"), "interaction_required")
			d.back(d.ask(d.public(), "prompt", "none login"), "invalid_request")
		}},
		{"OAuth 2.1 1.5: the endpoint takes GET only, and no overlong request", func(d *deployment) {
			if res := d.form("/oauth/authorize", d.ask(d.public())); res.status != http.StatusMethodNotAllowed {
				d.t.Errorf("POST: %d", res.status)
			}
			d.page(d.ask(d.public(), "state", strings.Repeat("x", 9000)).Encode(), "too long")
			d.page("client_id=%zz", "cannot be read")
		}},
	}
}
