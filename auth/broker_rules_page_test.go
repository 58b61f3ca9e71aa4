package auth_test

import (
	"net/http"
	"strings"
)

func pageRules() []rule {
	return []rule{
		{"RFC 9700 4.16: pages are not framed, and have no inline anything", func(d *deployment) {
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			csp := p.page.header.Get("Content-Security-Policy")
			if !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "form-action 'self'") ||
				p.page.header.Get("X-Frame-Options") != "DENY" || p.page.header.Get("Referrer-Policy") != "same-origin" || strings.Contains(p.page.body, "<script") || strings.Contains(p.page.body, "style=") {
				d.t.Errorf("%v\n%s", p.page.header, p.page.body)
			}
		}},
		{"RFC 9700 2.6: pages of other origins cannot read the authorization endpoint", func(d *deployment) {
			ask := d.ask(d.public()).Encode()
			for _, path := range []string{"/oauth/authorize?" + ask, "/oauth/sign-in", "/oauth/consent", "/oauth/device", "/connections"} {
				for _, method := range []string{http.MethodGet, http.MethodOptions} {
					res := d.send(d.client, method, path, "", "Origin", "https://a.example", "Access-Control-Request-Method", "GET")
					for name := range res.header {
						if strings.HasPrefix(name, "Access-Control-") {
							d.t.Errorf("%s %s: %s", method, path, name)
						}
					}
				}
			}
		}},
		{"RFC 6749 10.12: a form is taken from its own page in its own browser only", func(d *deployment) {
			p, other := d.person(), d.person()
			p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			other.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			theirs := *other
			theirs.page = p.page
			for name, res := range map[string]answer{
				"no word":         p.send("/oauth/sign-in", "csrf", "", "api_key", "sk_sandbox_mia"),
				"another's word":  p.send("/oauth/sign-in", "csrf", attributeOf(other.page.body, "csrf"), "api_key", "sk_sandbox_mia"),
				"another browser": theirs.send("/oauth/sign-in", "api_key", "sk_sandbox_mia"),
			} {
				if res.status != http.StatusBadRequest || res.header.Get("Location") != "" {
					d.t.Errorf("%s: %d %v", name, res.status, res.header)
				}
			}
			d.codeOf(p.finish("mia"))
		}},
		{"RFC 6265 8.5, 8.6: a cookie that was not made here is not taken", notOurs},
		{"RFC 6265 8.5, 8.6: one that was planted opens nothing after a sign-in, which makes a new one", func(d *deployment) {
			planted(d, func(p *person) { p.submit("api_key", "sk_sandbox_mia") })
		}},
		{"MCP 2026-07-28, Confused Deputy: before HeyGen and before a code, the person sees which client asks for what", func(d *deployment) {
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(d.public(), "scope", "heygen:delete").Encode())
			for _, want := range []string{"A client", "Delete what is in your account", "sent back to"} {
				if !strings.Contains(p.page.body, want) {
					d.t.Errorf("the first page lacks %q: %s", want, p.page.body)
				}
			}
			p.link("Continue with HeyGen")
			if at := p.submit("account", "mia"); !strings.HasPrefix(at, d.url+"/oauth/consent") || !strings.Contains(p.page.body, "A client") || !strings.Contains(p.page.body, "<dd>mia</dd>") {
				d.t.Errorf("no question at %s: %s", at, p.page.body)
			}
			d.codeOf(p.submit("action", "agree"))
		}},
		{"MCP 2026-07-28, Localhost Redirect URI Risks: the host is shown, and a loopback is warned of", func(d *deployment) {
			client := d.public()
			for uri, want := range map[string]string{hosted: "<strong>claude.ai</strong>", callback: "Any program there could have called itself"} {
				p := d.person()
				p.open("/oauth/authorize?" + d.ask(client, "redirect_uri", uri).Encode())
				first := p.page.body
				p.submit("api_key", "sk_sandbox_mia")
				if !strings.Contains(first, want) || !strings.Contains(p.page.body, want) || strings.Contains(first, "Any program") != (uri == callback) {
					d.t.Errorf("%s: %s\n%s", uri, first, p.page.body)
				}
			}
		}},
		{"RFC 9700 4.11: what a client says of itself is shown as text", func(d *deployment) {
			client, _ := d.register(`{"client_name":"<script>alert(1)</script>\"'><b>\u202e","redirect_uris":["` + callback + `"]}`)
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(client).Encode())
			first := p.page.body
			p.submit("api_key", "sk_sandbox_mia")
			for _, page := range []string{first, p.page.body} {
				if strings.Contains(page, "<script") || strings.Contains(page, "<b>") || strings.Contains(page, "\u202e") || !strings.Contains(page, `<bdi class="client">script alert(1) script b</bdi>`) {
					d.t.Errorf("%s", page)
				}
			}
		}},
	}
}
