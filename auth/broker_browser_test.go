package auth_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// TestForms tries to send the forms of a sign-in from elsewhere.
func TestForms(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		victim, thief := d.person(), d.person()
		client := d.public()
		victim.open("/oauth/authorize?" + d.ask(client).Encode())
		page, at := victim.page, victim.at
		flow := attributeOf(page.body, "flow")
		csrf := attributeOf(page.body, "csrf")
		post := func(p *person, path string, form url.Values, headers ...string) answer {
			return d.send(p.web, http.MethodPost, path, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
		}
		good := func() url.Values { return url.Values{"flow": {flow}, "csrf": {csrf}, "api_key": {"sk_sandbox_thief"}} }
		for name, res := range map[string]answer{
			"no csrf":             post(victim, "/oauth/sign-in", with(good(), "csrf", "")),
			"wrong csrf":          post(victim, "/oauth/sign-in", with(good(), "csrf", csrf[1:]+"0")),
			"another origin":      post(victim, "/oauth/sign-in", good(), "Origin", "https://evil.example"),
			"a null origin":       post(victim, "/oauth/sign-in", good(), "Origin", "null"),
			"another site":        post(victim, "/oauth/sign-in", good(), "Sec-Fetch-Site", "cross-site"),
			"a sibling site":      post(victim, "/oauth/sign-in", good(), "Sec-Fetch-Site", "same-site"),
			"another browser":     post(thief, "/oauth/sign-in", good()),
			"another flow":        post(victim, "/oauth/sign-in", with(good(), "flow", "x")),
			"no consent before":   post(victim, "/oauth/consent", with(good(), "action", "agree")),
			"not a form":          d.send(victim.web, http.MethodPost, "/oauth/sign-in", "{}", "Content-Type", "application/json"),
			"another's page":      d.send(thief.web, http.MethodGet, at, ""),
			"another's consent":   d.send(thief.web, http.MethodGet, "/oauth/consent?flow="+flow, ""),
			"another's way on":    d.send(thief.web, http.MethodGet, "/oauth/heygen?flow="+flow, ""),
			"another's way back":  d.send(thief.web, http.MethodGet, "/oauth/callback?code=x&state="+flow+".x", ""),
			"a way back unasked":  d.send(victim.web, http.MethodGet, "/oauth/callback?code=x&state="+flow+".", ""),
			"another's way out":   d.send(thief.web, http.MethodGet, "/oauth/cancel?flow="+flow, ""),
			"connections unasked": post(victim, "/connections", url.Values{"csrf": {csrf}, "action": {"end"}}),
		} {
			if res.status != http.StatusBadRequest || res.header.Get("Location") != "" {
				d.t.Errorf("%s: %d %v", name, res.status, res.header)
			}
		}
		// Nothing of that has ended the victim's own sign-in. A key that HeyGen does not know is said to be so.
		victim.submit("api_key", "sk_wrong")
		if victim.page.status != 422 || !strings.Contains(victim.page.body, `role="alert"`) {
			d.t.Errorf("a wrong key: %d %s", victim.page.status, victim.page.body)
		}
		victim.submit("api_key", "sk_sandbox_mia")
		if !strings.Contains(victim.page.body, "<dd>mia</dd>") || !strings.Contains(victim.page.body, "12.34 USD") {
			d.t.Errorf("the page does not show whose account it is: %s", victim.page.body)
		}
		consent := victim.page
		d.codeOf(victim.submit("action", "agree"))
		// The same form once more makes no second grant.
		again := url.Values{"flow": {attributeOf(consent.body, "flow")}, "csrf": {attributeOf(consent.body, "csrf")}, "action": {"agree"}}
		if res := post(victim, "/oauth/consent", again); res.status != http.StatusBadRequest {
			d.t.Errorf("a form sent twice: %d", res.status)
		}
	})
}

// attributeOf is the value of a hidden field.
func attributeOf(page, name string) string {
	_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

// TestTheCookie holds what browsers must be told about it.
func TestTheCookie(t *testing.T) {
	t.Parallel()
	d := deploy(t, func() auth.Store { return opened(t, "", "") }, func(cfg *auth.Config) {
		cfg.Resource, cfg.KeyResource, cfg.AuthorizationServer = "https://mcp.example/team/mcp", "", "https://mcp.example/team"
	})
	client := d.public()
	for _, path := range []string{"/oauth/authorize", "/team/oauth/authorize"} {
		res := d.send(d.client, http.MethodGet, path+"?"+d.ask(client, "resource", "").Encode(), "")
		cookie := res.header.Get("Set-Cookie")
		for _, want := range []string{"__Host-heygen-mcp-", "; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("%s: the cookie %q lacks %q", path, cookie, want)
			}
		}
		if strings.Contains(cookie, "Domain") || !strings.HasPrefix(res.header.Get("Location"), "https://mcp.example/team/oauth/sign-in?flow=") {
			t.Errorf("%s: %v", path, res.header)
		}
	}
}

// TestConnections is the page on which a person ends what they connected.
func TestConnections(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		client := d.public()
		p := d.person()
		atHeyGen := d.redeem(d.redemption(client, d.codeOf(p.withHeyGen(d.ask(client), "mia"))))
		elsewhere, byKey, others := d.signInAtHeyGen(), d.signIn("mia"), d.signIn("noa")
		revoked := func() int { return d.heygen.count("/v1/oauth/revoke") }

		p.open("/connections")
		if strings.Contains(p.page.body, "is stored") {
			d.t.Errorf("it says that what is only looked at is stored: %s", p.page.body)
		}
		if !strings.Contains(p.page.body, "Sign in to see") {
			d.t.Fatalf("it is open to everybody: %s", p.page.body)
		}
		p.submit("api_key", "sk_sandbox_mia")
		if n := strings.Count(p.page.body, ">End this connection<"); n != 3 {
			d.t.Fatalf("%d connections are shown: %s", n, p.page.body)
		}
		if p.submit("grant", "grant_of_somebody_else"); !strings.Contains(p.page.body, "It had ended already.") {
			d.t.Errorf("%s", p.page.body)
		}
		told := []string{}
		for range 3 {
			p.submit("grant", attributeOf(p.page.body, "grant"))
			_, done, _ := strings.Cut(p.page.body, `role="status">`)
			done, _, _ = strings.Cut(done, "</p>")
			told = append(told, done)
		}
		all := strings.Join(told, "\n")
		for _, want := range []string{"HeyGen was told to forget", "does not hold its key", "delete it there"} {
			if strings.Count(all, want) != 1 {
				d.t.Errorf("%q is not said once:\n%s", want, all)
			}
		}
		if revoked() != 1 || !strings.Contains(p.page.body, "There are none.") {
			d.t.Errorf("HeyGen was told %d times; %s", revoked(), p.page.body)
		}
		for _, ended := range []tokens{atHeyGen, elsewhere, byKey} {
			if d.mcp(ended.access, "").status != 401 {
				d.t.Error("a connection that was ended works")
			}
		}
		if d.mcp(others.access, "").status != 200 {
			d.t.Error("another account's connection has ended")
		}
		d.clock.advance(15 * time.Minute)
		if p.open("/connections"); !strings.Contains(p.page.body, "Sign in to see") {
			d.t.Error("the page stays open for ever")
		}
		// By HeyGen's own sign-in, whose tokens are given back at once.
		before := revoked()
		p.link("Continue with HeyGen")
		p.submit("account", "noa")
		if !strings.Contains(p.page.body, "End this connection") || revoked() != before+1 {
			d.t.Errorf("HeyGen was told %d times; %s", revoked()-before, p.page.body)
		}
		if p.submit("action", "leave"); !strings.Contains(p.page.body, "Signed out") {
			d.t.Errorf("%s", p.page.body)
		}
		if p.open("/connections"); !strings.Contains(p.page.body, "Sign in to see") {
			d.t.Error("signing out does not close the page")
		}
	})
}

// TestARevocationReachesEveryReplica holds that what one ends, the others refuse as soon as they have heard.
func TestARevocationReachesEveryReplica(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		if !strings.Contains(d.t.Name(), "PostgreSQL") {
			return // SQLite has one replica
		}
		second := httptest.NewServer(d.start(d.open()))
		d.t.Cleanup(second.Close)
		got := d.signIn("mia")
		there := func() int {
			return d.send(d.client, http.MethodPost, second.URL+"/mcp", "", "Authorization", "Bearer "+got.access).status
		}
		if d.mcp(got.access, "").status != 200 || there() != 200 {
			d.t.Fatal("the token is not good everywhere")
		}
		d.form("/oauth/revoke", url.Values{"client_id": {got.client}, "token": {got.access}})
		if d.mcp(got.access, "").status != 401 {
			d.t.Error("a revoked token is good where it was revoked")
		}
		deadline := time.Now().Add(10 * time.Second)
		for there() != 401 {
			if time.Now().After(deadline) {
				d.t.Fatal("a revoked token is good elsewhere")
			}
		}
	})
}
