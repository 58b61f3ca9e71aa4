package tokens_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestCodeTwice is a code that two parties hold.
func TestCodeTwice(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
		got := d.Redeem(d.Redemption(client, code))
		brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code)), 400, "invalid_grant")
		if d.MCP(got.Access, "").Status != 401 {
			d.T.Error("the tokens of a code that came twice are good")
		}
	})
}

func TestLifetimes(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
		d.Clock.Advance(2 * time.Minute)
		brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code)), 400, "invalid_grant")
		got := d.SignIn("mia")
		d.Clock.Advance(time.Hour - time.Second)
		if d.MCP(got.Access, "").Status != 200 {
			d.T.Error("the access token ended early")
		}
		d.Clock.Advance(time.Second)
		if res := d.MCP(got.Access, ""); res.Status != 401 || !strings.Contains(res.Header.Get("WWW-Authenticate"), `error="invalid_token"`) {
			d.T.Errorf("after its end: %d", res.Status)
		}
		next := d.Redeem(brokertest.Renewal(got))
		d.Clock.Advance(23 * time.Hour)
		next = d.Redeem(brokertest.Renewal(next))
		d.Clock.Advance(24 * time.Hour)
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(next)), 400, "invalid_grant")
	}, func(cfg *auth.Config) {
		cfg.Broker.AccessLifetime, cfg.Broker.RefreshLifetime = time.Hour, 24*time.Hour
	})
}

// TestVerifiers holds how long a PKCE verifier is (RFC 7636, 4.1).
func TestVerifiers(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	client := d.Public()
	for length, want := range map[int]int{42: http.StatusBadRequest, 43: http.StatusOK, 128: http.StatusOK, 129: http.StatusBadRequest} {
		verifier := strings.Repeat("v", length)
		code := d.CodeOf(d.Person().WithKey(d.Ask(client, "code_challenge", brokertest.ChallengeOf(verifier)), "mia"))
		if res := d.Form("/oauth/token", d.Redemption(client, code, "code_verifier", verifier)); res.Status != want {
			t.Errorf("a verifier of %d characters: got %d %s, want %d", length, res.Status, res.Body, want)
		}
	}
}

// TestImpliedRedirects holds that a redirect URI that was left out is left out again, and that one
// that was given is given again.
func TestImpliedRedirects(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	client, _ := d.Register(`{"client_name":"x","redirect_uris":["` + brokertest.Hosted + `"],"token_endpoint_auth_method":"none"}`)
	for _, c := range []struct {
		asked, shown string
		want         int
		code         string
	}{
		{"", "", http.StatusOK, ""},
		{"", brokertest.Hosted, http.StatusOK, ""},
		{brokertest.Hosted, brokertest.Hosted, http.StatusOK, ""},
		{brokertest.Hosted, "", http.StatusBadRequest, "invalid_request"},
		{"", brokertest.Callback, http.StatusBadRequest, "invalid_grant"},
	} {
		code := d.CodeOf(d.Person().WithKey(d.Ask(client, "redirect_uri", c.asked), "mia"))
		res := d.Form("/oauth/token", d.Redemption(client, code, "redirect_uri", c.shown))
		if res.Status != c.want || res.Text("error") != c.code {
			t.Errorf("asked with %q, shown %q: got %d %s, want %d %s", c.asked, c.shown, res.Status, res.Body, c.want, c.code)
		}
	}
}
