package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// TestDevicePage holds the way of a user who connects a device, with what they mistype on it.
func TestDevicePage(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, brokertest.Device)
}

// TestCodesAreCounted holds that a browser cannot try codes without end.
func TestCodesAreCounted(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	p := d.Person()
	p.Open("/oauth/device")
	for range 8 {
		if p.Submit("user_code", "BBBB-BBBB"); p.Page.Status != http.StatusUnprocessableEntity {
			t.Fatalf("a wrong code: %d %s", p.Page.Status, p.Page.Body)
		}
	}
	p.Submit("user_code", "BBBB-BBBB")
	if p.Page.Status != http.StatusTooManyRequests || p.Page.Header.Get("Retry-After") == "" ||
		!strings.Contains(p.Page.Body, "Too many codes") {
		t.Errorf("the ninth: %d %v %s", p.Page.Status, p.Page.Header, p.Page.Body)
	}
}

// TestACodeIsAnsweredOnce holds that the code of a device begins no other sign-in once a person has agreed or refused.
func TestACodeIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	client := d.Public()
	for _, action := range []string{"agree", "refuse"} {
		begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}})
		enter := func() *brokertest.Person {
			p := d.Person()
			p.Open(begun.Text("verification_uri_complete"))
			p.Submit("user_code", begun.Text("user_code"))
			return p
		}
		p := enter()
		p.Submit("api_key", "sk_sandbox_mia")
		if p.Submit("action", action); p.Page.Status != http.StatusOK {
			t.Errorf("%s: %d %s", action, p.Page.Status, p.Page.Body)
		}
		if p = enter(); p.Page.Status != http.StatusUnprocessableEntity || strings.Contains(p.Page.Body, `name="api_key"`) {
			t.Errorf("after %s the code is taken: %d %s", action, p.Page.Status, p.Page.Body)
		}
	}
}
