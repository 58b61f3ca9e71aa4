package oauthrules

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

func grantRules() []Rule {
	return []Rule{
		{"RFC 6749 4.1.3: a code is its client's and its redirect URI's", func(d *brokertest.Deployment) {
			client, other := d.Public(), d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(other, code)), 400, "invalid_grant")
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code, "redirect_uri", brokertest.Hosted)), 400, "invalid_grant")
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code, "redirect_uri", "")), 400, "invalid_request")
			d.Redeem(d.Redemption(client, code))
		}},
		{"RFC 6749 4.1.2: a code lives two minutes", func(d *brokertest.Deployment) {
			client := d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			d.Clock.Advance(2 * time.Minute)
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code)), 400, "invalid_grant")
		}},
		{"RFC 6749 4.1.2, 10.5: a code that comes twice gives nothing, and ends what it gave", func(d *brokertest.Deployment) {
			client := d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			got := d.Redeem(d.Redemption(client, code))
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code)), 400, "invalid_grant")
			if d.MCP(got.Access, "").Status != 401 {
				d.T.Error("the access token is good")
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got)), 400, "invalid_grant")
		}},
		{"OAuth 2.1 4.1.3: of many who bring a code at once, one gets tokens at most", func(d *brokertest.Deployment) {
			client := d.Public()
			form := d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client), "mia")))
			var all sync.WaitGroup
			var good atomic.Int32
			for range 12 {
				all.Go(func() {
					switch res := d.Form("/oauth/token", form); {
					case res.Status == 200:
						good.Add(1)
					case res.Status != 400 || res.Text("error") != "invalid_grant":
						d.T.Errorf("%d %s", res.Status, res.Body)
					}
				})
			}
			all.Wait()
			if good.Load() > 1 {
				d.T.Errorf("%d got tokens", good.Load())
			}
		}},
		{"RFC 7636 4.6: the verifier must fit", func(d *brokertest.Deployment) {
			client := d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			for _, wrong := range []string{"", brokertest.Verifier + "x", brokertest.ChallengeOf(brokertest.Verifier), strings.Repeat("x", 200), "short"} {
				brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code, "code_verifier", wrong)), 400, "invalid_grant")
			}
			d.Redeem(d.Redemption(client, code))
		}},
		{"RFC 8707 2.2: a foreign resource gets no token", func(d *brokertest.Deployment) {
			client := d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, code, "resource", "https://evil.example/")), 400, "invalid_target")
			got := d.Redeem(d.Redemption(client, code))
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got, "resource", "https://evil.example/")), 400, "invalid_target")
			d.Redeem(brokertest.Renewal(got, "resource", d.URL+"/mcp/"))
		}},
		{"RFC 6749 10.10: nothing that is given out can be guessed", func(d *brokertest.Deployment) {
			seen := map[string]bool{}
			client := d.Public()
			for range 3 {
				code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
				got := d.Redeem(d.Redemption(client, code))
				begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}})
				_, secret := d.Register(`{"redirect_uris":["` + brokertest.Callback + `"],"token_endpoint_auth_method":"client_secret_basic"}`)
				for _, s := range []string{code, got.Access, got.Refresh, begun.Text("device_code"), secret} {
					raw, err := base64.RawURLEncoding.DecodeString(strings.SplitN(s, "_", 3)[2])
					if err != nil || len(raw) != 32 || seen[string(raw)] {
						d.T.Errorf("%q: %d bytes, %v", s, len(raw), err)
					}
					seen[string(raw)] = true
				}
			}
		}},
		{"RFC 6749 6: a refresh token is its client's", func(d *brokertest.Deployment) {
			got := d.SignIn("mia")
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got, "client_id", d.Public())), 400, "invalid_grant")
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got, "refresh_token", got.Access)), 400, "invalid_grant")
			d.Redeem(brokertest.Renewal(got))
		}},
		{"RFC 6749 6: a refresh gives no more scopes than the person did, and all of them when none are named", func(d *brokertest.Deployment) {
			got := d.SignIn("mia", "scope", "heygen:read heygen:write")
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got, "scope", "heygen:delete")), 400, "invalid_scope")
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got, "scope", "admin")), 400, "invalid_scope")
			got = d.Redeem(brokertest.Renewal(got, "scope", "heygen:read"))
			if d.MCP(got.Access, "?scope=heygen:write").Status != 403 {
				d.T.Error("the narrower token writes")
			}
			if got = d.Redeem(brokertest.Renewal(got)); got.Scope != "heygen:read heygen:write" || d.MCP(got.Access, "?scope=heygen:write").Status != 200 {
				d.T.Errorf("after it comes %q", got.Scope)
			}
		}},
		{"OAuth 2.1 4.3.1, RFC 9700 4.14.2: a refresh token is used up, and one that comes again after its successor ends the grant", func(d *brokertest.Deployment) {
			first := d.SignIn("mia")
			second := d.Redeem(brokertest.Renewal(first))
			third := d.Redeem(brokertest.Renewal(second))
			if first.Refresh == second.Refresh || second.Refresh == third.Refresh {
				d.T.Error("the refresh token stays")
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(first)), 400, "invalid_grant")
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(third)), 400, "invalid_grant")
			if d.MCP(third.Access, "").Status != 401 {
				d.T.Error("the thief's access token is good")
			}
		}},
		{"OAuth 2.1 4.3.1: a used refresh token gives one more pair within a minute; a third try is told to wait, and ends nothing", func(d *brokertest.Deployment) {
			first := d.SignIn("mia")
			second := d.Redeem(brokertest.Renewal(first))
			d.Redeem(brokertest.Renewal(first))
			brokertest.Limited(d.T, "a third try", d.Form("/oauth/token", brokertest.Renewal(first)))
			if d.MCP(second.Access, "").Status != http.StatusOK || d.Events.Count("reuse") != 0 {
				d.T.Error("the third try has ended the grant")
			}
			d.Redeem(brokertest.Renewal(second))
		}},
		{"RFC 6585 4: a client that refreshes in a loop is slowed down, keeps its grant, and slows nobody else down", func(d *brokertest.Deployment) {
			got, other := d.SignIn("mia"), d.SignIn("mia")
			for range 5 * d.Replicas { // each bounds its own
				got = d.Redeem(brokertest.Renewal(got))
			}
			res := d.Form("/oauth/token", brokertest.Renewal(got))
			brokertest.Limited(d.T, "one too many", res)
			brokertest.Wants(d.T, res, http.StatusTooManyRequests, "temporarily_unavailable")
			d.Redeem(brokertest.Renewal(other))
			if status := d.MCP(got.Access, "?call").Status; status != http.StatusOK {
				d.T.Errorf("its access token: %d", status)
			}
			d.Clock.Advance(10 * time.Second)
			d.Redeem(brokertest.Renewal(got))
		}},
		{"RFC 9700 4.14.2: a refresh token that is not used ends", func(d *brokertest.Deployment) {
			got := d.SignIn("mia")
			d.Clock.Advance(60 * 24 * time.Hour)
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got)), 400, "invalid_grant")
		}},
	}
}
