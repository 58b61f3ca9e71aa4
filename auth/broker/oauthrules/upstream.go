package oauthrules

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

func upstreamRules() []Rule {
	return []Rule{
		{"RFC 9207 2.4: a code that is not named as HeyGen's is not sent to HeyGen", func(d *brokertest.Deployment) {
			for name, issuer := range map[string]url.Values{"another's": {"iss": {"https://evil.example"}}, "nobody's": {}, "two": {"iss": {"https://evil.example", d.HeyGen.URL}}} {
				p := d.Person()
				p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
				state := p.ToHeyGen()
				issuer.Set("state", state)
				issuer.Set("code", "x")
				if p.Open("/oauth/callback?" + issuer.Encode()); p.Page.Status != http.StatusBadRequest || d.HeyGen.Count("authorization_code") != 0 {
					d.T.Errorf("%s: %d %s", name, p.Page.Status, p.Page.Body)
				}
				d.CodeOf(p.Finish("mia")) // the sign-in goes on by the other way
			}
		}},
		{"RFC 9700 4.7: the way back from HeyGen is good once, and in the browser that went there", func(d *brokertest.Deployment) {
			p, other := d.Person(), d.Person()
			for _, who := range []*brokertest.Person{p, other} {
				who.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			}
			back := "/oauth/callback?" + url.Values{"state": {p.ToHeyGen()}, "error": {"access_denied"}, "iss": {d.HeyGen.URL}}.Encode()
			if res := d.Send(other.Web, http.MethodGet, back, ""); res.Status != http.StatusBadRequest {
				d.T.Errorf("another browser: %d %s", res.Status, res.Body)
			}
			if res := d.Send(p.Web, http.MethodGet, back, ""); res.Status != http.StatusOK || !strings.Contains(res.Body, "did not agree at HeyGen") {
				d.T.Errorf("%d %s", res.Status, res.Body)
			}
			if res := d.Send(p.Web, http.MethodGet, back, ""); res.Status != http.StatusBadRequest {
				d.T.Errorf("again: %d %s", res.Status, res.Body)
			}
		}},
		{"RFC 8414 2: metadata that name an endpoint in the clear or in a private network are not used", func(d *brokertest.Deployment) {
			for _, member := range []string{"authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"} {
				for _, address := range []string{"http://api.example/x", "https://10.0.0.1/x", "ftp://api.example/x"} {
					d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
						if what != "/.well-known/oauth-authorization-server" {
							return false
						}
						m := map[string]any{"issuer": d.HeyGen.URL, "code_challenge_methods_supported": []string{"S256"}}
						for _, name := range []string{"authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"} {
							m[name] = d.HeyGen.URL + "/v1/oauth/x"
						}
						m[member] = address
						_ = json.NewEncoder(w).Encode(m) // fails when the server has gone
						return true
					})
					other := d.Besides(func(cfg *auth.Config) { cfg.Broker.HeyGenIssuer, cfg.Broker.HeyGenClient = d.HeyGen.URL, "ours" })
					p := other.Person()
					if p.Open("/oauth/authorize?" + other.Ask(other.Public()).Encode()); p.Page.Status != http.StatusOK || strings.Contains(p.Page.Body, "Continue with HeyGen") {
						d.T.Errorf("%s %s: HeyGen's sign-in is offered: %d", member, address, p.Page.Status)
					}
				}
			}
		}},
		{"RFC 7009 1: the tokens of a sign-in that nobody finishes are given back to HeyGen", func(d *brokertest.Deployment) {
			d = d.Besides(brokertest.SweepOften)
			d.AtConsent()
			d.AtConsent().Submit("action", "refuse")
			d.CodeOf(d.AtConsent().Submit("action", "agree"))
			d.Revoked(1)
			d.Clock.Advance(15 * time.Minute)
			d.Revoked(2)
		}},
		{"RFC 7636 4.1, 4.3: HeyGen is asked with PKCE and for this server's own address", func(d *brokertest.Deployment) {
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			p.Link("Continue with HeyGen")
			u, err := url.Parse(p.At)
			if err != nil {
				d.T.Fatal(err)
			}
			q := u.Query()
			if q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || q.Get("redirect_uri") != d.URL+"/oauth/callback" || q.Get("response_type") != "code" {
				d.T.Errorf("%s", p.At)
			}
		}},
	}
}
