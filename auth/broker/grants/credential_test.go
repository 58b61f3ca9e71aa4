package grants_test

import (
	"net/http"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

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
