package auth_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth"
)

// mayGoOn says whether a request leads to the page that asks whether to connect again.
func (p *person) mayGoOn(ask url.Values) bool {
	p.d.t.Helper()
	return strings.HasPrefix(p.open("/oauth/authorize?"+ask.Encode()), p.d.url+"/oauth/again?")
}

// TestConsentIsRemembered holds when a person need not sign in again: for a web address alone, in the same browser, for no
// more than before, and never without a press.
func TestConsentIsRemembered(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		client := d.public()
		p := d.person()
		code := d.codeOf(p.withKey(d.ask(client, "redirect_uri", hosted, "scope", "heygen:write"), "mia"))
		first := d.redeem(d.redemption(client, code, "redirect_uri", hosted))
		same := func(pairs ...string) url.Values {
			return d.ask(client, append([]string{"redirect_uri", hosted, "scope", "heygen:write"}, pairs...)...)
		}
		for name, asked := range map[string]bool{
			"the same":          !p.mayGoOn(same()),
			"less":              !p.mayGoOn(same("scope", "heygen:read")),
			"another browser":   d.person().mayGoOn(same()),
			"more":              p.mayGoOn(same("scope", "heygen:delete")),
			"asked to ask":      p.mayGoOn(same("prompt", "consent")),
			"a loopback":        p.mayGoOn(same("redirect_uri", callback)),
			"another client":    p.mayGoOn(same("client_id", d.public())),
			"asked to sign in":  p.mayGoOn(same("prompt", "login")),
			"choose an account": p.mayGoOn(same("prompt", "select_account")),
		} {
			if asked {
				d.t.Errorf("%s: it is remembered, or not, where it should be the other way round", name)
			}
		}
		p.mayGoOn(same("scope", "heygen:read"))
		for _, want := range []string{"wants to connect again", "<bdi class=\"client\">Claude</bdi>", "<dd>mia</dd>", "claude.ai", ">Continue<", ">Not me<", "See your avatars"} {
			if !strings.Contains(p.page.body, want) {
				d.t.Errorf("the page lacks %q: %s", want, p.page.body)
			}
		}
		page := *p
		second := d.redeem(d.redemption(client, d.codeOf(p.submit("action", "continue")), "redirect_uri", hosted))
		if second.scope != "heygen:read" || d.mcp(second.access, "?call").status != 200 || d.mcp(second.access, "").body != d.mcp(first.access, "").body {
			d.t.Errorf("the second connection: %+v", second)
		}
		if res := page.send("/oauth/again", "action", "continue"); res.status != http.StatusBadRequest || res.header.Get("Location") != "" {
			d.t.Errorf("a form sent twice: %d %v", res.status, res.header)
		}
		d.events.mu.Lock()
		for _, e := range d.events.all {
			if e.What == "consent" && (e.Caller == "" || e.Client != client) {
				d.t.Errorf("the audit log does not say whose consent it is: %+v", e)
			}
		}
		d.events.mu.Unlock()
		// Somebody else sits there, and signs in.
		p.mayGoOn(same())
		if at := p.submit("action", "other"); !strings.HasPrefix(at, d.url+"/oauth/sign-in?") {
			d.t.Fatalf("not me: at %s", at)
		}
		flow := strings.TrimPrefix(p.at, d.url+"/oauth/sign-in?")
		other := d.redeem(d.redemption(client, d.codeOf(p.finish("noa")), "redirect_uri", hosted))
		if d.mcp(other.access, "").body == d.mcp(first.access, "").body {
			d.t.Error("whoever said that it is not them got the other's account")
		}
		if p.open("/oauth/again?" + flow); p.page.status != http.StatusBadRequest {
			d.t.Errorf("a flow that has ended: %d", p.page.status)
		}
		// A connection that has ended meanwhile is no way in.
		p = d.person()
		again := d.redeem(d.redemption(client, d.codeOf(p.withKey(same(), "mia")), "redirect_uri", hosted))
		p.mayGoOn(same())
		d.form("/oauth/revoke", url.Values{"client_id": {client}, "token": {again.refresh}})
		if at := p.submit("action", "continue"); !strings.HasPrefix(at, d.url+"/oauth/sign-in?") {
			d.t.Errorf("after the connection has ended: at %s", at)
		}
		p.withKey(same(), "mia")
		d.clock.advance(31 * 24 * 3600 * 1e9)
		if p.mayGoOn(same()) {
			d.t.Error("it is remembered beyond the cookie's month")
		}
	})
}

// TestNoCodeWithoutAPress is a malicious server that acts as its own authorization server: it sends the browser of its
// user here, in the name of a client that the person allowed before, with a challenge and a state of its own. Where a GET
// is answered with a code, the client takes that for the malicious server's and hands it over.
func TestNoCodeWithoutAPress(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		s := newSite(d.t)
		d = d.besides(func(cfg *auth.Config) {
			cfg.Broker.Documents = s.web
			cfg.Broker.Clients = []auth.Client{{ID: "the-operators", Name: "Ours", Redirects: []string{"https://ours.example/cb"}}}
		})
		const document, own = "https://claude.ai/oauth/client.json", "https://tool.example/cb"
		s.put(document, `{"client_id":"`+document+`","client_name":"Claude","redirect_uris":["`+hosted+`"]}`)
		s.put(documentID, documentGood)
		for client, redirect := range map[string]string{document: hosted, documentID: own, "the-operators": "https://ours.example/cb", d.public(): hosted} {
			p := d.person()
			d.codeOf(p.withKey(d.ask(client, "redirect_uri", redirect), "mia"))
			before := d.events.count("consent")
			for _, prompt := range []string{"", "none"} {
				evil := d.ask(client, "redirect_uri", redirect, "state", "of the attacker", "code_challenge", challengeOf(strings.Repeat("e", 43)), "prompt", prompt)
				at := p.open("/oauth/authorize?" + evil.Encode())
				if strings.Contains(at, "code=") || prompt == "" && !strings.HasPrefix(at, d.url+"/oauth/again?") {
					d.t.Errorf("%s, prompt=%s: the browser ends at %s", client, prompt, at)
				}
				if prompt == "none" && p.page.status == http.StatusOK && !strings.Contains(at, "error=interaction_required") {
					d.t.Errorf("%s, prompt=none: the browser ends at %s: %s", client, at, p.page.body)
				}
			}
			// The form is taken from its own page, in its own browser.
			p.mayGoOn(d.ask(client, "redirect_uri", redirect))
			theirs := d.person()
			theirs.open("/oauth/authorize?" + d.ask(client, "redirect_uri", redirect).Encode())
			flow, csrf := attributeOf(p.page.body, "flow"), attributeOf(p.page.body, "csrf")
			thief := *theirs
			thief.page = p.page
			for name, res := range map[string]answer{
				"a GET":           d.send(p.web, http.MethodGet, "/oauth/again?flow="+flow+"&csrf="+csrf+"&action=continue", ""),
				"no word":         p.send("/oauth/again", "action", "continue", "csrf", ""),
				"another's word":  p.send("/oauth/again", "action", "continue", "csrf", attributeOf(theirs.page.body, "csrf")),
				"another browser": thief.send("/oauth/again", "action", "continue"),
				"another's flow":  theirs.send("/oauth/again", "action", "continue"),
				"another site": d.send(p.web, http.MethodPost, "/oauth/again", url.Values{"flow": {flow}, "csrf": {csrf}, "action": {"continue"}}.Encode(),
					"Content-Type", "application/x-www-form-urlencoded", "Origin", "https://evil.example"),
			} {
				if res.header.Get("Location") != "" || name != "a GET" && res.status != http.StatusBadRequest {
					d.t.Errorf("%s, %s: %d %v", client, name, res.status, res.header)
				}
			}
			if d.events.count("consent") != before {
				d.t.Errorf("%s: consent was given without a press", client)
			}
			d.codeOf(p.submit("action", "continue"))
		}
	})
}
