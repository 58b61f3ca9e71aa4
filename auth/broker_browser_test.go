package auth_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestForms tries to send the forms of a sign-in from elsewhere.
func TestForms(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		victim, thief := d.Person(), d.Person()
		client := d.Public()
		victim.Open("/oauth/authorize?" + d.Ask(client).Encode())
		page, at := victim.Page, victim.At
		flow := brokertest.AttributeOf(page.Body, "flow")
		csrf := brokertest.AttributeOf(page.Body, "csrf")
		post := func(p *brokertest.Person, path string, form url.Values, headers ...string) brokertest.Answer {
			return d.Send(p.Web, http.MethodPost, path, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
		}
		good := func() url.Values { return url.Values{"flow": {flow}, "csrf": {csrf}, "api_key": {"sk_sandbox_thief"}} }
		for name, res := range map[string]brokertest.Answer{
			"no csrf":             post(victim, "/oauth/sign-in", brokertest.With(good(), "csrf", "")),
			"wrong csrf":          post(victim, "/oauth/sign-in", brokertest.With(good(), "csrf", csrf[1:]+"0")),
			"another origin":      post(victim, "/oauth/sign-in", good(), "Origin", "https://evil.example"),
			"a null origin":       post(victim, "/oauth/sign-in", good(), "Origin", "null"),
			"another site":        post(victim, "/oauth/sign-in", good(), "Sec-Fetch-Site", "cross-site"),
			"a sibling site":      post(victim, "/oauth/sign-in", good(), "Sec-Fetch-Site", "same-site"),
			"another browser":     post(thief, "/oauth/sign-in", good()),
			"another flow":        post(victim, "/oauth/sign-in", brokertest.With(good(), "flow", "x")),
			"no consent before":   post(victim, "/oauth/consent", brokertest.With(good(), "action", "agree")),
			"not a form":          d.Send(victim.Web, http.MethodPost, "/oauth/sign-in", "{}", "Content-Type", "application/json"),
			"another's page":      d.Send(thief.Web, http.MethodGet, at, ""),
			"another's consent":   d.Send(thief.Web, http.MethodGet, "/oauth/consent?flow="+flow, ""),
			"another's way on":    d.Send(thief.Web, http.MethodGet, "/oauth/heygen?flow="+flow, ""),
			"another's way back":  d.Send(thief.Web, http.MethodGet, "/oauth/callback?code=x&state="+flow+".x", ""),
			"a way back unasked":  d.Send(victim.Web, http.MethodGet, "/oauth/callback?code=x&state="+flow+".", ""),
			"another's way out":   d.Send(thief.Web, http.MethodGet, "/oauth/cancel?flow="+flow, ""),
			"connections unasked": post(victim, "/connections", url.Values{"csrf": {csrf}, "action": {"end"}}),
		} {
			if res.Status != http.StatusBadRequest || res.Header.Get("Location") != "" {
				d.T.Errorf("%s: %d %v", name, res.Status, res.Header)
			}
		}
		// Nothing of that has ended the victim's own sign-in. A key that HeyGen does not know is said to be so.
		victim.Submit("api_key", "sk_wrong")
		if victim.Page.Status != 422 || !strings.Contains(victim.Page.Body, `role="alert"`) {
			d.T.Errorf("a wrong key: %d %s", victim.Page.Status, victim.Page.Body)
		}
		victim.Submit("api_key", "sk_sandbox_mia")
		if !strings.Contains(victim.Page.Body, "<dd>mia</dd>") || !strings.Contains(victim.Page.Body, "12.34 USD") {
			d.T.Errorf("the page does not show whose account it is: %s", victim.Page.Body)
		}
		consent := victim.Page
		d.CodeOf(victim.Submit("action", "agree"))
		// The same form once more makes no second grant.
		again := url.Values{"flow": {brokertest.AttributeOf(consent.Body, "flow")}, "csrf": {brokertest.AttributeOf(consent.Body, "csrf")}, "action": {"agree"}}
		if res := post(victim, "/oauth/consent", again); res.Status != http.StatusBadRequest {
			d.T.Errorf("a form sent twice: %d", res.Status)
		}
	})
}

// TestTheCookie holds what browsers must be told about it.
func TestTheCookie(t *testing.T) {
	t.Parallel()
	d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") }, func(cfg *auth.Config) {
		cfg.Resource, cfg.KeyResource, cfg.AuthorizationServer = "https://mcp.example/team/mcp", "", "https://mcp.example/team"
	})
	client := d.Public()
	for _, path := range []string{"/oauth/authorize", "/team/oauth/authorize"} {
		res := d.Send(d.Client, http.MethodGet, path+"?"+d.Ask(client, "resource", "").Encode(), "")
		cookie := res.Header.Get("Set-Cookie")
		for _, want := range []string{"__Host-heygen-mcp-", "; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s: the cookie %q lacks %q", path, cookie, want)
			}
		}
		if strings.Contains(cookie, "Domain") || !strings.HasPrefix(res.Header.Get("Location"), "https://mcp.example/team/oauth/sign-in?flow=") {
			t.Errorf("%s: %v", path, res.Header)
		}
	}
}

// TestConnections is the page on which a person ends what they connected.
func TestConnections(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		p := d.Person()
		atHeyGen := d.Redeem(d.Redemption(client, d.CodeOf(p.WithHeyGen(d.Ask(client), "mia"))))
		elsewhere, byKey, others := d.SignInAtHeyGen(), d.SignIn("mia"), d.SignIn("noa")
		revoked := func() int { return d.HeyGen.Count("/v1/oauth/revoke") }

		p.Open("/connections")
		if strings.Contains(p.Page.Body, "is stored") {
			d.T.Errorf("it says that what is only looked at is stored: %s", p.Page.Body)
		}
		if !strings.Contains(p.Page.Body, "Sign in to see") {
			d.T.Fatalf("it is open to everybody: %s", p.Page.Body)
		}
		p.Submit("api_key", "sk_sandbox_mia")
		if n := strings.Count(p.Page.Body, ">End this connection<"); n != 3 {
			d.T.Fatalf("%d connections are shown: %s", n, p.Page.Body)
		}
		if p.Submit("grant", "grant_of_somebody_else"); !strings.Contains(p.Page.Body, "It had ended already.") {
			d.T.Errorf("%s", p.Page.Body)
		}
		told := []string{}
		for range 3 {
			p.Submit("grant", brokertest.AttributeOf(p.Page.Body, "grant"))
			_, done, _ := strings.Cut(p.Page.Body, `role="status">`)
			done, _, _ = strings.Cut(done, "</p>")
			told = append(told, done)
		}
		all := strings.Join(told, "\n")
		for _, want := range []string{"HeyGen was told to forget", "does not hold its key", "delete it there"} {
			if strings.Count(all, want) != 1 {
				d.T.Errorf("%q is not said once:\n%s", want, all)
			}
		}
		if revoked() != 1 || !strings.Contains(p.Page.Body, "There are none.") {
			d.T.Errorf("HeyGen was told %d times; %s", revoked(), p.Page.Body)
		}
		for _, ended := range []brokertest.Tokens{atHeyGen, elsewhere, byKey} {
			if d.MCP(ended.Access, "").Status != 401 {
				d.T.Error("a connection that was ended works")
			}
		}
		if d.MCP(others.Access, "").Status != 200 {
			d.T.Error("another account's connection has ended")
		}
		d.Clock.Advance(15 * time.Minute)
		if p.Open("/connections"); !strings.Contains(p.Page.Body, "Sign in to see") {
			d.T.Error("the page stays open for ever")
		}
		// By HeyGen's own sign-in, whose tokens are given back at once.
		before := revoked()
		p.Link("Continue with HeyGen")
		p.Submit("account", "noa")
		if !strings.Contains(p.Page.Body, "End this connection") || revoked() != before+1 {
			d.T.Errorf("HeyGen was told %d times; %s", revoked()-before, p.Page.Body)
		}
		if p.Submit("action", "leave"); !strings.Contains(p.Page.Body, "Signed out") {
			d.T.Errorf("%s", p.Page.Body)
		}
		if p.Open("/connections"); !strings.Contains(p.Page.Body, "Sign in to see") {
			d.T.Error("signing out does not close the page")
		}
	})
}

// TestARevocationReachesEveryReplica holds that what one ends, the others refuse as soon as they have heard.
func TestARevocationReachesEveryReplica(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		if !strings.Contains(d.T.Name(), "PostgreSQL") {
			return // SQLite has one replica
		}
		second := httptest.NewServer(d.Start(d.Open()))
		d.T.Cleanup(second.Close)
		got := d.SignIn("mia")
		there := func() int {
			return d.Send(d.Client, http.MethodPost, second.URL+"/mcp", "", "Authorization", "Bearer "+got.Access).Status
		}
		if d.MCP(got.Access, "").Status != 200 || there() != 200 {
			d.T.Fatal("the token is not good everywhere")
		}
		d.Form("/oauth/revoke", url.Values{"client_id": {got.Client}, "token": {got.Access}})
		if d.MCP(got.Access, "").Status != 401 {
			d.T.Error("a revoked token is good where it was revoked")
		}
		deadline := time.Now().Add(10 * time.Second)
		for there() != 401 {
			if time.Now().After(deadline) {
				d.T.Fatal("a revoked token is good elsewhere")
			}
		}
	})
}
