package signin_test

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestHeyGenForgetsThisServer is a registration that HeyGen does not know any more. Whoever hears
// of it registers again, once, and the replicas that have not heard of it go on with the new one: a
// sign-in that one of them begins is ended by another.
func TestHeyGenForgetsThisServer(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		for range 2 { // so that every replica knows the first
			d.SignInAtHeyGen()
		}
		var told atomic.Bool
		d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what != "authorization_code" || told.Swap(true) {
				return false
			}
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"error":"invalid_client"}`)) // it may have gone
			return true
		})
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
		p.Link("Continue with HeyGen")
		p.Submit("account", "mia")
		if p.Page.Status != http.StatusServiceUnavailable || !strings.Contains(p.Page.Body, "Try again") {
			d.T.Errorf("the person is told %d %s", p.Page.Status, p.Page.Body)
		}
		for range 4 {
			got := d.SignInAtHeyGen()
			if d.MCP(got.Access, "?call").Status != http.StatusOK {
				d.T.Error("the sign-in is worth nothing")
			}
		}
		if n := d.HeyGen.Count("/v1/oauth/register"); n != 2 {
			d.T.Errorf("this server registered %d times", n)
		}
	})
}

// TestHeyGensSignInIsNotThere holds that the page offers what works alone: where HeyGen gives this
// server no client id, or does not answer, a key is the only way in, and the page says nothing of
// another.
func TestHeyGensSignInIsNotThere(t *testing.T) {
	t.Parallel()
	for name, missing := range map[string]string{"no registration": "/v1/oauth/register", "no metadata": "/.well-known/oauth-authorization-server"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			brokertest.OnStores(t, func(d *brokertest.Deployment) {
				d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
					if what == missing {
						w.WriteHeader(http.StatusForbidden)
					}
					return what == missing
				})
				p := d.Person()
				p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
				if p.Page.Status != http.StatusOK || strings.Contains(p.Page.Body, "with HeyGen") || strings.Contains(p.Page.Body, "<span>or</span>") {
					d.T.Errorf("%d %s", p.Page.Status, p.Page.Body)
				}
				d.CodeOf(p.Finish("mia"))
				if d.HeyGen.Count(missing) == 0 {
					d.T.Error("HeyGen was not asked, so that nothing was tried")
				}
			})
		})
	}
}

// TestTheOperatorsClientID holds that a client id from the settings is what HeyGen is shown, and
// that nothing is registered.
func TestTheOperatorsClientID(t *testing.T) {
	t.Parallel()
	d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") }, func(cfg *auth.Config) { cfg.Broker.HeyGenClient = "the operator's" })
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
	before, _, _ := strings.Cut(p.Page.Body, ">Continue with HeyGen</a>")
	way := d.Send(p.Web, http.MethodGet, html.UnescapeString(brokertest.Attribute(before[strings.LastIndex(before, "<a "):], "href")), "")
	to, err := url.Parse(way.Header.Get("Location"))
	if err != nil || to.Query().Get("client_id") != "the operator's" || d.HeyGen.Count("/v1/oauth/register") != 0 {
		t.Errorf("sent to %v, %v; registered %d times", to, err, d.HeyGen.Count("/v1/oauth/register"))
	}
}
