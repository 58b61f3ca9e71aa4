package registry_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/auth"
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

// TestWithoutDevices holds that a server without the device grant registers no client that asks for
// it alone, and all others.
func TestWithoutDevices(t *testing.T) {
	t.Parallel()
	const alone = `{"client_name":"x","grant_types":["urn:ietf:params:oauth:grant-type:device_code"],"token_endpoint_auth_method":"none"}`
	const other = `{"client_name":"x","redirect_uris":["` + brokertest.Callback + `"],"token_endpoint_auth_method":"none"}`
	for _, c := range []struct {
		without bool
		body    string
		want    int
	}{
		{false, alone, http.StatusCreated},
		{false, other, http.StatusCreated},
		{true, alone, http.StatusBadRequest},
		{true, other, http.StatusCreated},
	} {
		d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") }, func(cfg *auth.Config) { cfg.Broker.NoDevices = c.without })
		if res := d.Send(d.Client, http.MethodPost, "/oauth/register", c.body, "Content-Type", "application/json"); res.Status != c.want {
			t.Errorf("without devices %t, %s: got %d %s, want %d", c.without, c.body, res.Status, res.Body, c.want)
		}
	}
}
