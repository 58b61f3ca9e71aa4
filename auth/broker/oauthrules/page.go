package oauthrules

import (
	"net/http"
	"strings"

	"heygen-mcp/auth/broker/brokertest"
)

func pageRules() []Rule {
	return []Rule{
		{"RFC 9700 4.16: pages are not framed, and have no inline anything", func(d *brokertest.Deployment) {
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			csp := p.Page.Header.Get("Content-Security-Policy")
			if !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "form-action 'self'") ||
				p.Page.Header.Get("X-Frame-Options") != "DENY" || p.Page.Header.Get("Referrer-Policy") != "same-origin" || strings.Contains(p.Page.Body, "<script") || strings.Contains(p.Page.Body, "style=") {
				d.T.Errorf("%v\n%s", p.Page.Header, p.Page.Body)
			}
		}},
		{"RFC 9700 2.6: pages of other origins cannot read the authorization endpoint", func(d *brokertest.Deployment) {
			ask := d.Ask(d.Public()).Encode()
			for _, path := range []string{"/oauth/authorize?" + ask, "/oauth/sign-in", "/oauth/consent", "/oauth/device", "/connections"} {
				for _, method := range []string{http.MethodGet, http.MethodOptions} {
					res := d.Send(d.Client, method, path, "", "Origin", "https://a.example", "Access-Control-Request-Method", "GET")
					for name := range res.Header {
						if strings.HasPrefix(name, "Access-Control-") {
							d.T.Errorf("%s %s: %s", method, path, name)
						}
					}
				}
			}
		}},
		{"RFC 6749 10.12: a form is taken from its own page in its own browser only", func(d *brokertest.Deployment) {
			p, other := d.Person(), d.Person()
			p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			other.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			theirs := *other
			theirs.Page = p.Page
			for name, res := range map[string]brokertest.Answer{
				"no word":         p.Send("/oauth/sign-in", "csrf", "", "api_key", "sk_sandbox_mia"),
				"another's word":  p.Send("/oauth/sign-in", "csrf", brokertest.AttributeOf(other.Page.Body, "csrf"), "api_key", "sk_sandbox_mia"),
				"another browser": theirs.Send("/oauth/sign-in", "api_key", "sk_sandbox_mia"),
			} {
				if res.Status != http.StatusBadRequest || res.Header.Get("Location") != "" {
					d.T.Errorf("%s: %d %v", name, res.Status, res.Header)
				}
			}
			d.CodeOf(p.Finish("mia"))
		}},
		{"RFC 6265 8.5, 8.6: a cookie that was not made here is not taken", brokertest.RefusesForeignCookies},
		{"RFC 6265 8.5, 8.6: one that was planted opens nothing after a sign-in, which makes a new one", func(d *brokertest.Deployment) {
			brokertest.RefusesPlantedCookies(d, func(p *brokertest.Person) { p.Submit("api_key", "sk_sandbox_mia") })
		}},
		{"MCP 2026-07-28, Confused Deputy: before HeyGen and before a code, the person sees which client asks for what", func(d *brokertest.Deployment) {
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(d.Public(), "scope", "heygen:delete").Encode())
			for _, want := range []string{"A client", "Delete what is in your account", "sent back to"} {
				if !strings.Contains(p.Page.Body, want) {
					d.T.Errorf("the first page lacks %q: %s", want, p.Page.Body)
				}
			}
			p.Link("Continue with HeyGen")
			if at := p.Submit("account", "mia"); !strings.HasPrefix(at, d.URL+"/oauth/consent") || !strings.Contains(p.Page.Body, "A client") || !strings.Contains(p.Page.Body, "<dd>mia</dd>") {
				d.T.Errorf("no question at %s: %s", at, p.Page.Body)
			}
			d.CodeOf(p.Submit("action", "agree"))
		}},
		{"MCP 2026-07-28, Localhost Redirect URI Risks: the host is shown, and a loopback is warned of", func(d *brokertest.Deployment) {
			client := d.Public()
			for uri, want := range map[string]string{brokertest.Hosted: "<strong>claude.ai</strong>", brokertest.Callback: "Any program there could have called itself"} {
				p := d.Person()
				p.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", uri).Encode())
				first := p.Page.Body
				p.Submit("api_key", "sk_sandbox_mia")
				if !strings.Contains(first, want) || !strings.Contains(p.Page.Body, want) || strings.Contains(first, "Any program") != (uri == brokertest.Callback) {
					d.T.Errorf("%s: %s\n%s", uri, first, p.Page.Body)
				}
			}
		}},
		{"RFC 9700 4.11: what a client says of itself is shown as text", func(d *brokertest.Deployment) {
			client, _ := d.Register(`{"client_name":"<script>alert(1)</script>\"'><b>\u202e","redirect_uris":["` + brokertest.Callback + `"]}`)
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(client).Encode())
			first := p.Page.Body
			p.Submit("api_key", "sk_sandbox_mia")
			for _, page := range []string{first, p.Page.Body} {
				if strings.Contains(page, "<script") || strings.Contains(page, "<b>") || strings.Contains(page, "\u202e") || !strings.Contains(page, `<bdi class="client">script alert(1) script b</bdi>`) {
					d.T.Errorf("%s", page)
				}
			}
		}},
	}
}
