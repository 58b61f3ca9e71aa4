package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// TestTheStoreFails holds that a step which cannot be stored ends on a page that says so, gives
// nobody a code and tells the user nothing of what went wrong; the log has it.
func TestTheStoreFails(t *testing.T) {
	t.Parallel()
	type bench = brokertest.Deployment
	type user = brokertest.Person
	ask := func(d *bench, client string) string {
		return "/oauth/authorize?" + d.Ask(client, "redirect_uri", brokertest.Hosted).Encode()
	}
	atSignIn := func(d *bench, p *user) { p.Open(ask(d, d.Public())) }
	atConsent := func(d *bench, p *user) { atSignIn(d, p); p.Submit("api_key", "sk_sandbox_mia") }
	atAgain := func(d *bench, p *user) {
		client := d.Public()
		p.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mia")
		p.Open(ask(d, client))
	}
	atDevice := func(d *bench, p *user) {
		begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {d.Public()}})
		p.Open(begun.Text("verification_uri_complete"))
	}
	atDeviceConsent := func(d *bench, p *user) {
		begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {d.Public()}})
		p.Open(begun.Text("verification_uri_complete"))
		p.Submit("user_code", begun.Text("user_code"))
		p.Submit("api_key", "sk_sandbox_mia")
	}
	atConnections := func(d *bench, p *user) {
		d.SignIn("mia")
		p.Open("/connections")
		p.Submit("api_key", "sk_sandbox_mia")
	}
	send := func(path string, fields ...string) func(*bench, *user) brokertest.Answer {
		return func(_ *bench, p *user) brokertest.Answer { return p.Send(path, fields...) }
	}
	get := func(path string) func(*bench, *user) brokertest.Answer {
		return func(d *bench, p *user) brokertest.Answer {
			if path == "" {
				path = p.At
			}
			return d.Send(p.Web, http.MethodGet, path, "")
		}
	}
	again := func(d *bench, p *user) brokertest.Answer { return d.Send(p.Web, http.MethodGet, p.At, "") }
	end := func(_ *bench, p *user) brokertest.Answer {
		return p.Send("/connections", "action", "end", "grant", brokertest.AttributeOf(p.Page.Body, "grant"))
	}
	change := func(_ *bench, p *user) brokertest.Answer {
		return p.Send("/connections", "action", "change", "spend_cap_daily", "1", "grant", brokertest.AttributeOf(p.Page.Body, "grant"))
	}
	toHeyGen := func(d *bench, p *user) brokertest.Answer {
		u, err := url.Parse(p.At)
		if err != nil {
			t.Fatal(err)
		}
		return d.Send(p.Web, http.MethodGet, "/oauth/heygen?"+u.RawQuery, "")
	}
	for _, c := range []struct {
		fails string
		at    func(*bench, *user)
		then  func(*bench, *user) brokertest.Answer
	}{
		{"Flow", atSignIn, again},
		{"PutFlow", atSignIn, send("/oauth/sign-in", "api_key", "sk_sandbox_mia")},
		{"ReplaceSession", atSignIn, send("/oauth/sign-in", "api_key", "sk_sandbox_mia")},
		{"Session", atSignIn, send("/oauth/sign-in", "api_key", "sk_sandbox_mia")},
		{"PutFlow", atSignIn, toHeyGen},
		{"PutSession", atConsent, send("/oauth/consent", "action", "agree")},
		{"PutClient", atConsent, send("/oauth/consent", "action", "agree")},
		{"Connect", atConsent, send("/oauth/consent", "action", "agree")},
		{"TakeFlow", atConsent, send("/oauth/consent", "action", "refuse")},
		{"ConnectDevice", atDeviceConsent, send("/oauth/consent", "action", "agree")},
		{"DenyDevice", atDeviceConsent, send("/oauth/consent", "action", "refuse")},
		{"DeviceOfUser", atDevice, send("/oauth/device", "user_code", "BBBB-BBBB")},
		{"Wraps", atAgain, again},
		{"Grant", atAgain, again},
		{"Session", atAgain, again},
		{"PutFlow", atAgain, send("/oauth/again", "action", "other")},
		{"Reconnect", atAgain, send("/oauth/again", "action", "continue")},
		{"Wraps", atAgain, send("/oauth/again", "action", "continue")},
		{"Session", atConnections, get("/connections")},
		{"GrantsOf", atConnections, get("/connections")},
		{"PutSession", atConnections, send("/connections", "action", "leave")},
		{"Session", atConnections, end},
		{"Grant", atConnections, end},
		{"Wraps", atConnections, end},
		{"EndGrant", atConnections, end},
		{"CallsOf", atConnections, get("/connections")},
		{"ChangeTerms", atConnections, change},
		{"GrantsOf", atConnections, send("/connections", "action", "end-all")},
		{"EndSessions", atConnections, send("/connections", "action", "leave-everywhere")},
		{"GrantsOf", atConsent, again},
		{"DropFlow", func(_ *bench, p *user) { p.Open("/connections") }, send("/oauth/sign-in", "api_key", "sk_sandbox_mia")},
		{"PutFlow", func(*bench, *user) {}, get("/connections")},
	} {
		t.Run(c.fails, func(t *testing.T) {
			t.Parallel()
			d, store := brokertest.DeployFailing(t)
			p := d.Person()
			c.at(d, p)
			store.Fail(c.fails)
			res := c.then(d, p)
			if res.Status != http.StatusInternalServerError || !strings.Contains(res.Body, "Something went wrong here") {
				t.Errorf("got %d %s, want a page with 500", res.Status, res.Body)
			}
			if strings.Contains(res.Body, "the store fails") || res.Header.Get("Location") != "" {
				t.Errorf("the page tells too much: %v %s", res.Header, res.Body)
			}
			if !strings.Contains(d.Log.String(), "the store fails") {
				t.Errorf("the log does not say what failed: %s", d.Log)
			}
		})
	}
}

// TestAuthorizeWhileTheStoreFails holds that a request which cannot be stored is shown as a failure
// and not redirected.
func TestAuthorizeWhileTheStoreFails(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"Client", "PutFlow"} {
		d, store := brokertest.DeployFailing(t)
		client := d.Public()
		store.Fail(method)
		res := d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(client).Encode(), "")
		if res.Status != http.StatusInternalServerError || res.Header.Get("Location") != "" || strings.Contains(res.Body, "the store fails") {
			t.Errorf("%s fails: %d %v %s", method, res.Status, res.Header, res.Body)
		}
	}
}

// TestFormsOutOfOrder holds that a step that was not reached leads to no other.
func TestFormsOutOfOrder(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
	for path, action := range map[string]string{"/oauth/consent": "agree", "/oauth/again": "continue"} {
		if res := p.Send(path, "action", action); res.Status != http.StatusBadRequest || res.Header.Get("Location") != "" {
			t.Errorf("%s: %d %v", path, res.Status, res.Header)
		}
	}
	at := p.At
	for _, path := range []string{"/oauth/consent?", "/oauth/again?"} {
		res := d.Send(p.Web, http.MethodGet, strings.Replace(at, "/oauth/sign-in?", path, 1), "")
		if res.Status != http.StatusSeeOther || res.Header.Get("Location") != at {
			t.Errorf("%s leads to %d %s, want %s", path, res.Status, res.Header.Get("Location"), at)
		}
	}
	connections := d.Person()
	connections.Open("/connections")
	flow := brokertest.AttributeOf(connections.Page.Body, "flow")
	if res := d.Send(connections.Web, http.MethodGet, "/oauth/cancel?flow="+flow, ""); res.Status != http.StatusBadRequest {
		t.Errorf("cancel of a sign-in that no client waits for: %d", res.Status)
	}
	if res := connections.Send("/oauth/sign-in", "api_key", "two words"); res.Status != http.StatusUnprocessableEntity {
		t.Errorf("what is no key: %d", res.Status)
	}
}
