package auth_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func grantRules() []rule {
	return []rule{
		{"RFC 6749 4.1.3: a code is its client's and its redirect URI's", func(d *deployment) {
			client, other := d.public(), d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			wants(d.t, d.form("/oauth/token", d.redemption(other, code)), 400, "invalid_grant")
			wants(d.t, d.form("/oauth/token", d.redemption(client, code, "redirect_uri", hosted)), 400, "invalid_grant")
			wants(d.t, d.form("/oauth/token", d.redemption(client, code, "redirect_uri", "")), 400, "invalid_request")
			d.redeem(d.redemption(client, code))
		}},
		{"RFC 6749 4.1.2: a code lives two minutes", func(d *deployment) {
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			d.clock.advance(2 * time.Minute)
			wants(d.t, d.form("/oauth/token", d.redemption(client, code)), 400, "invalid_grant")
		}},
		{"RFC 6749 4.1.2, 10.5: a code that comes twice gives nothing, and ends what it gave", func(d *deployment) {
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			got := d.redeem(d.redemption(client, code))
			wants(d.t, d.form("/oauth/token", d.redemption(client, code)), 400, "invalid_grant")
			if d.mcp(got.access, "").status != 401 {
				d.t.Error("the access token is good")
			}
			wants(d.t, d.form("/oauth/token", renewal(got)), 400, "invalid_grant")
		}},
		{"OAuth 2.1 4.1.3: of many who bring a code at once, one gets tokens at most", func(d *deployment) {
			client := d.public()
			form := d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia")))
			var all sync.WaitGroup
			var good atomic.Int32
			for range 12 {
				all.Go(func() {
					switch res := d.form("/oauth/token", form); {
					case res.status == 200:
						good.Add(1)
					case res.status != 400 || res.text("error") != "invalid_grant":
						d.t.Errorf("%d %s", res.status, res.body)
					}
				})
			}
			all.Wait()
			if good.Load() > 1 {
				d.t.Errorf("%d got tokens", good.Load())
			}
		}},
		{"RFC 7636 4.6: the verifier must fit", func(d *deployment) {
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			for _, wrong := range []string{"", verifier + "x", challengeOf(verifier), strings.Repeat("x", 200), "short"} {
				wants(d.t, d.form("/oauth/token", d.redemption(client, code, "code_verifier", wrong)), 400, "invalid_grant")
			}
			d.redeem(d.redemption(client, code))
		}},
		{"RFC 8707 2.2: a foreign resource gets no token", func(d *deployment) {
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			wants(d.t, d.form("/oauth/token", d.redemption(client, code, "resource", "https://evil.example/")), 400, "invalid_target")
			got := d.redeem(d.redemption(client, code))
			wants(d.t, d.form("/oauth/token", renewal(got, "resource", "https://evil.example/")), 400, "invalid_target")
			d.redeem(renewal(got, "resource", d.url+"/mcp/"))
		}},
		{"RFC 6749 10.10: nothing that is given out can be guessed", func(d *deployment) {
			seen := map[string]bool{}
			client := d.public()
			for range 3 {
				code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
				got := d.redeem(d.redemption(client, code))
				begun := d.form("/oauth/device_authorization", url.Values{"client_id": {client}})
				_, secret := d.register(`{"redirect_uris":["` + callback + `"],"token_endpoint_auth_method":"client_secret_basic"}`)
				for _, s := range []string{code, got.access, got.refresh, begun.text("device_code"), secret} {
					raw, err := base64.RawURLEncoding.DecodeString(strings.SplitN(s, "_", 3)[2])
					if err != nil || len(raw) != 32 || seen[string(raw)] {
						d.t.Errorf("%q: %d bytes, %v", s, len(raw), err)
					}
					seen[string(raw)] = true
				}
			}
		}},
		{"RFC 6749 6: a refresh token is its client's", func(d *deployment) {
			got := d.signIn("mia")
			wants(d.t, d.form("/oauth/token", renewal(got, "client_id", d.public())), 400, "invalid_grant")
			wants(d.t, d.form("/oauth/token", renewal(got, "refresh_token", got.access)), 400, "invalid_grant")
			d.redeem(renewal(got))
		}},
		{"RFC 6749 6: a refresh gives no more scopes than the person did, and all of them when none are named", func(d *deployment) {
			got := d.signIn("mia", "scope", "heygen:read heygen:write")
			wants(d.t, d.form("/oauth/token", renewal(got, "scope", "heygen:delete")), 400, "invalid_scope")
			wants(d.t, d.form("/oauth/token", renewal(got, "scope", "admin")), 400, "invalid_scope")
			got = d.redeem(renewal(got, "scope", "heygen:read"))
			if d.mcp(got.access, "?scope=heygen:write").status != 403 {
				d.t.Error("the narrower token writes")
			}
			if got = d.redeem(renewal(got)); got.scope != "heygen:read heygen:write" || d.mcp(got.access, "?scope=heygen:write").status != 200 {
				d.t.Errorf("after it comes %q", got.scope)
			}
		}},
		{"OAuth 2.1 4.3.1, RFC 9700 4.14.2: a refresh token is used up, and one that comes again after its successor ends the grant", func(d *deployment) {
			first := d.signIn("mia")
			second := d.redeem(renewal(first))
			third := d.redeem(renewal(second))
			if first.refresh == second.refresh || second.refresh == third.refresh {
				d.t.Error("the refresh token stays")
			}
			wants(d.t, d.form("/oauth/token", renewal(first)), 400, "invalid_grant")
			wants(d.t, d.form("/oauth/token", renewal(third)), 400, "invalid_grant")
			if d.mcp(third.access, "").status != 401 {
				d.t.Error("the thief's access token is good")
			}
		}},
		{"OAuth 2.1 4.3.1: a used refresh token gives one more pair within a minute; a third try is told to wait, and ends nothing", func(d *deployment) {
			first := d.signIn("mia")
			second := d.redeem(renewal(first))
			d.redeem(renewal(first))
			limited(d.t, "a third try", d.form("/oauth/token", renewal(first)))
			if d.mcp(second.access, "").status != http.StatusOK || d.events.count("reuse") != 0 {
				d.t.Error("the third try has ended the grant")
			}
			d.redeem(renewal(second))
		}},
		{"RFC 6585 4: a client that refreshes in a loop is slowed down, keeps its grant, and slows nobody else down", func(d *deployment) {
			got, other := d.signIn("mia"), d.signIn("mia")
			for range 5 * d.replicas { // each bounds its own
				got = d.redeem(renewal(got))
			}
			res := d.form("/oauth/token", renewal(got))
			limited(d.t, "one too many", res)
			wants(d.t, res, http.StatusTooManyRequests, "temporarily_unavailable")
			d.redeem(renewal(other))
			if status := d.mcp(got.access, "?call").status; status != http.StatusOK {
				d.t.Errorf("its access token: %d", status)
			}
			d.clock.advance(10 * time.Second)
			d.redeem(renewal(got))
		}},
		{"RFC 9700 4.14.2: a refresh token that is not used ends", func(d *deployment) {
			got := d.signIn("mia")
			d.clock.advance(60 * 24 * time.Hour)
			wants(d.t, d.form("/oauth/token", renewal(got)), 400, "invalid_grant")
		}},
	}
}
