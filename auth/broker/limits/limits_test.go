package limits_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestKeysByFlow holds that keys are counted by sign-in and by browser, and then by source: cookies
// are free.
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

// TestManySources holds that sources that use up the whole together keep nobody out who signed in
// before.
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

// TestFailedTokenRequests holds that whoever shows the right thing is served, though others at
// their address do not.
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

// TestFailuresThatAreNoErrors holds that what RFC 7009 and 8628 answer calmly is counted too: tokens that
// nobody has are revoked, and a device asks without waiting, as often as a source may fail.
func TestFailuresThatAreNoErrors(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	got := d.SignIn("mia")
	device := d.Form("/oauth/device_authorization", url.Values{"client_id": {got.Client}}).Text("device_code")
	for i, ask := range []struct {
		path string
		form url.Values
		calm int
	}{
		{"/oauth/revoke", url.Values{"client_id": {got.Client}, "token": {"hgm_rt_x"}}, http.StatusOK},
		{"/oauth/token", url.Values{"client_id": {got.Client}, "device_code": {device},
			"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}}, http.StatusBadRequest},
	} {
		from := brokertest.From(t, fmt.Sprintf("127.0.0.%d", 2+i), d.Client)
		statuses := map[int]int{}
		var last brokertest.Answer
		for range 70 {
			last = d.Send(from, http.MethodPost, ask.path, ask.form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
			statuses[last.Status]++
		}
		brokertest.Limited(t, ask.path, last)
		if statuses[ask.calm] < 60 || statuses[ask.calm] > 61 || statuses[ask.calm]+statuses[http.StatusTooManyRequests] != 70 {
			t.Errorf("%s: got the statuses %v, want some 60 of %d and 429 for the others", ask.path, statuses, ask.calm)
		}
	}
	d.Redeem(brokertest.Renewal(got))
}
