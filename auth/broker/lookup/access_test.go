package lookup_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

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

// TestRefusedInMidCallOfTheBrokers is a token that HeyGen ends before its time.
func TestRefusedInMidCallOfTheBrokers(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		refuseOnce := func() {
			var done atomic.Bool
			d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what != "/v3/users/me" || done.Swap(true) {
					return false
				}
				w.WriteHeader(http.StatusUnauthorized)
				return true
			})
		}
		refuseOnce()
		if res := d.MCP(got.Access, "?call"); res.Status != 200 || d.HeyGen.Count(brokertest.RenewalGrant) != 1 {
			d.T.Errorf("a read: %d, renewed %d times", res.Status, d.HeyGen.Count(brokertest.RenewalGrant))
		}
		// A create without a key is not repeated: the refusal is passed on, and the next call
		// works.
		refuseOnce()
		if res := d.MCP(got.Access, "?call=POST"); res.Status != http.StatusUnauthorized || d.HeyGen.Count(brokertest.RenewalGrant) != 2 {
			d.T.Errorf("a create: %d, renewed %d times", res.Status, d.HeyGen.Count(brokertest.RenewalGrant))
		}
		if res := d.MCP(got.Access, "?call"); res.Status != 200 || d.HeyGen.Count(brokertest.RenewalGrant) != 2 {
			d.T.Errorf("the next: %d, renewed %d times", res.Status, d.HeyGen.Count(brokertest.RenewalGrant))
		}
		// One refusal says nothing against a key that HeyGen otherwise takes.
		key := d.SignIn("mia")
		refuseOnce()
		if res := d.MCP(key.Access, "?call"); res.Status != http.StatusUnauthorized || d.MCP(key.Access, "?call").Status != 200 {
			d.T.Errorf("with a key: %d", res.Status)
		}
		d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what == "/v3/users/me" {
				w.WriteHeader(http.StatusUnauthorized)
			}
			return what == "/v3/users/me"
		})
		d.MCP(key.Access, "?call")
		if res := d.MCP(key.Access, ""); res.Status != http.StatusUnauthorized || !strings.Contains(res.Header.Get("WWW-Authenticate"), "invalid_token") {
			d.T.Errorf("a key that was deleted: %d", res.Status)
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(key)), 400, "invalid_grant")
	})
}
