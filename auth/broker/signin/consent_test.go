package signin_test

import (
	"html"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/internal/words"
)

// TestWhatIsAsked holds that the question says that it is remembered where that is so, and offers a choice of access
// where there is one.
func TestWhatIsAsked(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	client, remember := d.Public(), words.Of("consent.remember").String()
	for redirect, remembered := range map[string]bool{brokertest.Hosted: true, brokertest.Callback: false} {
		for asked, choice := range map[string]bool{readScope: false, makeScopes: true} {
			page := html.UnescapeString(atConsent(d, client, "redirect_uri", redirect, "scope", asked).Page.Body)
			if strings.Contains(page, remember) != remembered || strings.Contains(page, `name="access"`) != choice {
				t.Errorf("%s for %s: want remembered %t and a choice of access %t: %s", asked, redirect, remembered, choice, page)
			}
		}
	}
	begun := d.Form("/oauth/device_authorization", map[string][]string{"client_id": {client}})
	p := d.Person()
	p.Open(begun.Text("verification_uri_complete"))
	p.Submit("user_code", begun.Text("user_code"))
	p.Submit("api_key", "sk_sandbox_mia")
	if page := html.UnescapeString(p.Page.Body); strings.Contains(page, remember) || !strings.Contains(page, `name="access"`) {
		t.Errorf("for a device: %s", page)
	}
}

// TestAClientKeepsItsSecret holds that a client which somebody agreed to is known by its secret as before.
func TestAClientKeepsItsSecret(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	id, secret := d.Register(`{"client_name":"A client","redirect_uris":["` + brokertest.Callback + `"],"token_endpoint_auth_method":"client_secret_post"}`)
	code := d.CodeOf(d.Person().WithKey(d.Ask(id), "mia"))
	brokertest.Wants(t, d.Form("/oauth/token", d.Redemption(id, code, "client_secret", "another")), 401, "invalid_client")
	if got := d.Redeem(d.Redemption(id, code, "client_secret", secret)); got.Scope != makeScopes {
		t.Errorf("got %+v", got)
	}
}
