package auth_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// TestHeyGenForgetsThisServer is a registration that HeyGen does not know any more. Whoever hears of it registers again,
// once, and the replicas that have not heard of it go on with the new one: a sign-in that one of them begins is ended by
// another.
func TestHeyGenForgetsThisServer(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		for range 2 { // so that every replica knows the first
			d.signInAtHeyGen()
		}
		var told atomic.Bool
		d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what != "authorization_code" || told.Swap(true) {
				return false
			}
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"error":"invalid_client"}`)) // it may have gone
			return true
		})
		p := d.person()
		p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
		p.link("Continue with HeyGen")
		p.submit("account", "mia")
		if p.page.status != http.StatusServiceUnavailable || !strings.Contains(p.page.body, "Try again") {
			d.t.Errorf("the person is told %d %s", p.page.status, p.page.body)
		}
		for range 4 {
			got := d.signInAtHeyGen()
			if d.mcp(got.access, "?call").status != http.StatusOK {
				d.t.Error("the sign-in is worth nothing")
			}
		}
		if n := d.heygen.count("/v1/oauth/register"); n != 2 {
			d.t.Errorf("this server registered %d times", n)
		}
	})
}
