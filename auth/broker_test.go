package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestSignIn is the way in, by both doors.
func TestSignIn(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		byKey, atHeyGen := d.SignIn("mia"), d.SignInAtHeyGen()
		for name, got := range map[string]brokertest.Tokens{"key": byKey, "HeyGen": atHeyGen} {
			if got.Scope != "heygen:read heygen:write" {
				d.T.Errorf("%s: the scope is %q", name, got.Scope)
			}
			res := d.MCP(got.Access, "?call")
			if res.Status != http.StatusOK || !strings.Contains(res.Body, `"username":"mia"`) {
				d.T.Errorf("%s: %d %s", name, res.Status, res.Body)
			}
		}
		if d.MCP(byKey.Access, "").Body == d.MCP(atHeyGen.Access, "").Body {
			d.T.Error("a key and a sign-in of one account are one caller, though two balances pay")
		}
		if d.Events.Count("sign_in") != 2 || d.Events.Count("consent") != 2 || d.Events.Count("issue") != 2 {
			d.T.Errorf("the audit log has %+v", d.Events.All())
		}
	})
}

// TestWhoAsksIsShown holds that both pages name the client and the host that the person will be sent back to.
func TestWhoAsksIsShown(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		for redirect, place := range map[string]string{brokertest.Callback: "a program on this computer (127.0.0.1:49152)", brokertest.Hosted: "claude.ai"} {
			p := d.Person()
			p.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", redirect).Encode())
			signIn := p.Page.Body
			p.Submit("api_key", "sk_sandbox_mia")
			for name, page := range map[string]string{"sign-in": signIn, "consent": p.Page.Body} {
				if !strings.Contains(page, "<strong>"+place+"</strong>") {
					d.T.Errorf("%s for %s: %s", name, redirect, page)
				}
			}
		}
	})
}

// TestTheCallerStays holds that a refresh and a second sign-in are the same caller.
func TestTheCallerStays(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		first := d.SignIn("mia")
		second := d.Redeem(brokertest.Renewal(first))
		third := d.SignIn("mia")
		caller := d.MCP(first.Access, "").Body
		if caller == "" || d.MCP(second.Access, "").Body != caller || d.MCP(third.Access, "").Body != caller {
			d.T.Error("the caller changed")
		}
		if other := d.SignIn("noa"); d.MCP(other.Access, "").Body == caller {
			d.T.Error("two people are one caller")
		}
		// An API key in a header is the same caller, as it is the same balance.
		res := d.Send(d.Client, http.MethodPost, "/mcp/key", "", "X-Api-Key", "sk_sandbox_mia")
		if res.Status != http.StatusOK || res.Body != caller {
			d.T.Errorf("%d %s", res.Status, res.Body)
		}
	})
}

// TestNoTokenOfHeyGens holds MCP's rule that a token is taken only from where it was issued for.
func TestNoTokenOfHeyGens(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		for _, token := range []string{"sandbox_at_x", "hgm_at_", "hgm_at_" + strings.Repeat("x", 43), d.SignIn("mia").Refresh, strings.Repeat("hgm_at_", 100)} {
			for _, path := range []string{"/mcp", "/mcp/key"} {
				res := d.Send(d.Client, http.MethodPost, path, "", "Authorization", "Bearer "+token)
				challenge := res.Header.Get("WWW-Authenticate")
				if res.Status != http.StatusUnauthorized || !strings.HasPrefix(challenge, "Bearer") || strings.Contains(challenge, "invalid_token") != (path == "/mcp") {
					d.T.Errorf("%s: %d %s", token, res.Status, challenge)
				}
			}
		}
	})
}

func TestScopes(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		for asked, want := range map[string]string{
			"heygen:read":                               "heygen:read",
			"heygen:delete heygen:read":                 "heygen:read heygen:delete",
			"heygen:write":                              "heygen:write",
			"openid offline_access":                     "heygen:read heygen:write",
			"heygen:write offline_access profile email": "heygen:write",
			"heygen:read heygen:write heygen:delete":    "heygen:read heygen:write heygen:delete",
		} {
			if got := d.SignIn("mia", "scope", asked); got.Scope != want {
				d.T.Errorf("asked for %q, got %q", asked, got.Scope)
			}
		}
		writer := d.SignIn("mia", "scope", "heygen:write")
		for scope, status := range map[string]int{"heygen:read": 200, "heygen:write": 200, "heygen:delete": 403} {
			res := d.MCP(writer.Access, "?scope="+scope)
			if res.Status != status {
				d.T.Errorf("%s: %d", scope, res.Status)
			}
			want := `Bearer resource_metadata="` + d.URL + `/.well-known/oauth-protected-resource/mcp", scope="heygen:write heygen:delete", error="insufficient_scope"`
			if status == 403 && !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), want) {
				d.T.Errorf("the challenge is %s", res.Header.Get("WWW-Authenticate"))
			}
		}
		narrow := d.Redeem(brokertest.Renewal(writer, "scope", "heygen:read"))
		if narrow.Scope != "heygen:read" || d.MCP(narrow.Access, "?scope=heygen:write").Status != 403 {
			d.T.Errorf("a narrower refresh gives %q", narrow.Scope)
		}
		if again := d.Redeem(brokertest.Renewal(narrow)); again.Scope != "heygen:write" {
			d.T.Errorf("after a narrower refresh the next gives %q", again.Scope)
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(d.SignIn("mia", "scope", "heygen:read"), "scope", "heygen:write")), 400, "invalid_scope")
	})
}

// TestRotation is what a client meets; storetest has the rules one by one.
func TestRotation(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		first := d.SignIn("mia")
		second := d.Redeem(brokertest.Renewal(first))
		lost := d.Redeem(brokertest.Renewal(first)) // the answer was lost, so once more
		if second.Access == lost.Access || d.MCP(second.Access, "").Status != 200 || d.MCP(lost.Access, "").Status != 200 || d.MCP(first.Access, "").Status != 200 {
			d.T.Error("within a minute a used refresh token is good once more")
		}
		third := d.Redeem(brokertest.Renewal(second))
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(first)), 400, "invalid_grant")
		for _, token := range []brokertest.Tokens{first, second, lost, third} {
			if d.MCP(token.Access, "").Status != 401 {
				d.T.Error("a token outlives the theft of its grant")
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(token)), 400, "invalid_grant")
		}
		if d.Events.Count("reuse") != 1 {
			d.T.Errorf("the audit log has %+v", d.Events.All())
		}

		late := d.SignIn("mia")
		d.Redeem(brokertest.Renewal(late))
		d.Clock.Advance(time.Minute + time.Second)
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(late)), 400, "invalid_grant")
		if d.MCP(late.Access, "").Status != 401 {
			d.T.Error("reuse after the grace does not end the grant")
		}
	})
}

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

func TestRevocation(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got, other := d.SignInAtHeyGen(), d.SignIn("mia")
		revoke := func(client, token string) {
			d.T.Helper()
			res := d.Form("/oauth/revoke", map[string][]string{"token": {token}, "client_id": {client}})
			if res.Status != 200 {
				d.T.Errorf("revoke: %d %s", res.Status, res.Body)
			}
		}
		revoke(other.Client, got.Access) // another client's
		revoke(got.Client, "nonsense")
		if d.MCP(got.Access, "").Status != 200 {
			d.T.Error("a client revoked another's token")
		}
		revoke(got.Client, got.Access)
		if d.MCP(got.Access, "").Status != 401 {
			d.T.Error("a revoked access token is good")
		}
		next := d.Redeem(brokertest.Renewal(got))
		revoke(got.Client, next.Refresh)
		if d.MCP(next.Access, "").Status != 401 {
			d.T.Error("the access token outlives its refresh token")
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(next)), 400, "invalid_grant")
		if d.HeyGen.Count("/v1/oauth/revoke") != 1 {
			d.T.Errorf("HeyGen was told %d times", d.HeyGen.Count("/v1/oauth/revoke"))
		}
		if d.MCP(other.Access, "").Status != 200 {
			d.T.Error("another grant has ended too")
		}
	})
}
