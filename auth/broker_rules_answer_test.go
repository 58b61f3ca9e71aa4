package auth_test

import (
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth"
)

func answerRules() []rule {
	return []rule{
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
		{"RFC 6749 3.1.2: the query of a redirect URI stays", func(d *deployment) {
			client, uri := "known", strings.Replace(querying, "127.0.0.1", "127.0.0.1:49152", 1)
			for at, want := range map[string]string{
				d.person().withKey(d.ask(client, "redirect_uri", uri), "mia"):                                                   "",
				d.person().open("/oauth/authorize?" + d.ask(client, "redirect_uri", uri, "prompt", "none login").Encode()):      "invalid_request",
				d.person().open("/oauth/authorize?" + d.ask(client, "redirect_uri", uri, "response_type", "id_token").Encode()): "unsupported_response_type",
			} {
				u, err := url.Parse(at)
				if err != nil {
					d.t.Fatal(err)
				}
				q := u.Query()
				if q.Get("a") != "1 2" || !q.Has("b") || q.Get("é") != "&" || q.Get("iss") != d.url || q.Get("state") != `s"<&>` || u.Fragment != "" || q.Get("error") != want || q.Has("code") == (want != "") {
					d.t.Errorf("sent back to %s", at)
				}
			}
			// It does not speak in this server's place.
			for _, name := range []string{"iss", "state", "code", "error"} {
				wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["http://127.0.0.1/cb?`+name+`=evil"]}`), 400, "invalid_redirect_uri")
			}
		}},
		{"RFC 9207 2: the issuer is in every answer, as the metadata spell it", func(d *deployment) {
			client, p := d.public(), d.person()
			p.open("/oauth/authorize?" + d.ask(client).Encode())
			issuer := d.send(d.client, http.MethodGet, "/.well-known/oauth-authorization-server", "").text("issuer")
			for name, at := range map[string]string{
				"a code":              d.person().withKey(d.ask(client), "mia"),
				"a code to a host":    d.person().withKey(d.ask(client, "redirect_uri", hosted), "mia"),
				"a refusal":           p.link("Cancel"),
				"an error found here": d.person().open("/oauth/authorize?" + d.ask(client, "scope", "x", "redirect_uri", hosted).Encode()),
				"one of the library":  d.person().open("/oauth/authorize?" + d.ask(client, "prompt", "none consent", "redirect_uri", hosted).Encode()),
			} {
				u, err := url.Parse(at)
				if err != nil || len(u.Query()["iss"]) != 1 || u.Query().Get("iss") != issuer || issuer != d.url {
					d.t.Errorf("%s: %s", name, at)
				}
			}
		}},
		{"RFC 9207 2.3: where iss is turned off, it is neither sent nor promised", func(d *deployment) {
			silent := d.besides(func(cfg *auth.Config) { cfg.Broker.OmitIssuer = true })
			client := silent.public()
			for _, at := range []string{silent.person().withKey(silent.ask(client), "mia"),
				silent.person().open("/oauth/authorize?" + silent.ask(client, "scope", "x", "redirect_uri", hosted).Encode()),
				silent.person().open("/oauth/authorize?" + silent.ask(client, "prompt", "none consent", "redirect_uri", hosted).Encode())} {
				if u, err := url.Parse(at); err != nil || u.Query().Has("iss") || u.Query().Get("state") == "" {
					d.t.Errorf("sent back to %s", at)
				}
			}
			res := silent.send(d.client, http.MethodGet, "/.well-known/oauth-authorization-server", "")
			if !strings.Contains(res.body, `"authorization_response_iss_parameter_supported":false`) {
				d.t.Errorf("%s", res.body)
			}
		}},
		{"RFC 9700 4.2.4, 4.3.2: no answer with a code or an error is kept, or told on by a Referer", func(d *deployment) {
			client, p := d.public(), d.person()
			p.open("/oauth/authorize?" + d.ask(client).Encode())
			p.submit("api_key", "sk_sandbox_mia")
			for name, res := range map[string]answer{
				"an error":  d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(client, "scope", "x", "redirect_uri", hosted).Encode(), ""),
				"a sign-in": d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(client).Encode(), ""),
				"a code":    p.send("/oauth/consent", "action", "agree"),
			} {
				if res.header.Get("Location") == "" || res.header.Get("Cache-Control") != "no-store" || res.header.Get("Referrer-Policy") != "no-referrer" || res.body != "" {
					d.t.Errorf("%s: %d %v %s", name, res.status, res.header, res.body)
				}
			}
		}},
		{"RFC 9700 4.12: a form is answered with 303, which does not send it on", func(d *deployment) {
			client, p := d.public(), d.person()
			p.open("/oauth/authorize?" + d.ask(client).Encode())
			first := p.send("/oauth/sign-in", "api_key", "sk_sandbox_mia")
			p.open(first.header.Get("Location"))
			if second := p.send("/oauth/consent", "action", "agree"); first.status != http.StatusSeeOther || second.status != http.StatusSeeOther {
				d.t.Errorf("%d, then %d", first.status, second.status)
			}
		}},
		{"RFC 6585 4: a server that is busy says so on a page, and when to come again; who signed in before has a place", func(d *deployment) {
			client, p := d.public(), d.person()
			d.codeOf(p.withKey(d.ask(client, "redirect_uri", hosted), "mia"))
			for range 110 * d.replicas { // each bounds its own
				d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(client).Encode(), "")
			}
			res := d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(client).Encode(), "")
			if res.status != http.StatusTooManyRequests || res.header.Get("Retry-After") == "" || !strings.Contains(res.body, "Too many people are signing in") {
				d.t.Errorf("%d %v %s", res.status, res.header, res.body)
			}
			if at := p.open("/oauth/authorize?" + d.ask(client, "prompt", "login").Encode()); p.page.status != http.StatusOK {
				d.t.Errorf("somebody who is known is at %s: %d %s", at, p.page.status, p.page.body)
			}
			d.codeOf(p.finish("mia"))
		}},
	}
}
