package tokens_test

import (
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

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
