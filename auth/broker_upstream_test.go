package auth_test

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/auth"
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

// TestHeyGensSignInIsNotThere holds that the page offers what works alone: where HeyGen gives this server no client id, or
// does not answer, a key is the only way in, and the page says nothing of another.
func TestHeyGensSignInIsNotThere(t *testing.T) {
	t.Parallel()
	for name, missing := range map[string]string{"no registration": "/v1/oauth/register", "no metadata": "/.well-known/oauth-authorization-server"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onStores(t, func(d *deployment) {
				d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
					if what == missing {
						w.WriteHeader(http.StatusForbidden)
					}
					return what == missing
				})
				p := d.person()
				p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
				if p.page.status != http.StatusOK || strings.Contains(p.page.body, "with HeyGen") || strings.Contains(p.page.body, "<span>or</span>") {
					d.t.Errorf("%d %s", p.page.status, p.page.body)
				}
				d.codeOf(p.finish("mia"))
				if d.heygen.count(missing) == 0 {
					d.t.Error("HeyGen was not asked, so that nothing was tried")
				}
			})
		})
	}
}

// TestTheOperatorsClientID holds that a client id from the settings is what HeyGen is shown, and that nothing is registered.
func TestTheOperatorsClientID(t *testing.T) {
	t.Parallel()
	d := deploy(t, func() auth.Store { return opened(t, "", "") }, func(cfg *auth.Config) { cfg.Broker.HeyGenClient = "the operator's" })
	p := d.person()
	p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
	before, _, _ := strings.Cut(p.page.body, ">Continue with HeyGen</a>")
	way := d.send(p.web, http.MethodGet, html.UnescapeString(attribute(before[strings.LastIndex(before, "<a "):], "href")), "")
	to, err := url.Parse(way.header.Get("Location"))
	if err != nil || to.Query().Get("client_id") != "the operator's" || d.heygen.count("/v1/oauth/register") != 0 {
		t.Errorf("sent to %v, %v; registered %d times", to, err, d.heygen.count("/v1/oauth/register"))
	}
}
