package grants_test

import (
	"net/http"
	"net/url"
	"strings"
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

// TestRevoker holds that HeyGen is told of the end of its own sign-ins, and not of API keys; and
// that a failure of HeyGen's is in the log and keeps nothing alive here.
func TestRevoker(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	revoke := func(got brokertest.Tokens) {
		t.Helper()
		res := d.Form("/oauth/revoke", url.Values{"client_id": {got.Client}, "token": {got.Refresh}})
		if res.Status != http.StatusOK || d.MCP(got.Access, "").Status != http.StatusUnauthorized {
			t.Errorf("revoke: %d %s", res.Status, res.Body)
		}
	}
	const path = "/v1/oauth/revoke"
	revoke(d.SignIn("mia"))
	if n := d.HeyGen.Count(path); n != 0 {
		t.Errorf("for an API key HeyGen was told %d times", n)
	}
	revoke(d.SignInAtHeyGen())
	if n := d.HeyGen.Count(path); n != 1 {
		t.Errorf("for a sign-in HeyGen was told %d times, want once", n)
	}
	if log := d.Log.String(); strings.Contains(log, "could not be revoked") {
		t.Errorf("the log tells of a failure where there was none: %s", log)
	}
	d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
		if what == path {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return what == path
	})
	revoke(d.SignInAtHeyGen())
	if log := d.Log.String(); !strings.Contains(log, "could not be revoked") {
		t.Errorf("the log does not tell of it: %s", log)
	}
}
