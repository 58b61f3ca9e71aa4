package lookup_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestAKnownTokenAsksNothing holds that a token which was seen a moment ago is checked without the
// store: with a store that is closed it goes on to work, while one that is new cannot be checked,
// which is no fault of its own.
func TestAKnownTokenAsksNothing(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		if d.Replicas > 1 {
			return // the proxy in front of two asks the store itself
		}
		known, fresh := d.SignIn("mia"), d.SignIn("mia")
		if d.MCP(known.Access, "").Status != http.StatusOK {
			d.T.Fatal("the token is not good")
		}
		if err := d.Store.Close(); err != nil {
			d.T.Fatal(err)
		}
		for range 3 {
			if res := d.MCP(known.Access, "?call"); res.Status != http.StatusOK {
				d.T.Errorf("a known token: %d %s", res.Status, res.Body)
			}
		}
		if res := d.MCP(fresh.Access, ""); res.Status != http.StatusServiceUnavailable || res.Header.Get("WWW-Authenticate") != "" {
			d.T.Errorf("one that cannot be checked: %d %v", res.Status, res.Header)
		}
	})
}

// deaf is the store of a replica that hears nothing of the others, and knows that.
type deaf struct{ auth.Store }

func (deaf) Hears() bool { return false }

func (deaf) Watch(func(string)) func() { return func() {} }

// TestARevocationReachesWhoDoesNotHear holds that a replica whose listener is down asks the
// database again after five seconds. That its listener is down it notices within four; the store
// has tests of that.
func TestARevocationReachesWhoDoesNotHear(t *testing.T) {
	t.Parallel()
	d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") })
	second := httptest.NewServer(d.Start(deaf{d.Store}))
	t.Cleanup(second.Close)
	got := d.SignIn("mia")
	there := func() int {
		return d.Send(d.Client, http.MethodPost, second.URL+"/mcp", "", "Authorization", "Bearer "+got.Access).Status
	}
	if there() != 200 {
		t.Fatal("the token is not good there")
	}
	d.Form("/oauth/revoke", url.Values{"client_id": {got.Client}, "token": {got.Access}})
	if there() != 200 {
		t.Fatal("it asks the database each time, so that nothing is tried here")
	}
	d.Clock.Advance(5 * time.Second)
	if there() != 401 {
		t.Error("a revoked token is good where nothing is heard")
	}
}

// TestARevocationReachesEveryReplica holds that what one ends, the others refuse as soon as they
// have heard.
func TestARevocationReachesEveryReplica(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		if !strings.Contains(d.T.Name(), "PostgreSQL") {
			return // SQLite has one replica
		}
		second := httptest.NewServer(d.Start(d.Open()))
		d.T.Cleanup(second.Close)
		got := d.SignIn("mia")
		there := func() int {
			return d.Send(d.Client, http.MethodPost, second.URL+"/mcp", "", "Authorization", "Bearer "+got.Access).Status
		}
		if d.MCP(got.Access, "").Status != 200 || there() != 200 {
			d.T.Fatal("the token is not good everywhere")
		}
		d.Form("/oauth/revoke", url.Values{"client_id": {got.Client}, "token": {got.Access}})
		if d.MCP(got.Access, "").Status != 401 {
			d.T.Error("a revoked token is good where it was revoked")
		}
		deadline := time.Now().Add(10 * time.Second)
		for there() != 401 {
			if time.Now().After(deadline) {
				d.T.Fatal("a revoked token is good elsewhere")
			}
		}
	})
}
