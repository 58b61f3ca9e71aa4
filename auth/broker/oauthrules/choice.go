package oauthrules

import (
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// asked is somebody at the question whether they agree, who has signed in by a key.
func asked(d *brokertest.Deployment, client string, pairs ...string) *brokertest.Person {
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(client, pairs...).Encode())
	p.Submit("api_key", "sk_sandbox_mia")
	return p
}

// choiceRules are those of a consent in which the person chooses.
func choiceRules() []Rule {
	const all, less = "heygen:read heygen:write heygen:delete", "heygen:read heygen:write"
	return []Rule{
		{"RFC 6749 3.3, 5.1: the person may give less than is asked for, or deleting too, and the answer tells the scope that was given", func(d *brokertest.Deployment) {
			client := d.Public()
			for chosen, want := range map[string]string{"read": "heygen:read", "make": less, "all": all} {
				p := asked(d, client, "scope", all)
				if got := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "agree", "access", chosen)))); got.Scope != want {
					d.T.Errorf("%s gives %q, want %q", chosen, got.Scope, want)
				}
			}
		}},
		{"MCP 2026-07-28, Scope Minimization: deleting is never chosen before the person has chosen it", func(d *brokertest.Deployment) {
			if page := asked(d, d.Public(), "scope", all).Page.Body; !strings.Contains(page, `name="access" value="make" checked`) || strings.Contains(page, `value="all" checked`) {
				d.T.Errorf("%s", page)
			}
		}},
		{"RFC 6749 3.3: a client that asks to read gets no more, whatever is sent", func(d *brokertest.Deployment) {
			client := d.Public()
			p := asked(d, client, "scope", "heygen:read")
			if got := d.Redeem(d.Redemption(client, d.CodeOf(p.Submit("action", "agree", "access", "all")))); got.Scope != "heygen:read" {
				d.T.Errorf("it gets %q", got.Scope)
			}
		}},
		{"MCP 2026-07-28, Step-Up Authorization Flow: who was given less is asked on a page that says what is more", func(d *brokertest.Deployment) {
			client := d.Public()
			got := d.Redeem(d.Redemption(client, d.CodeOf(asked(d, client).Submit("action", "agree", "access", "read"))))
			more := parameterOf(d.MCP(got.Access, "?scope=heygen:write").Header.Get("WWW-Authenticate"), "scope")
			page := asked(d, client, "scope", more).Page.Body
			if more != less || !strings.Contains(page, "It now asks for more") {
				d.T.Errorf("asked for %q: %s", more, page)
			}
		}},
		{"RFC 6749 6, RFC 9700 4.14: a refresh follows what the person has taken back since, and no token outlives the end that they chose", func(d *brokertest.Deployment) {
			client := d.Public()
			got := d.Redeem(d.Redemption(client, d.CodeOf(asked(d, client).Submit("action", "agree", "expires", "30d"))))
			p := d.Person()
			p.Open("/connections")
			p.Submit("api_key", "sk_sandbox_mia")
			p.Submit("spend_cap_daily", "1", "action", "change", "access", "read")
			if d.MCP(got.Access, "?scope=heygen:write").Status != http.StatusForbidden {
				d.T.Error("what was taken back is allowed")
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got, "scope", less)), 400, "invalid_scope")
			d.Clock.Advance(30*24*time.Hour - time.Minute)
			if got = d.Redeem(brokertest.Renewal(got)); got.Scope != "heygen:read" {
				d.T.Errorf("a refresh gives %q", got.Scope)
			}
			d.Clock.Advance(time.Minute)
			if d.MCP(got.Access, "").Status != http.StatusUnauthorized {
				d.T.Error("a token outlives its grant")
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got)), 400, "invalid_grant")
		}},
	}
}
