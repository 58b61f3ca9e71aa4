package auth_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestFailedAccessTokens holds that invented tokens are refused unseen after a while, and that good
// ones are served from the same address, whether they are in memory or not.
func TestFailedAccessTokens(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		warm, cold := d.SignIn("mia"), d.SignIn("mia")
		d.MCP(cold.Access, "")
		d.Clock.Advance(11 * time.Minute) // forgotten
		d.MCP(warm.Access, "")
		statuses := map[int]int{}
		for i := range 100 * d.Replicas {
			statuses[d.MCP(fmt.Sprintf("hgm_at_%043d", i), "").Status]++
		}
		if statuses[http.StatusUnauthorized] != 60*d.Replicas || statuses[http.StatusTooManyRequests] != 40*d.Replicas {
			d.T.Errorf("answered %v", statuses)
		}
		if res := d.MCP("hgm_at_"+strings.Repeat("y", 43), ""); res.Status != http.StatusTooManyRequests || !strings.Contains(res.Body, `"jsonrpc":"2.0"`) {
			d.T.Errorf("%d %s", res.Status, res.Body)
		}
		for name, token := range map[string]brokertest.Tokens{"in memory": warm, "in the store alone": cold} {
			if status := d.MCP(token.Access, "?call").Status; status != http.StatusOK {
				d.T.Errorf("a token %s: %d", name, status)
			}
		}
	})
}
