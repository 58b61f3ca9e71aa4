package tokens_test

import (
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
