package auth_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
)

func upstreamRules() []rule {
	return []rule{
		{"RFC 9207 2.4: a code that is not named as HeyGen's is not sent to HeyGen", func(d *deployment) {
			for name, issuer := range map[string]url.Values{"another's": {"iss": {"https://evil.example"}}, "nobody's": {}, "two": {"iss": {"https://evil.example", d.heygen.URL}}} {
				p := d.person()
				p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
				state := p.toHeyGen()
				issuer.Set("state", state)
				issuer.Set("code", "x")
				if p.open("/oauth/callback?" + issuer.Encode()); p.page.status != http.StatusBadRequest || d.heygen.count("authorization_code") != 0 {
					d.t.Errorf("%s: %d %s", name, p.page.status, p.page.body)
				}
				d.codeOf(p.finish("mia")) // the sign-in goes on by the other way
			}
		}},
		{"RFC 9700 4.7: the way back from HeyGen is good once, and in the browser that went there", func(d *deployment) {
			p, other := d.person(), d.person()
			for _, who := range []*person{p, other} {
				who.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			}
			back := "/oauth/callback?" + url.Values{"state": {p.toHeyGen()}, "error": {"access_denied"}, "iss": {d.heygen.URL}}.Encode()
			if res := d.send(other.web, http.MethodGet, back, ""); res.status != http.StatusBadRequest {
				d.t.Errorf("another browser: %d %s", res.status, res.body)
			}
			if res := d.send(p.web, http.MethodGet, back, ""); res.status != http.StatusOK || !strings.Contains(res.body, "did not agree at HeyGen") {
				d.t.Errorf("%d %s", res.status, res.body)
			}
			if res := d.send(p.web, http.MethodGet, back, ""); res.status != http.StatusBadRequest {
				d.t.Errorf("again: %d %s", res.status, res.body)
			}
		}},
		{"RFC 8414 2: metadata that name an endpoint in the clear or in a private network are not used", func(d *deployment) {
			for _, member := range []string{"authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"} {
				for _, address := range []string{"http://api.example/x", "https://10.0.0.1/x", "ftp://api.example/x"} {
					d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
						if what != "/.well-known/oauth-authorization-server" {
							return false
						}
						m := map[string]any{"issuer": d.heygen.URL, "code_challenge_methods_supported": []string{"S256"}}
						for _, name := range []string{"authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"} {
							m[name] = d.heygen.URL + "/v1/oauth/x"
						}
						m[member] = address
						_ = json.NewEncoder(w).Encode(m) // fails when the server has gone
						return true
					})
					other := d.besides(func(cfg *auth.Config) { cfg.Broker.HeyGenIssuer, cfg.Broker.HeyGenClient = d.heygen.URL, "ours" })
					p := other.person()
					if p.open("/oauth/authorize?" + other.ask(other.public()).Encode()); p.page.status != http.StatusOK || strings.Contains(p.page.body, "Continue with HeyGen") {
						d.t.Errorf("%s %s: HeyGen's sign-in is offered: %d", member, address, p.page.status)
					}
				}
			}
		}},
		{"RFC 7009 1: the tokens of a sign-in that nobody finishes are given back to HeyGen", func(d *deployment) {
			d = d.besides(sweepOften)
			d.atConsent()
			d.atConsent().submit("action", "refuse")
			d.codeOf(d.atConsent().submit("action", "agree"))
			d.revoked(1)
			d.clock.advance(15 * time.Minute)
			d.revoked(2)
		}},
		{"RFC 7636 4.1, 4.3: HeyGen is asked with PKCE and for this server's own address", func(d *deployment) {
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
			p.link("Continue with HeyGen")
			u, err := url.Parse(p.at)
			if err != nil {
				d.t.Fatal(err)
			}
			q := u.Query()
			if q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || q.Get("redirect_uri") != d.url+"/oauth/callback" || q.Get("response_type") != "code" {
				d.t.Errorf("%s", p.at)
			}
		}},
	}
}
