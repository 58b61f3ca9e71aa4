package registry_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// TestTheStoreFails holds that a client whose record cannot be kept or read is told that the server
// failed.
func TestTheStoreFails(t *testing.T) {
	t.Parallel()
	d, store := brokertest.DeployFailing(t)
	got := d.SignIn("mia")
	store.Fail("PutClient")
	res := d.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+brokertest.Callback+`"]}`)
	if res.Status != http.StatusInternalServerError || res.Text("error") != "server_error" || res.Text("client_id") != "" {
		t.Errorf("a registration: %d %s", res.Status, res.Body)
	}
	// A client that refreshes lives on without its record being written anew.
	got = d.Redeem(brokertest.Renewal(got))
	if log := d.Log.String(); !strings.Contains(log, "could not be made to live on") {
		t.Errorf("the log does not tell of it: %s", log)
	}
	store.Fail("Client")
	brokertest.Wants(t, d.Form("/oauth/token", brokertest.Renewal(got)), http.StatusInternalServerError, "server_error")
}
