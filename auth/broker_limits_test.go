package auth_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestKeysByFlow holds that keys are counted by sign-in and by browser, and then by source: cookies are free.
func TestKeysByFlow(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	client := d.Public()
	try := func(p *brokertest.Person, n int) (tried int, last brokertest.Answer) {
		for range n {
			last = p.Send("/oauth/sign-in", "api_key", "sk_invented")
			if last.Status == http.StatusUnprocessableEntity {
				tried++
			}
		}
		return tried, last
	}
	p := d.Person()
	p.Open("/oauth/authorize?" + d.Ask(client).Encode())
	tried, last := try(p, 20)
	brokertest.Limited(t, "a flow", last)
	p.Open("/oauth/authorize?" + d.Ask(client).Encode())
	more, last := try(p, 20)
	brokertest.Limited(t, "another flow of the same browser", last)
	if tried != 8 || more != 0 {
		t.Errorf("a browser tried %d keys, and %d in a second flow", tried, more)
	}
	for range 20 {
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(client).Encode())
		n, _ := try(p, 10)
		tried += n
	}
	if tried != 60 {
		t.Errorf("a source tried %d keys, want 60", tried)
	}
	neighbor := d.Person()
	neighbor.Web = brokertest.From(t, "127.0.0.2", neighbor.Web)
	d.CodeOf(neighbor.WithKey(d.Ask(client), "mia"))
	// A wrong key and a right one: a flow that was limited goes on after a while.
	d.Clock.Advance(time.Minute)
	p.Submit("api_key", "sk_sandbox_mia")
	d.CodeOf(p.Submit("action", "agree"))
}

// TestManySources holds that sources that use up the whole together keep nobody out who signed in before.
func TestManySources(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	client, p := d.Public(), d.Person()
	p.Web = brokertest.From(t, "127.0.0.99", p.Web)
	d.CodeOf(p.WithKey(d.Ask(client), "mia"))
	var last brokertest.Answer
	for i := range 11 {
		web := brokertest.From(t, fmt.Sprintf("127.0.0.%d", 2+i), d.Client)
		for range 100 {
			last = d.Send(web, http.MethodGet, "/oauth/authorize?"+d.Ask(client).Encode(), "")
		}
	}
	brokertest.Limited(t, "the whole", last)
	brokertest.Limited(t, "another source", d.Send(brokertest.From(t, "127.0.0.50", d.Client), http.MethodGet, "/oauth/authorize?"+d.Ask(client).Encode(), ""))
	p.Open("/oauth/authorize?" + d.Ask(client, "prompt", "login").Encode())
	d.CodeOf(p.Finish("mia"))
}

// TestDocumentsOfOthers holds that a stranger who uses up what may be fetched keeps nobody from clients that people use
// or that are known, not even at the same address.
func TestDocumentsOfOthers(t *testing.T) {
	t.Parallel()
	s := brokertest.NewSite(t)
	d := s.With(brokertest.OnSQLite(t))
	s.Put(documentID, documentGood)
	d.CodeOf(d.Person().WithKey(d.Ask(documentID), "mia"))
	d.Clock.Advance(25 * time.Hour) // it must be fetched again
	var last brokertest.Answer
	for i := range 30 {
		last = d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(fmt.Sprintf("https://h%d.example/c", i)).Encode(), "")
	}
	brokertest.Limited(t, "a stranger", last)
	d.CodeOf(d.Person().WithKey(d.Ask(documentID), "mia"))
	if s.Count(documentID) != 2 {
		t.Errorf("the document was fetched %d times, want twice", s.Count(documentID))
	}
	claude := "https://claude.ai/oauth/mcp-oauth-client-metadata"
	s.Put(claude, strings.Replace(documentGood, documentID, claude, 1))
	neighbor := d.Person()
	neighbor.Web = brokertest.From(t, "127.0.0.2", neighbor.Web)
	d.CodeOf(neighbor.WithKey(d.Ask(claude), "ana"))
	// One host is not what others ask for it either.
	d.Clock.Advance(2 * time.Minute)
	for i := range 30 {
		d.Send(d.Client, http.MethodGet, "/oauth/authorize?"+d.Ask(fmt.Sprintf("https://busy.example/%d", i)).Encode(), "")
	}
	other := "https://busy.example/client"
	s.Put(other, strings.Replace(documentGood, documentID, other, 1))
	neighbor.Open("/oauth/authorize?" + d.Ask(other).Encode())
	d.CodeOf(neighbor.Finish("ana"))
}

// TestTheRedirectIsJudgedAgain holds that a sign-in under way ends when its client's document drops the redirect URI.
func TestTheRedirectIsJudgedAgain(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		s := brokertest.NewSite(d.T)
		d = s.With(d)
		s.Put(documentID, documentGood)
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(documentID, "redirect_uri", "https://tool.example/cb").Encode())
		s.Put(documentID, strings.Replace(documentGood, "https://tool.example/cb", "https://tool.example/new", 1))
		d.Clock.Advance(5 * time.Minute)
		for range d.Replicas { // each remembers for itself
			d.Person().Open("/oauth/authorize?" + d.Ask(documentID).Encode())
		}
		if at := p.Submit("api_key", "sk_sandbox_mia"); p.Page.Status != http.StatusBadRequest || !strings.Contains(p.Page.Body, "not known here any more") {
			d.T.Errorf("at %s: %d %s", at, p.Page.Status, p.Page.Body)
		}
	})
}

// TestFailedAccessTokens holds that invented tokens are refused unseen after a while, and that good ones are served from
// the same address, whether they are in memory or not.
func TestFailedAccessTokens(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		warm, cold := d.SignIn("mia"), d.SignIn("mia")
		d.MCP(cold.Access, "")
		d.Clock.Advance(11 * time.Minute) // forgotten
		d.MCP(warm.Access, "")
		statuses := map[int]int{}
		for i := range 100 * d.Replicas {
			statuses[d.MCP(fmt.Sprintf("hgm_at_%043d", i), "").Status]++
		}
		if statuses[http.StatusUnauthorized] != 60*d.Replicas || statuses[http.StatusTooManyRequests] != 40*d.Replicas {
			d.T.Errorf("answered %v", statuses)
		}
		if res := d.MCP("hgm_at_"+strings.Repeat("y", 43), ""); res.Status != http.StatusTooManyRequests || !strings.Contains(res.Body, `"jsonrpc":"2.0"`) {
			d.T.Errorf("%d %s", res.Status, res.Body)
		}
		for name, token := range map[string]brokertest.Tokens{"in memory": warm, "in the store alone": cold} {
			if status := d.MCP(token.Access, "?call").Status; status != http.StatusOK {
				d.T.Errorf("a token %s: %d", name, status)
			}
		}
	})
}

// TestFailedTokenRequests holds that whoever shows the right thing is served, though others at their address do not.
func TestFailedTokenRequests(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	got := d.SignIn("mia")
	var last brokertest.Answer
	for range 70 {
		last = d.Form("/oauth/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {got.Client}, "refresh_token": {"hgm_rt_x"}})
	}
	brokertest.Limited(t, "invented tokens", last)
	brokertest.Wants(t, d.Send(brokertest.From(t, "127.0.0.2", d.Client), http.MethodPost, "/oauth/token", brokertest.Renewal(got, "refresh_token", "x").Encode(),
		"Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_grant")
	d.Redeem(brokertest.Renewal(got))
}
