package signin_test

import (
	"net/http"
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
