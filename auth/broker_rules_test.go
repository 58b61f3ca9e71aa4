package auth_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// rule is one requirement of a specification, tried from outside.
type rule struct {
	name string
	try  func(d *deployment)
}

// TestRules tries every requirement on every kind of store.
func TestRules(t *testing.T) {
	t.Parallel()
	for name, open := range stores(t) {
		for _, r := range append(authorizeRules(), append(tokenRules(), serverRules()...)...) {
			t.Run(name+"/"+r.name, func(t *testing.T) {
				t.Parallel()
				r.try(deploy(t, open(t), func(cfg *auth.Config) {
					cfg.Broker.Clients = []auth.Client{{ID: "known", Redirects: []string{callback}, Secret: "a secret of the operator's"}}
				}))
			})
		}
	}
}

// back demands an error that is sent to the client, with state and issuer.
func (d *deployment) back(ask url.Values, code string) {
	d.t.Helper()
	u, err := url.Parse(d.person().open("/oauth/authorize?" + ask.Encode()))
	if err != nil {
		d.t.Fatal(err)
	}
	q := u.Query()
	if u.Host != "127.0.0.1:49152" || u.Path != "/callback" || q.Get("error") != code || q.Get("error_description") == "" ||
		q.Get("state") != ask.Get("state") || q.Get("iss") != d.url || q.Has("code") {
		d.t.Errorf("sent back to %s, want %s", u, code)
	}
}

// page demands an error that is shown to the person, and no redirect.
func (d *deployment) page(query, says string) {
	d.t.Helper()
	p := d.person()
	at := p.open("/oauth/authorize?" + query)
	if p.page.status != http.StatusBadRequest || !strings.HasPrefix(at, d.url) || !strings.Contains(p.page.body, says) || p.page.header.Get("Cache-Control") != "no-store" {
		d.t.Errorf("at %s: %d %s, want %q", at, p.page.status, p.page.body, says)
	}
}

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
		{"RFC 6749 3.1: a repeated parameter is refused", func(d *deployment) {
			d.page(d.ask(d.public()).Encode()+"&state=2", "more than once")
			d.page(d.ask(d.public()).Encode()+"&redirect_uri=https://evil.example", "more than once")
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
		{"RFC 8707 2: a foreign resource is refused", func(d *deployment) {
			client := d.public()
			for _, resource := range []string{"https://evil.example/mcp", "x", d.url + ".evil.example/mcp", d.url + "/mcpx"} {
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
		{"OpenID Core 3.1.2.6: request objects are refused", func(d *deployment) {
			d.back(d.ask(d.public(), "request", "x.y.z"), "request_not_supported")
			d.back(d.ask(d.public(), "request_uri", "https://evil.example"), "request_not_supported")
		}},
		{"OpenID Core 3.1.2.1: prompt=none never shows a page", func(d *deployment) {
			d.back(d.ask(d.public(), "prompt", "none"), "interaction_required")
			d.back(d.ask(d.public(), "prompt", "none login"), "invalid_request")
		}},
		{"RFC 6749 4.1.2.1: the person's refusal is told", func(d *deployment) {
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			before := p.link("Cancel")
			p = d.person()
			p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			p.submit("api_key", "sk_sandbox_mia")
			for _, at := range []string{before, p.submit("action", "cancel")} {
				if u, err := url.Parse(at); err != nil || u.Query().Get("error") != "access_denied" || u.Query().Get("iss") != d.url || u.Query().Get("state") != `s"<&>` {
					d.t.Errorf("sent back to %s", at)
				}
			}
		}},
		{"RFC 9700 4.7: the state comes back as it was", func(d *deployment) {
			for _, state := range []string{strings.Repeat("x", 2000), `a+b c&d=e#f%20"<>`, "é"} {
				u, err := url.Parse(d.person().withKey(d.ask(d.public(), "state", state), "mia"))
				if err != nil || u.Query().Get("state") != state {
					d.t.Errorf("%q came back as %q", state, u.Query().Get("state"))
				}
			}
			d.back(with(d.ask(d.public(), "response_type", "token"), "state", ""), "unsupported_response_type")
		}},
		{"OAuth 2.1 1.5: the endpoint takes GET only, and no overlong request", func(d *deployment) {
			if res := d.form("/oauth/authorize", d.ask(d.public())); res.status != http.StatusMethodNotAllowed {
				d.t.Errorf("POST: %d", res.status)
			}
			d.page(d.ask(d.public(), "state", strings.Repeat("x", 9000)).Encode(), "too long")
			d.page("client_id=%zz", "cannot be read")
		}},
		{"RFC 9700 4.16: pages are not framed, and have no inline anything", func(d *deployment) {
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			csp := p.page.header.Get("Content-Security-Policy")
			if !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "form-action 'self'") ||
				p.page.header.Get("X-Frame-Options") != "DENY" || p.page.header.Get("Referrer-Policy") != "same-origin" || strings.Contains(p.page.body, "<script") || strings.Contains(p.page.body, "style=") {
				d.t.Errorf("%v\n%s", p.page.header, p.page.body)
			}
		}},
	}
}

func tokenRules() []rule {
	basic := func(id, secret string) []string {
		return []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))}
	}
	return []rule{
		{"RFC 6749 3.2: POST only, form only, nothing from the query", func(d *deployment) {
			client := d.public()
			form := d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia")))
			for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
				wants(d.t, d.send(d.client, http.MethodGet, path+"?"+form.Encode(), ""), http.StatusMethodNotAllowed, "invalid_request")
				wants(d.t, d.send(d.client, http.MethodPost, path+"?"+form.Encode(), "", "Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_request")
				wants(d.t, d.send(d.client, http.MethodPost, path, form.Encode(), "Content-Type", "application/json"), 400, "invalid_request")
				wants(d.t, d.form(path, with(url.Values{}, "x", strings.Repeat("x", 40<<10))), 400, "invalid_request")
			}
			twice := form.Encode() + "&code=x"
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/token", twice, "Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_request")
			d.redeem(form) // none of it used the code up
		}},
		{"RFC 6749 5.2: errors", func(d *deployment) {
			client := d.public()
			wants(d.t, d.form("/oauth/token", url.Values{"client_id": {client}}), 400, "invalid_request")
			for _, grant := range []string{"password", "implicit", "x", "urn:ietf:params:oauth:grant-type:token-exchange", "client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"} {
				res := d.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {grant}, "assertion": {"x"}, "subject_token": {"x"}})
				if res.status/100 != 4 || res.text("error") == "" {
					d.t.Errorf("%s: %d %s", grant, res.status, res.body)
				}
			}
			wants(d.t, d.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"authorization_code"}}), 400, "invalid_request")
			wants(d.t, d.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"refresh_token"}}), 400, "invalid_request")
			wants(d.t, d.form("/oauth/token", d.redemption(client, "nonsense")), 400, "invalid_grant")
		}},
		{"RFC 6749 5.2: an unknown client is 401", func(d *deployment) {
			for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
				form := url.Values{"client_id": {"hgm_client_gone"}, "grant_type": {"refresh_token"}, "refresh_token": {"x"}, "token": {"x"}}
				if path != "/oauth/token" {
					form.Del("grant_type")
				}
				res := d.form(path, form)
				wants(d.t, res, 401, "invalid_client")
				if !strings.HasPrefix(res.header.Get("WWW-Authenticate"), "Basic") {
					d.t.Errorf("%s: %v", path, res.header)
				}
			}
		}},
		{"RFC 6749 2.3.1: a confidential client shows its secret", func(d *deployment) {
			byPost, postSecret := d.register(`{"redirect_uris":["` + callback + `"],"token_endpoint_auth_method":"client_secret_post"}`)
			byBasic, basicSecret := d.register(`{"redirect_uris":["` + callback + `"],"token_endpoint_auth_method":"client_secret_basic"}`)
			for id, secret := range map[string]string{byPost: postSecret, byBasic: basicSecret, "known": "a secret of the operator's"} {
				code := d.codeOf(d.person().withKey(d.ask(id), "mia"))
				wants(d.t, d.form("/oauth/token", d.redemption(id, code)), 401, "invalid_client")
				wants(d.t, d.form("/oauth/token", d.redemption(id, code, "client_secret", secret+"x")), 401, "invalid_client")
				wants(d.t, d.form("/oauth/token", d.redemption(id, code, "client_id", ""), basic(id, "")...), 401, "invalid_client")
				wants(d.t, d.form("/oauth/token", d.redemption(id, code, "client_secret", secret), basic(id, secret)...), 400, "invalid_request")
				got := d.form("/oauth/token", d.redemption(id, code, "client_id", ""), basic(id, secret)...)
				if got.status != 200 {
					d.t.Errorf("%d %s", got.status, got.body)
				}
				d.redeem(with(renewal(tokens{client: id, refresh: got.text("refresh_token")}), "client_secret", secret))
			}
		}},
		{"RFC 6749 4.1.3: a code is its client's and its redirect URI's", func(d *deployment) {
			client, other := d.public(), d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			wants(d.t, d.form("/oauth/token", d.redemption(other, code)), 400, "invalid_grant")
			wants(d.t, d.form("/oauth/token", d.redemption(client, code, "redirect_uri", hosted)), 400, "invalid_grant")
			wants(d.t, d.form("/oauth/token", d.redemption(client, code, "redirect_uri", "")), 400, "invalid_request")
			d.redeem(d.redemption(client, code))
		}},
		{"RFC 7636 4.6: the verifier must fit", func(d *deployment) {
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			for _, wrong := range []string{"", verifier + "x", challengeOf(verifier), strings.Repeat("x", 200), "short"} {
				wants(d.t, d.form("/oauth/token", d.redemption(client, code, "code_verifier", wrong)), 400, "invalid_grant")
			}
			d.redeem(d.redemption(client, code))
		}},
		{"RFC 8707 2.2: a foreign resource gets no token", func(d *deployment) {
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			wants(d.t, d.form("/oauth/token", d.redemption(client, code, "resource", "https://evil.example/")), 400, "invalid_target")
			got := d.redeem(d.redemption(client, code))
			wants(d.t, d.form("/oauth/token", renewal(got, "resource", "https://evil.example/")), 400, "invalid_target")
			d.redeem(renewal(got, "resource", d.url+"/mcp/"))
		}},
		{"RFC 6749 6: a refresh token is its client's", func(d *deployment) {
			got := d.signIn("mia")
			wants(d.t, d.form("/oauth/token", renewal(got, "client_id", d.public())), 400, "invalid_grant")
			wants(d.t, d.form("/oauth/token", renewal(got, "refresh_token", got.access)), 400, "invalid_grant")
			d.redeem(renewal(got))
		}},
		{"RFC 6749 5.1: the answer is not to be kept, and says what it is", func(d *deployment) {
			client := d.public()
			res := d.form("/oauth/token", d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia"))))
			var body struct {
				Type    string `json:"token_type"`
				Seconds int    `json:"expires_in"`
			}
			if err := json.Unmarshal([]byte(res.body), &body); err != nil || body.Type != "Bearer" || body.Seconds != 8*3600 ||
				res.header.Get("Cache-Control") != "no-store" || res.header.Get("Pragma") != "no-cache" || res.header.Get("Content-Type") != "application/json" {
				d.t.Errorf("%v %s", res.header, res.body)
			}
		}},
		{"Fetch: pages of every origin may call, without cookies", func(d *deployment) {
			for _, path := range []string{"/oauth/token", "/oauth/register", "/oauth/revoke"} {
				res := d.send(d.client, http.MethodOptions, path, "", "Origin", "https://a.example", "Access-Control-Request-Method", "POST")
				if res.status != http.StatusNoContent || res.header.Get("Access-Control-Allow-Origin") != "*" || res.header.Get("Access-Control-Allow-Credentials") != "" {
					d.t.Errorf("%s: %d %v", path, res.status, res.header)
				}
			}
			if res := d.send(d.client, http.MethodGet, "/oauth/sign-in", "", "Origin", "https://a.example"); res.header.Get("Access-Control-Allow-Origin") != "" {
				d.t.Error("the sign-in page may be read by other pages")
			}
		}},
	}
}

func serverRules() []rule {
	return []rule{
		{"RFC 8414 3.2: metadata in every form", func(d *deployment) {
			for _, path := range []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/mcp"} {
				res := d.send(d.client, http.MethodGet, path+"?x=1", "")
				var m map[string]any
				if err := json.Unmarshal([]byte(res.body), &m); err != nil || res.status != 200 || res.header.Get("Access-Control-Allow-Origin") != "*" {
					d.t.Fatalf("%s: %d %s", path, res.status, res.body)
				}
				if m["issuer"] != d.url || m["authorization_response_iss_parameter_supported"] != true || m["client_id_metadata_document_supported"] != true ||
					(m["jwks_uri"] != nil) != strings.Contains(path, "openid") {
					d.t.Errorf("%s: %s", path, res.body)
				}
				if strings.Contains(res.body, "plain") || strings.Contains(res.body, "implicit") || !strings.Contains(res.body, `["S256"]`) || !strings.Contains(res.body, `"none"`) {
					d.t.Errorf("%s: %s", path, res.body)
				}
				if head := d.send(d.client, http.MethodHead, path, ""); head.status != 200 {
					d.t.Errorf("HEAD %s: %d", path, head.status)
				}
			}
		}},
		{"RFC 9728 3: the resource names this server, byte for byte", func(d *deployment) {
			var m struct {
				Resource string   `json:"resource"`
				Servers  []string `json:"authorization_servers"`
			}
			res := d.send(d.client, http.MethodGet, "/.well-known/oauth-protected-resource", "")
			if err := json.Unmarshal([]byte(res.body), &m); err != nil || m.Resource != d.url+"/mcp" || len(m.Servers) != 1 || m.Servers[0] != d.url {
				d.t.Errorf("%s", res.body)
			}
		}},
		{"RFC 9728 5.1: the challenge", func(d *deployment) {
			res := d.send(d.client, http.MethodPost, "/mcp", "")
			want := `Bearer resource_metadata="` + d.url + `/.well-known/oauth-protected-resource/mcp", scope="heygen:read heygen:write heygen:delete"`
			if res.status != 401 || res.header.Get("WWW-Authenticate") != want {
				d.t.Errorf("%d %v", res.status, res.header)
			}
		}},
		{"RFC 7591 3.2: a registration", func(d *deployment) {
			res := d.send(d.client, http.MethodPost, "/oauth/register", `{"client_name":"x","redirect_uris":["`+callback+`"],"grant_types":["authorization_code","urn:x"],"logo_uri":"javascript:1"}`)
			if res.status != http.StatusCreated || res.text("client_id") == "" || res.text("client_secret") != "" || res.text("token_endpoint_auth_method") != "none" || res.header.Get("Cache-Control") != "no-store" {
				d.t.Errorf("%d %s", res.status, res.body)
			}
			refused := d.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["https://evil.example/cb"]}`)
			wants(d.t, refused, 400, "invalid_redirect_uri")
			if !strings.Contains(refused.text("error_description"), "https://evil.example/cb") {
				d.t.Errorf("it does not say which: %s", refused.body)
			}
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", `{`), 400, "invalid_client_metadata")
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", strings.Repeat("x", 40<<10)), 400, "invalid_client_metadata")
			wants(d.t, d.send(d.client, http.MethodGet, "/oauth/register", ""), 405, "invalid_client_metadata")
		}},
		{"RFC 7591 5: registrations are bounded, and unused ones go", func(d *deployment) {
			client := d.public()
			d.clock.advance(24 * time.Hour)
			d.page(d.ask(client).Encode(), "not known here")
			body := `{"redirect_uris":["` + callback + `"]}`
			for range 100 * d.replicas { // each bounds its own
				d.register(body)
			}
			res := d.send(d.client, http.MethodPost, "/oauth/register", body)
			wants(d.t, res, http.StatusTooManyRequests, "temporarily_unavailable")
			if res.header.Get("Retry-After") == "" {
				d.t.Error("it does not say when to try again")
			}
			d.clock.advance(5 * time.Second)
			d.register(body)
		}},
		{"RFC 7009 2.2: what is unknown is no error", func(d *deployment) {
			if res := d.form("/oauth/revoke", url.Values{"client_id": {d.public()}, "token": {"nonsense"}, "token_type_hint": {"x"}}); res.status != 200 {
				d.t.Errorf("%d %s", res.status, res.body)
			}
			wants(d.t, d.form("/oauth/revoke", url.Values{"client_id": {d.public()}}), 400, "invalid_request")
			wants(d.t, d.form("/oauth/revoke", url.Values{"token": {"x"}}), 400, "invalid_request")
		}},
		{"RFC 8628: a device", func(d *deployment) { device(d) }},
	}
}
