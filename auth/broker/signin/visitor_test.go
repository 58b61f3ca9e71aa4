package signin_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// visit is whose account the browser of a person opens pages of ours for, "" for nobody's.
func visit(d *brokertest.Deployment, p *brokertest.Person) (account, caller string) {
	d.T.Helper()
	r, err := http.NewRequestWithContext(d.T.Context(), http.MethodGet, d.URL+"/v/x", nil)
	if err != nil {
		d.T.Fatal(err)
	}
	for _, c := range p.Web.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	ctx, account, ok, err := d.Auth.Visit(r)
	if err != nil || ok != (account != "") {
		d.T.Errorf("a visit: %q %t %v", account, ok, err)
	}
	return account, auth.Caller(ctx)
}

// TestVisitors are people who have signed in to see what is theirs: for a quarter of an hour, in that browser, as that
// account.
func TestVisitors(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		want := func(p *brokertest.Person, account, why string) {
			d.T.Helper()
			if got, _ := visit(d, p); !strings.HasPrefix(got, account) || (got == "") != (account == "") {
				d.T.Errorf("%s: the pages are open to %q, want %q", why, got, account)
			}
		}
		opened := func(account string) *brokertest.Person {
			d.T.Helper()
			p := d.Person()
			p.Open("/connections")
			want(p, "", "before a sign-in")
			p.Submit("api_key", "sk_sandbox_"+account)
			want(p, account, "after a sign-in")
			return p
		}
		p := opened("mia")
		if _, caller := visit(d, p); caller == "" {
			d.T.Error("a visit is nobody's")
		}
		client := d.Public()
		d.CodeOf(p.WithHeyGen(d.Ask(client), "mia"))
		want(p, "mia", "after the same account has signed in for a client")
		d.CodeOf(p.WithHeyGen(d.Ask(client), "noa"))
		want(p, "", "after another account has signed in for a client")

		for _, action := range []string{"leave", "leave-everywhere"} {
			p, other := opened("mia"), opened("mia")
			p.Submit("action", action)
			want(p, "", action)
			stays := "mia"
			if action == "leave-everywhere" {
				stays = ""
			}
			want(other, stays, action+" in another browser")
		}
		p = opened("mia")
		d.Clock.Advance(15*time.Minute - time.Second)
		want(p, "mia", "a little later")
		d.Clock.Advance(time.Second)
		want(p, "", "after a quarter of an hour")
	})
}

// TestAVisitorIsAsked holds that a page of ours can ask who comes to it, that the way leads back there, and that
// nothing is begun for a request to which nobody sees the answer.
func TestAVisitorIsAsked(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	ask := func(method string) *http.Response {
		res := httptest.NewRecorder()
		d.Auth.AskVisitor(res, httptest.NewRequestWithContext(t.Context(), method, d.URL+"/v/x", nil), "/v/x")
		return res.Result()
	}
	head := ask(http.MethodHead)
	defer func() { _ = head.Body.Close() }()
	if body, err := io.ReadAll(head.Body); err != nil || len(body) > 0 || len(head.Cookies()) > 0 || head.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("a HEAD begins something: %v %s, %v", head.Header, body, err)
	}
	res := ask(http.MethodGet)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := d.Person()
	p.Web.Jar.SetCookies(p.Site(), res.Cookies())
	p.Page = brokertest.Answer{Status: res.StatusCode, Header: res.Header, Body: string(body)}
	if at := p.Submit("api_key", "sk_sandbox_mia"); at != d.URL+"/v/x" {
		t.Errorf("the way ends at %s: %s", at, p.Page.Body)
	}
}
