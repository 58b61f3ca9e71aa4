package oauthrules

import (
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

func answerRules() []Rule {
	return []Rule{
		{"RFC 6749 4.1.2.1: the person's refusal is told", func(d *brokertest.Deployment) {
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			before := p.Link("Cancel")
			p = d.Person()
			p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			p.Submit("api_key", "sk_sandbox_mia")
			for _, at := range []string{before, p.Submit("action", "cancel")} {
				if u, err := url.Parse(at); err != nil || u.Query().Get("error") != "access_denied" || u.Query().Get("iss") != d.URL || u.Query().Get("state") != `s"<&>` {
					d.T.Errorf("sent back to %s", at)
				}
			}
		}},
		{"RFC 9700 4.7: the state comes back as it was", func(d *brokertest.Deployment) {
			for _, state := range []string{strings.Repeat("x", 2000), `a+b c&d=e#f%20"<>`, "é"} {
				u, err := url.Parse(d.Person().WithKey(d.Ask(d.Public(), "state", state), "mia"))
				if err != nil || u.Query().Get("state") != state {
					d.T.Errorf("%q came back as %q", state, u.Query().Get("state"))
				}
			}
			back(d, brokertest.With(d.Ask(d.Public(), "response_type", "token"), "state", ""), "unsupported_response_type")
		}},
		{"RFC 6749 3.1.2: the query of a redirect URI stays", func(d *brokertest.Deployment) {
			client, uri := "known", strings.Replace(brokertest.Querying, "127.0.0.1", "127.0.0.1:49152", 1)
			for at, want := range map[string]string{
				d.Person().WithKey(d.Ask(client, "redirect_uri", uri), "mia"):                                                   "",
				d.Person().Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", uri, "prompt", "none login").Encode()):      "invalid_request",
				d.Person().Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", uri, "response_type", "id_token").Encode()): "unsupported_response_type",
			} {
				u, err := url.Parse(at)
				if err != nil {
					d.T.Fatal(err)
				}
				q := u.Query()
				if q.Get("a") != "1 2" || !q.Has("b") || q.Get("é") != "&" || q.Get("iss") != d.URL || q.Get("state") != `s"<&>` || u.Fragment != "" || q.Get("error") != want || q.Has("code") == (want != "") {
					d.T.Errorf("sent back to %s", at)
				}
			}
			// It does not speak in this server's place.
			for _, name := range []string{"iss", "state", "code", "error"} {
				brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["http://127.0.0.1/cb?`+name+`=evil"]}`), 400, "invalid_redirect_uri")
			}
		}},
		{"RFC 9207 2: the issuer is in every answer, as the metadata spell it", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			p.Open("/oauth/authorize?" + d.Ask(client).Encode())
			issuer := d.Send(d.Client, http.MethodGet, "/.well-known/oauth-authorization-server", "").Text("issuer")
			for name, at := range map[string]string{
				"a code":              d.Person().WithKey(d.Ask(client), "mia"),
				"a code to a host":    d.Person().WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mia"),
				"a refusal":           p.Link("Cancel"),
				"an error found here": d.Person().Open("/oauth/authorize?" + d.Ask(client, "scope", "x", "redirect_uri", brokertest.Hosted).Encode()),
				"one of the library":  d.Person().Open("/oauth/authorize?" + d.Ask(client, "prompt", "none consent", "redirect_uri", brokertest.Hosted).Encode()),
			} {
				u, err := url.Parse(at)
				if err != nil || len(u.Query()["iss"]) != 1 || u.Query().Get("iss") != issuer || issuer != d.URL {
					d.T.Errorf("%s: %s", name, at)
				}
			}
		}},
		{"RFC 9207 2.3: where iss is turned off, it is neither sent nor promised", func(d *brokertest.Deployment) {
			silent := d.Besides(func(cfg *auth.Config) { cfg.Broker.OmitIssuer = true })
			client := silent.Public()
			for _, at := range []string{silent.Person().WithKey(silent.Ask(client), "mia"),
				silent.Person().Open("/oauth/authorize?" + silent.Ask(client, "scope", "x", "redirect_uri", brokertest.Hosted).Encode()),
				silent.Person().Open("/oauth/authorize?" + silent.Ask(client, "prompt", "none consent", "redirect_uri", brokertest.Hosted).Encode())} {
				if u, err := url.Parse(at); err != nil || u.Query().Has("iss") || u.Query().Get("state") == "" {
					d.T.Errorf("sent back to %s", at)
				}
			}
			res := silent.Send(d.Client, http.MethodGet, "/.well-known/oauth-authorization-server", "")
			if !strings.Contains(res.Body, `"authorization_response_iss_parameter_supported":false`) {
				d.T.Errorf("%s", res.Body)
			}
		}},
		{"RFC 9700 4.2.4, 4.3.2: no answer with a code or an error is kept, or told on by a Referer", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			p.Open("/oauth/authorize?" + d.Ask(client).Encode())
			p.Submit("api_key", "sk_sandbox_mia")
			for name, res := range map[string]brokertest.Answer{
				"an error":  d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(client, "scope", "x", "redirect_uri", brokertest.Hosted).Encode(), ""),
				"a sign-in": d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(client).Encode(), ""),
				"a code":    p.Send("/oauth/consent", "action", "agree"),
			} {
				if res.Header.Get("Location") == "" || res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Referrer-Policy") != "no-referrer" || res.Body != "" {
					d.T.Errorf("%s: %d %v %s", name, res.Status, res.Header, res.Body)
				}
			}
		}},
		{"RFC 9700 4.12: a form is answered with 303, which does not send it on", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			p.Open("/oauth/authorize?" + d.Ask(client).Encode())
			first := p.Send("/oauth/sign-in", "api_key", "sk_sandbox_mia")
			p.Open(first.Header.Get("Location"))
			if second := p.Send("/oauth/consent", "action", "agree"); first.Status != http.StatusSeeOther || second.Status != http.StatusSeeOther {
				d.T.Errorf("%d, then %d", first.Status, second.Status)
			}
		}},
		{"RFC 6585 4: a server that is busy says so on a page, and when to come again; who signed in before has a place", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			d.CodeOf(p.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mia"))
			for range 110 * d.Replicas { // each bounds its own
				d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(client).Encode(), "")
			}
			res := d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(client).Encode(), "")
			if res.Status != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" || !strings.Contains(res.Body, "Too many people are signing in") {
				d.T.Errorf("%d %v %s", res.Status, res.Header, res.Body)
			}
			if at := p.Open("/oauth/authorize?" + d.Ask(client, "prompt", "login").Encode()); p.Page.Status != http.StatusOK {
				d.T.Errorf("somebody who is known is at %s: %d %s", at, p.Page.Status, p.Page.Body)
			}
			d.CodeOf(p.Finish("mia"))
		}},
	}
}
