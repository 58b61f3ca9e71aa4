package auth_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// TestSignIn is the way in, by both doors.
func TestSignIn(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		byKey, atHeyGen := d.signIn("mia"), d.signInAtHeyGen()
		for name, got := range map[string]tokens{"key": byKey, "HeyGen": atHeyGen} {
			if got.scope != "heygen:read heygen:write" {
				d.t.Errorf("%s: the scope is %q", name, got.scope)
			}
			res := d.mcp(got.access, "?call")
			if res.status != http.StatusOK || !strings.Contains(res.body, `"username":"mia"`) {
				d.t.Errorf("%s: %d %s", name, res.status, res.body)
			}
		}
		if d.mcp(byKey.access, "").body == d.mcp(atHeyGen.access, "").body {
			d.t.Error("a key and a sign-in of one account are one caller, though two balances pay")
		}
		if d.events.count("sign_in") != 2 || d.events.count("consent") != 2 || d.events.count("issue") != 2 {
			d.t.Errorf("the audit log has %+v", d.events.all)
		}
	})
}

// TestWhoAsksIsShown holds that both pages name the client and the host that the person will be sent back to.
func TestWhoAsksIsShown(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		client := d.public()
		for redirect, place := range map[string]string{callback: "a program on this computer (127.0.0.1:49152)", hosted: "claude.ai"} {
			p := d.person()
			p.open("/oauth/authorize?" + d.ask(client, "redirect_uri", redirect).Encode())
			signIn := p.page.body
			p.submit("api_key", "sk_sandbox_mia")
			for name, page := range map[string]string{"sign-in": signIn, "consent": p.page.body} {
				if !strings.Contains(page, "<strong>"+place+"</strong>") {
					d.t.Errorf("%s for %s: %s", name, redirect, page)
				}
			}
		}
	})
}

// TestTheCallerStays holds that a refresh and a second sign-in are the same caller.
func TestTheCallerStays(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		first := d.signIn("mia")
		second := d.redeem(renewal(first))
		third := d.signIn("mia")
		caller := d.mcp(first.access, "").body
		if caller == "" || d.mcp(second.access, "").body != caller || d.mcp(third.access, "").body != caller {
			d.t.Error("the caller changed")
		}
		if other := d.signIn("noa"); d.mcp(other.access, "").body == caller {
			d.t.Error("two people are one caller")
		}
		// An API key in a header is the same caller, as it is the same balance.
		res := d.send(d.client, http.MethodPost, "/mcp/key", "", "X-Api-Key", "sk_sandbox_mia")
		if res.status != http.StatusOK || res.body != caller {
			d.t.Errorf("%d %s", res.status, res.body)
		}
	})
}

// TestNoTokenOfHeyGens holds MCP's rule that a token is taken only from where it was issued for.
func TestNoTokenOfHeyGens(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		for _, token := range []string{"sandbox_at_x", "hgm_at_", "hgm_at_" + strings.Repeat("x", 43), d.signIn("mia").refresh, strings.Repeat("hgm_at_", 100)} {
			for _, path := range []string{"/mcp", "/mcp/key"} {
				res := d.send(d.client, http.MethodPost, path, "", "Authorization", "Bearer "+token)
				challenge := res.header.Get("WWW-Authenticate")
				if res.status != http.StatusUnauthorized || !strings.HasPrefix(challenge, "Bearer") || strings.Contains(challenge, "invalid_token") != (path == "/mcp") {
					d.t.Errorf("%s: %d %s", token, res.status, challenge)
				}
			}
		}
	})
}

func TestScopes(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		for asked, want := range map[string]string{
			"heygen:read":                               "heygen:read",
			"heygen:delete heygen:read":                 "heygen:read heygen:delete",
			"heygen:write":                              "heygen:write",
			"openid offline_access":                     "heygen:read heygen:write",
			"heygen:write offline_access profile email": "heygen:write",
			"heygen:read heygen:write heygen:delete":    "heygen:read heygen:write heygen:delete",
		} {
			if got := d.signIn("mia", "scope", asked); got.scope != want {
				d.t.Errorf("asked for %q, got %q", asked, got.scope)
			}
		}
		writer := d.signIn("mia", "scope", "heygen:write")
		for scope, status := range map[string]int{"heygen:read": 200, "heygen:write": 200, "heygen:delete": 403} {
			res := d.mcp(writer.access, "?scope="+scope)
			if res.status != status {
				d.t.Errorf("%s: %d", scope, res.status)
			}
			want := `Bearer resource_metadata="` + d.url + `/.well-known/oauth-protected-resource/mcp", scope="heygen:write heygen:delete", error="insufficient_scope"`
			if status == 403 && !strings.HasPrefix(res.header.Get("WWW-Authenticate"), want) {
				d.t.Errorf("the challenge is %s", res.header.Get("WWW-Authenticate"))
			}
		}
		narrow := d.redeem(renewal(writer, "scope", "heygen:read"))
		if narrow.scope != "heygen:read" || d.mcp(narrow.access, "?scope=heygen:write").status != 403 {
			d.t.Errorf("a narrower refresh gives %q", narrow.scope)
		}
		if again := d.redeem(renewal(narrow)); again.scope != "heygen:write" {
			d.t.Errorf("after a narrower refresh the next gives %q", again.scope)
		}
		wants(d.t, d.form("/oauth/token", renewal(d.signIn("mia", "scope", "heygen:read"), "scope", "heygen:write")), 400, "invalid_scope")
	})
}

// TestRotation is what a client meets; storetest has the rules one by one.
func TestRotation(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		first := d.signIn("mia")
		second := d.redeem(renewal(first))
		lost := d.redeem(renewal(first)) // the answer was lost, so once more
		if second.access == lost.access || d.mcp(second.access, "").status != 200 || d.mcp(lost.access, "").status != 200 || d.mcp(first.access, "").status != 200 {
			d.t.Error("within a minute a used refresh token is good once more")
		}
		third := d.redeem(renewal(second))
		wants(d.t, d.form("/oauth/token", renewal(first)), 400, "invalid_grant")
		for _, token := range []tokens{first, second, lost, third} {
			if d.mcp(token.access, "").status != 401 {
				d.t.Error("a token outlives the theft of its grant")
			}
			wants(d.t, d.form("/oauth/token", renewal(token)), 400, "invalid_grant")
		}
		if d.events.count("reuse") != 1 {
			d.t.Errorf("the audit log has %+v", d.events.all)
		}

		late := d.signIn("mia")
		d.redeem(renewal(late))
		d.clock.advance(time.Minute + time.Second)
		wants(d.t, d.form("/oauth/token", renewal(late)), 400, "invalid_grant")
		if d.mcp(late.access, "").status != 401 {
			d.t.Error("reuse after the grace does not end the grant")
		}
	})
}

// TestCodeTwice is a code that two parties hold.
func TestCodeTwice(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		client := d.public()
		code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
		got := d.redeem(d.redemption(client, code))
		wants(d.t, d.form("/oauth/token", d.redemption(client, code)), 400, "invalid_grant")
		if d.mcp(got.access, "").status != 401 {
			d.t.Error("the tokens of a code that came twice are good")
		}
	})
}

func TestLifetimes(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		client := d.public()
		code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
		d.clock.advance(2 * time.Minute)
		wants(d.t, d.form("/oauth/token", d.redemption(client, code)), 400, "invalid_grant")
		got := d.signIn("mia")
		d.clock.advance(time.Hour - time.Second)
		if d.mcp(got.access, "").status != 200 {
			d.t.Error("the access token ended early")
		}
		d.clock.advance(time.Second)
		if res := d.mcp(got.access, ""); res.status != 401 || !strings.Contains(res.header.Get("WWW-Authenticate"), `error="invalid_token"`) {
			d.t.Errorf("after its end: %d", res.status)
		}
		next := d.redeem(renewal(got))
		d.clock.advance(23 * time.Hour)
		next = d.redeem(renewal(next))
		d.clock.advance(24 * time.Hour)
		wants(d.t, d.form("/oauth/token", renewal(next)), 400, "invalid_grant")
	}, func(cfg *auth.Config) {
		cfg.Broker.AccessLifetime, cfg.Broker.RefreshLifetime = time.Hour, 24*time.Hour
	})
}

func TestRevocation(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		got, other := d.signInAtHeyGen(), d.signIn("mia")
		revoke := func(client, token string) {
			d.t.Helper()
			res := d.form("/oauth/revoke", map[string][]string{"token": {token}, "client_id": {client}})
			if res.status != 200 {
				d.t.Errorf("revoke: %d %s", res.status, res.body)
			}
		}
		revoke(other.client, got.access) // another client's
		revoke(got.client, "nonsense")
		if d.mcp(got.access, "").status != 200 {
			d.t.Error("a client revoked another's token")
		}
		revoke(got.client, got.access)
		if d.mcp(got.access, "").status != 401 {
			d.t.Error("a revoked access token is good")
		}
		next := d.redeem(renewal(got))
		revoke(got.client, next.refresh)
		if d.mcp(next.access, "").status != 401 {
			d.t.Error("the access token outlives its refresh token")
		}
		wants(d.t, d.form("/oauth/token", renewal(next)), 400, "invalid_grant")
		if d.heygen.count("/v1/oauth/revoke") != 1 {
			d.t.Errorf("HeyGen was told %d times", d.heygen.count("/v1/oauth/revoke"))
		}
		if d.mcp(other.access, "").status != 200 {
			d.t.Error("another grant has ended too")
		}
	})
}
