package signin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

const (
	readScope  = "heygen:read"
	makeScopes = "heygen:read heygen:write"
	allScopes  = "heygen:read heygen:write heygen:delete"
)

// atConsent is somebody who has signed in by a key and is asked whether they agree.
func atConsent(d *brokertest.Deployment, client string, pairs ...string) *brokertest.Person {
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(client, pairs...).Encode())
	p.Submit("api_key", "sk_sandbox_mia")
	return p
}

// checked says whether a choice of the page that is shown is made.
func checked(page, name, value string) bool {
	return regexp.MustCompile(`name="` + name + `" value="` + value + `" checked`).MatchString(page)
}

// TestAccessIsChosen holds what a person's choice makes of what a client asks for, in the token's
// scope and in what it may do.
func TestAccessIsChosen(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		for _, c := range []struct{ asked, access, want string }{
			{"", "", makeScopes}, {"", "read", readScope}, {"", "make", makeScopes}, {"", "all", allScopes},
			{allScopes, "", allScopes}, {allScopes, "make", makeScopes}, {allScopes, "read", readScope}, {allScopes, "all", allScopes},
			{"heygen:delete", "", "heygen:delete"}, {"heygen:delete", "make", makeScopes},
			{readScope, "", readScope}, {readScope, "make", readScope}, {readScope, "all", readScope}, {readScope, "read", readScope},
		} {
			p := atConsent(d, client, "scope", c.asked)
			if checked(p.Page.Body, "access", "all") {
				d.T.Errorf("%q: deleting is chosen before anybody chose it: %s", c.asked, p.Page.Body)
			}
			got := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "agree", "access", c.access))))
			again := d.Redeem(brokertest.Renewal(got))
			if got.Scope != c.want || again.Scope != c.want {
				d.T.Errorf("asked for %q and chosen %q: %q, then %q, want %q", c.asked, c.access, got.Scope, again.Scope, c.want)
			}
			for one := range strings.FieldsSeq(allScopes) {
				allowed := strings.Contains(c.want, one) || c.want == "heygen:delete"
				if status := d.MCP(again.Access, "?scope="+one).Status; (status == http.StatusOK) != allowed {
					d.T.Errorf("%q allows %s with %d", c.want, one, status)
				}
			}
			if res := d.Form("/oauth/token", brokertest.Renewal(again, "scope", allScopes)); c.want == readScope && res.Text("error") != "invalid_scope" {
				d.T.Errorf("a refresh widens: %d %s", res.Status, res.Body)
			}
		}
	})
}

// TestMoreIsAskedFor holds that who comes to need more is led to a page that says what is more.
func TestMoreIsAskedFor(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		p := atConsent(d, client)
		got := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "agree", "access", "read", "spend_cap_daily", "2.5", "expires", "90d"))))
		refused := d.MCP(got.Access, "?scope=heygen:write")
		challenge := refused.Header.Get("WWW-Authenticate")
		if refused.Status != http.StatusForbidden || !strings.Contains(challenge, `scope="`+makeScopes+`"`) || !strings.Contains(challenge, "insufficient_scope") {
			d.T.Fatalf("%d %s", refused.Status, challenge)
		}
		p = atConsent(d, client, "scope", makeScopes)
		_, more, _ := strings.Cut(p.Page.Body, "It now asks for more")
		more, _, _ = strings.Cut(more, "</div>")
		if !strings.Contains(more, "Make and change videos") || strings.Contains(more, "See your") || strings.Contains(more, "Delete") {
			d.T.Errorf("what is more is told as %q: %s", more, p.Page.Body)
		}
		if !checked(p.Page.Body, "access", "make") || !checked(p.Page.Body, "expires", "90d") || !strings.Contains(p.Page.Body, `name="spend_cap_daily" value="2.50"`) {
			d.T.Errorf("what was chosen before is not there: %s", p.Page.Body)
		}
		if p = atConsent(d, client, "scope", readScope); strings.Contains(p.Page.Body, "asks for more") {
			d.T.Errorf("less is told as more: %s", p.Page.Body)
		}
	})
}

// TestWhatCannotBeTaken holds that a mistake is told beside its field, and loses nothing.
func TestWhatCannotBeTaken(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		p := atConsent(d, client)
		if !strings.Contains(p.Page.Body, "this server's own limit holds alone: 20.00 USD") {
			d.T.Errorf("the operator's cap is not told: %s", p.Page.Body)
		}
		for _, bad := range []string{"-1", "five", "1,500", "1,", ",5", "1,5,0", "1.000,50", "1e3", "NaN", "0x10", "5 EUR", "$5 USD", "$", "1.", ".5", "1.1234567", "1000000.01", "99999999999999999999", "+5", "1 000", "٥"} {
			p.Submit("action", "agree", "access", "read", "expires", "30d", "spend_cap_daily", bad)
			page := p.Page.Body
			if p.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(page, `id="cap-problem" role="alert"`) ||
				!strings.Contains(page, `aria-describedby="cap-problem cap-help" aria-invalid="true" autofocus`) {
				d.T.Errorf("%s: %d %s", bad, p.Page.Status, page)
			}
			if !checked(page, "access", "read") || !checked(page, "expires", "30d") || strings.Count(page, "autofocus") != 1 {
				d.T.Errorf("%s: something is lost: %s", bad, page)
			}
		}
		p.Submit("action", "agree", "access", "write")
		if p.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Page.Body, `aria-describedby="access-problem"`) {
			d.T.Errorf("an access that is none: %d %s", p.Page.Status, p.Page.Body)
		}
		p.Submit("action", "agree", "expires", "31")
		if p.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Page.Body, `aria-describedby="expires-problem"`) {
			d.T.Errorf("an end that is none: %d %s", p.Page.Status, p.Page.Body)
		}
		got := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "agree", "spend_cap_daily", " 1.25 "))))
		if n := d.MCP(got.Access, "?cap=1").Body; got.Scope != makeScopes || n != "1250000" {
			d.T.Errorf("in the end: %q with the cap %s", got.Scope, n)
		}
	}, func(cfg *auth.Config) { cfg.Broker.SpendCap = 20_000_000 })
}

// TestSpendCapIsKept holds which amounts are taken, and that who gives none has no cap of the connection's own.
func TestSpendCapIsKept(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		for amount, want := range map[string]string{"": "none", "0": "0", "5": "5000000", "007": "7000000", "0.000001": "1", "2.50": "2500000", "2,50": "2500000", "2,5": "2500000", "$5": "5000000", "5 USD": "5000000", "usd 5,5": "5500000", "1000000": "1000000000000"} {
			p := atConsent(d, client)
			got := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "agree", "spend_cap_daily", amount))))
			if n := d.MCP(got.Access, "?cap=1").Body; n != want {
				d.T.Errorf("%q is kept as %s, want %s", amount, n, want)
			}
		}
	})
}

// TestItEndsAsChosen holds that nothing of a connection is good after its end, and that its client is told in time.
func TestItEndsAsChosen(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		for chosen, days := range map[string]int{"30d": 30, "90": 90, "never": 0, "": 0} {
			begun := d.Clock.Now()
			p := atConsent(d, client)
			got := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "agree", "expires", chosen))))
			for range 2 {
				d.Clock.Advance(time.Duration(max(days, 30))*12*time.Hour - 2*time.Minute)
				got = d.Redeem(brokertest.Renewal(got))
			}
			if days == 0 {
				continue
			}
			if d.MCP(got.Access, "").Status != http.StatusOK {
				d.T.Errorf("%s: it ends before its time", chosen)
			}
			d.Clock.Advance(begun.Add(time.Duration(days) * 24 * time.Hour).Sub(d.Clock.Now()))
			if d.MCP(got.Access, "").Status != http.StatusUnauthorized {
				d.T.Errorf("%s: it goes on", chosen)
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got)), 400, "invalid_grant")
		}
	}, func(cfg *auth.Config) { cfg.Broker.AccessLifetime = 100 * 24 * time.Hour })
}

// TestADeviceIsAllowedAsMuch holds that the choice is there for devices too.
func TestADeviceIsAllowedAsMuch(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}, "scope": {allScopes}})
		p := d.Person()
		p.Open(begun.Text("verification_uri_complete"))
		p.Submit("user_code", begun.Text("user_code"))
		p.Submit("api_key", "sk_sandbox_mia")
		p.Submit("action", "agree", "access", "read", "spend_cap_daily", "3", "expires", "30d")
		got := d.Redeem(url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "client_id": {client}, "device_code": {begun.Text("device_code")}})
		if n := d.MCP(got.Access, "?cap=1").Body; got.Scope != readScope || n != "3000000" {
			d.T.Errorf("%q with the cap %s", got.Scope, n)
		}
		d.Clock.Advance(30 * 24 * time.Hour)
		if d.MCP(got.Access, "").Status != http.StatusUnauthorized {
			d.T.Error("it goes on after its end")
		}
	})
}
