package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestConsentIsRemembered holds when a person need not sign in again: for a web address alone, in
// the same browser, for no more than before, and never without a press.
func TestConsentIsRemembered(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		p := d.Person()
		code := d.CodeOf(p.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted, "scope", "heygen:write"), "mia"))
		first := d.Redeem(d.Redemption(client, code, "redirect_uri", brokertest.Hosted))
		same := func(pairs ...string) url.Values {
			return d.Ask(client, append([]string{"redirect_uri", brokertest.Hosted, "scope", "heygen:write"}, pairs...)...)
		}
		for name, asked := range map[string]bool{
			"the same":          !p.MayGoOn(same()),
			"less":              !p.MayGoOn(same("scope", "heygen:read")),
			"another browser":   d.Person().MayGoOn(same()),
			"more":              p.MayGoOn(same("scope", "heygen:delete")),
			"asked to ask":      p.MayGoOn(same("prompt", "consent")),
			"a loopback":        p.MayGoOn(same("redirect_uri", brokertest.Callback)),
			"another client":    p.MayGoOn(same("client_id", d.Public())),
			"asked to sign in":  p.MayGoOn(same("prompt", "login")),
			"choose an account": p.MayGoOn(same("prompt", "select_account")),
		} {
			if asked {
				d.T.Errorf("%s: it is remembered, or not, where it should be the other way round", name)
			}
		}
		p.MayGoOn(same("scope", "heygen:read"))
		for _, want := range []string{"wants to connect again", "<bdi class=\"client\">Claude</bdi>", "<dd>mia</dd>", "claude.ai", ">Continue<", ">Not me<", "See your avatars"} {
			if !strings.Contains(p.Page.Body, want) {
				d.T.Errorf("the page lacks %q: %s", want, p.Page.Body)
			}
		}
		page := *p
		second := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "continue")), "redirect_uri", brokertest.Hosted))
		if second.Scope != "heygen:read" || d.MCP(second.Access, "?call").Status != 200 || d.MCP(second.Access, "").Body != d.MCP(first.Access, "").Body {
			d.T.Errorf("the second connection: %+v", second)
		}
		if res := page.Send("/oauth/again", "action", "continue"); res.Status != http.StatusBadRequest || res.Header.Get("Location") != "" {
			d.T.Errorf("a form sent twice: %d %v", res.Status, res.Header)
		}
		for _, e := range d.Events.All() {
			if e.What == "consent" && (e.Caller == "" || e.Client != client) {
				d.T.Errorf("the audit log does not say whose consent it is: %+v", e)
			}
		}
		// Somebody else sits there, and signs in.
		p.MayGoOn(same())
		if at := p.Submit("action", "other"); !strings.HasPrefix(at, d.URL+"/oauth/sign-in?") {
			d.T.Fatalf("not me: at %s", at)
		}
		flow := strings.TrimPrefix(p.At, d.URL+"/oauth/sign-in?")
		other := d.Redeem(d.Redemption(client, d.CodeOf(p.Finish("noa")), "redirect_uri", brokertest.Hosted))
		if d.MCP(other.Access, "").Body == d.MCP(first.Access, "").Body {
			d.T.Error("whoever said that it is not them got the other's account")
		}
		if p.Open("/oauth/again?" + flow); p.Page.Status != http.StatusBadRequest {
			d.T.Errorf("a flow that has ended: %d", p.Page.Status)
		}
		// A connection that has ended meanwhile is no way in.
		p = d.Person()
		again := d.Redeem(d.Redemption(client, d.CodeOf(p.WithKey(same(), "mia")), "redirect_uri", brokertest.Hosted))
		p.MayGoOn(same())
		d.Form("/oauth/revoke", url.Values{"client_id": {client}, "token": {again.Refresh}})
		if at := p.Submit("action", "continue"); !strings.HasPrefix(at, d.URL+"/oauth/sign-in?") {
			d.T.Errorf("after the connection has ended: at %s", at)
		}
		p.WithKey(same(), "mia")
		d.Clock.Advance(31 * 24 * 3600 * 1e9)
		if p.MayGoOn(same()) {
			d.T.Error("it is remembered beyond the cookie's month")
		}
	})
}

// TestNoCodeWithoutAPress is a malicious server that acts as its own authorization server: it sends
// the browser of its user here, in the name of a client that the person allowed before, with a
// challenge and a state of its own. Where a GET is answered with a code, the client takes that for
// the malicious server's and hands it over.
func TestNoCodeWithoutAPress(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		s := brokertest.NewSite(d.T)
		d = d.Besides(func(cfg *auth.Config) {
			cfg.Broker.Documents = s.Web
			cfg.Broker.Clients = []auth.Client{{ID: "the-operators", Name: "Ours", Redirects: []string{"https://ours.example/cb"}}}
		})
		const document, own = "https://claude.ai/oauth/client.json", "https://tool.example/cb"
		s.Put(document, `{"client_id":"`+document+`","client_name":"Claude","redirect_uris":["`+brokertest.Hosted+`"]}`)
		s.Put(brokertest.DocumentID, brokertest.DocumentGood)
		for client, redirect := range map[string]string{document: brokertest.Hosted, brokertest.DocumentID: own, "the-operators": "https://ours.example/cb", d.Public(): brokertest.Hosted} {
			p := d.Person()
			d.CodeOf(p.WithKey(d.Ask(client, "redirect_uri", redirect), "mia"))
			before := d.Events.Count("consent")
			for _, prompt := range []string{"", "none"} {
				evil := d.Ask(client, "redirect_uri", redirect, "state", "of the attacker", "code_challenge", brokertest.ChallengeOf(strings.Repeat("e", 43)), "prompt", prompt)
				at := p.Open("/oauth/authorize?" + evil.Encode())
				if strings.Contains(at, "code=") || prompt == "" && !strings.HasPrefix(at, d.URL+"/oauth/again?") {
					d.T.Errorf("%s, prompt=%s: the browser ends at %s", client, prompt, at)
				}
				if prompt == "none" && p.Page.Status == http.StatusOK && !strings.Contains(at, "error=interaction_required") {
					d.T.Errorf("%s, prompt=none: the browser ends at %s: %s", client, at, p.Page.Body)
				}
			}
			// The form is taken from its own page, in its own browser.
			p.MayGoOn(d.Ask(client, "redirect_uri", redirect))
			theirs := d.Person()
			theirs.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", redirect).Encode())
			flow, csrf := brokertest.AttributeOf(p.Page.Body, "flow"), brokertest.AttributeOf(p.Page.Body, "csrf")
			thief := *theirs
			thief.Page = p.Page
			for name, res := range map[string]brokertest.Answer{
				"a GET":           d.Send(p.Web, http.MethodGet, "/oauth/again?flow="+flow+"&csrf="+csrf+"&action=continue", ""),
				"no word":         p.Send("/oauth/again", "action", "continue", "csrf", ""),
				"another's word":  p.Send("/oauth/again", "action", "continue", "csrf", brokertest.AttributeOf(theirs.Page.Body, "csrf")),
				"another browser": thief.Send("/oauth/again", "action", "continue"),
				"another's flow":  theirs.Send("/oauth/again", "action", "continue"),
				"another site": d.Send(p.Web, http.MethodPost, "/oauth/again", url.Values{"flow": {flow}, "csrf": {csrf}, "action": {"continue"}}.Encode(),
					"Content-Type", "application/x-www-form-urlencoded", "Origin", "https://evil.example"),
			} {
				if res.Header.Get("Location") != "" || name != "a GET" && res.Status != http.StatusBadRequest {
					d.T.Errorf("%s, %s: %d %v", client, name, res.Status, res.Header)
				}
			}
			if d.Events.Count("consent") != before {
				d.T.Errorf("%s: consent was given without a press", client)
			}
			d.CodeOf(p.Submit("action", "continue"))
		}
	})
}
