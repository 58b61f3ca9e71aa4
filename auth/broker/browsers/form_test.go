package browsers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

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
		// Nothing of that has ended the victim's own sign-in. A key that HeyGen does not know is
		// said to be so.
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
