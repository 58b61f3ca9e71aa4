package broker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// TestLoopbackNames signs in by each name of a server on this machine: what it says of itself, where
// it sends people and whose answer it gives follow the name that was typed, since clients compare
// them (RFC 8414 3.3, RFC 9728 3.3, RFC 9207). What comes of it is good by the other names too.
func TestLoopbackNames(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		names := []*brokertest.Deployment{d, d.Called("localhost"), d.Called("[::1]")}
		for i, at := range names {
			for _, path := range brokertest.WellKnown() {
				res := at.Send(at.Client, http.MethodGet, path, "")
				for _, other := range names {
					if strings.Contains(res.Body, `"`+other.URL) != (other == at) {
						d.T.Errorf("%s%s names %s: %s", at.URL, path, other.URL, res.Body)
					}
				}
			}
			challenge := at.Send(at.Client, http.MethodPost, "/mcp", "").Header.Get("WWW-Authenticate")
			if !strings.HasPrefix(challenge, `Bearer resource_metadata="`+at.URL+`/.well-known/`) {
				d.T.Errorf("%s: the challenge is %s", at.URL, challenge)
			}
			// The whole way by one name, with a key and at HeyGen; CodeOf compares iss.
			next := names[(i+1)%len(names)]
			for _, got := range []brokertest.Tokens{at.SignIn("mia"), at.SignInAtHeyGen()} {
				for _, by := range names {
					if res := by.MCP(got.Access, "?call"); res.Status != http.StatusOK {
						d.T.Errorf("a token of %s by %s: %d %s", at.URL, by.URL, res.Status, res.Body)
					}
				}
				renewed := next.Redeem(brokertest.Renewal(got, "resource", at.URL+"/mcp"))
				if res := at.MCP(renewed.Access, ""); res.Status != http.StatusOK {
					d.T.Errorf("renewed by %s: %d", next.URL, res.Status)
				}
			}
			// A client that keeps one address for the resource and another for the server.
			client := at.Public()
			code := at.CodeOf(at.Person().WithKey(at.Ask(client, "resource", next.URL+"/mcp/"), "mia"))
			next.Redeem(next.Redemption(client, code, "resource", at.URL+"/mcp"))
		}
	})
}

// TestForeignNames holds that no other name is followed: a Host header is whatever a client writes.
func TestForeignNames(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	for _, name := range []string{"evil.example", "localhost.evil.example", "localhost:1", "127.0.0.1:1", "host.docker.internal"} {
		at := d.Called(name)
		for _, path := range brokertest.WellKnown() {
			if res := at.Send(at.Client, http.MethodGet, path, ""); !strings.Contains(res.Body, d.URL) || strings.Contains(res.Body, name) {
				t.Errorf("%s, %s: got %s, want %q in it and no %q in it", name, path, res.Body, d.URL, name)
			}
		}
		challenge := at.Send(at.Client, http.MethodPost, "/mcp", "").Header.Get("WWW-Authenticate")
		if !strings.Contains(challenge, d.URL) || strings.Contains(challenge, name) {
			t.Errorf("%s: the challenge is %s", name, challenge)
		}
		ask := d.Ask(d.Public(), "resource", at.URL+"/mcp")
		if to := d.Person().Open("/oauth/authorize?" + ask.Encode()); strings.Contains(to, "/oauth/sign-in") {
			t.Errorf("the resource %s/mcp is taken", at.URL)
		}
	}
}

// TestFormsByName holds that a page of one name is not a page of another: browsers take them for two
// sites, and so does the cookie.
func TestFormsByName(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	local := d.Called("localhost")
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
	cookie := p.Cookie()
	form := url.Values{"flow": {brokertest.AttributeOf(p.Page.Body, "flow")}, "csrf": {brokertest.AttributeOf(p.Page.Body, "csrf")}, "api_key": {"sk_sandbox_mia"}}
	for name, headers := range map[string][]string{
		"the cookie of the other name":     {"Cookie", cookie.Name + "=" + cookie.Value, "Origin", local.URL},
		"a page of the other name, posted": {"Cookie", cookie.Name + "=" + cookie.Value, "Origin", d.URL},
	} {
		res := local.Form("/oauth/sign-in", form, headers...)
		if res.Status != http.StatusBadRequest || res.Header.Get("Location") != "" {
			t.Errorf("%s: got %d %v, want %v and Location %q", name, res.Status, res.Header, http.StatusBadRequest, "")
		}
	}
}
