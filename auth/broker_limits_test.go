package auth_test

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// at makes a client's requests come from a loopback address of its own, which is a source of its own.
func at(t testing.TB, address string, web *http.Client) *http.Client {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("other systems have one loopback address unless they are told to have more")
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	over := &http.Transport{DialContext: dialer.DialContext}
	t.Cleanup(over.CloseIdleConnections)
	other := *web
	other.Transport = over
	return &other
}

// onSQLite runs a test that is about no store.
func onSQLite(t *testing.T) *deployment {
	t.Helper()
	return deploy(t, func() auth.Store { return opened(t, "", "") })
}

// limited demands a 429 that says when to come again.
func limited(t testing.TB, what string, res answer) {
	t.Helper()
	seconds, err := strconv.Atoi(res.header.Get("Retry-After"))
	if res.status != http.StatusTooManyRequests || err != nil || seconds < 1 {
		t.Errorf("%s: %d, Retry-After %q: %s", what, res.status, res.header.Get("Retry-After"), res.body)
	}
}

// TestKeysByFlow holds that keys are counted by sign-in and by browser, and then by source: cookies are free.
func TestKeysByFlow(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	client := d.public()
	try := func(p *person, n int) (tried int, last answer) {
		for range n {
			last = p.send("/oauth/sign-in", "api_key", "sk_invented")
			if last.status == http.StatusUnprocessableEntity {
				tried++
			}
		}
		return tried, last
	}
	p := d.person()
	p.open("/oauth/authorize?" + d.ask(client).Encode())
	tried, last := try(p, 20)
	limited(t, "a flow", last)
	p.open("/oauth/authorize?" + d.ask(client).Encode())
	more, last := try(p, 20)
	limited(t, "another flow of the same browser", last)
	if tried != 8 || more != 0 {
		t.Errorf("a browser tried %d keys, and %d in a second flow", tried, more)
	}
	for range 20 {
		p := d.person()
		p.open("/oauth/authorize?" + d.ask(client).Encode())
		n, _ := try(p, 10)
		tried += n
	}
	if tried != 60 {
		t.Errorf("a source tried %d keys, want 60", tried)
	}
	neighbor := d.person()
	neighbor.web = at(t, "127.0.0.2", neighbor.web)
	d.codeOf(neighbor.withKey(d.ask(client), "mia"))
	// A wrong key and a right one: a flow that was limited goes on after a while.
	d.clock.advance(time.Minute)
	p.submit("api_key", "sk_sandbox_mia")
	d.codeOf(p.submit("action", "agree"))
}

// TestManySources holds that sources that use up the whole together keep nobody out who signed in before.
func TestManySources(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	client, p := d.public(), d.person()
	p.web = at(t, "127.0.0.99", p.web)
	d.codeOf(p.withKey(d.ask(client), "mia"))
	var last answer
	for i := range 11 {
		web := at(t, fmt.Sprintf("127.0.0.%d", 2+i), d.client)
		for range 100 {
			last = d.send(web, http.MethodGet, "/oauth/authorize?"+d.ask(client).Encode(), "")
		}
	}
	limited(t, "the whole", last)
	limited(t, "another source", d.send(at(t, "127.0.0.50", d.client), http.MethodGet, "/oauth/authorize?"+d.ask(client).Encode(), ""))
	p.open("/oauth/authorize?" + d.ask(client, "prompt", "login").Encode())
	d.codeOf(p.finish("mia"))
}

// TestDocumentsOfOthers holds that a stranger who uses up what may be fetched keeps nobody from clients that people use
// or that are known, not even at the same address.
func TestDocumentsOfOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	d := s.with(onSQLite(t))
	s.put(documentID, documentGood)
	d.codeOf(d.person().withKey(d.ask(documentID), "mia"))
	d.clock.advance(25 * time.Hour) // it must be fetched again
	var last answer
	for i := range 30 {
		last = d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(fmt.Sprintf("https://h%d.example/c", i)).Encode(), "")
	}
	limited(t, "a stranger", last)
	d.codeOf(d.person().withKey(d.ask(documentID), "mia"))
	if s.count(documentID) != 2 {
		t.Errorf("the document was fetched %d times, want twice", s.count(documentID))
	}
	claude := "https://claude.ai/oauth/mcp-oauth-client-metadata"
	s.put(claude, strings.Replace(documentGood, documentID, claude, 1))
	neighbor := d.person()
	neighbor.web = at(t, "127.0.0.2", neighbor.web)
	d.codeOf(neighbor.withKey(d.ask(claude), "ana"))
	// One host is not what others ask for it either.
	d.clock.advance(2 * time.Minute)
	for i := range 30 {
		d.send(d.client, http.MethodGet, "/oauth/authorize?"+d.ask(fmt.Sprintf("https://busy.example/%d", i)).Encode(), "")
	}
	other := "https://busy.example/client"
	s.put(other, strings.Replace(documentGood, documentID, other, 1))
	neighbor.open("/oauth/authorize?" + d.ask(other).Encode())
	d.codeOf(neighbor.finish("ana"))
}

// TestTheRedirectIsJudgedAgain holds that a sign-in under way ends when its client's document drops the redirect URI.
func TestTheRedirectIsJudgedAgain(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		s := newSite(d.t)
		d = s.with(d)
		s.put(documentID, documentGood)
		p := d.person()
		p.open("/oauth/authorize?" + d.ask(documentID, "redirect_uri", "https://tool.example/cb").Encode())
		s.put(documentID, strings.Replace(documentGood, "https://tool.example/cb", "https://tool.example/new", 1))
		d.clock.advance(5 * time.Minute)
		for range d.replicas { // each remembers for itself
			d.person().open("/oauth/authorize?" + d.ask(documentID).Encode())
		}
		if at := p.submit("api_key", "sk_sandbox_mia"); p.page.status != http.StatusBadRequest || !strings.Contains(p.page.body, "not known here any more") {
			d.t.Errorf("at %s: %d %s", at, p.page.status, p.page.body)
		}
	})
}

// TestFailedAccessTokens holds that invented tokens are refused unseen after a while, and that good ones are served from
// the same address, whether they are in memory or not.
func TestFailedAccessTokens(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		warm, cold := d.signIn("mia"), d.signIn("mia")
		d.mcp(cold.access, "")
		d.clock.advance(11 * time.Minute) // forgotten
		d.mcp(warm.access, "")
		statuses := map[int]int{}
		for i := range 100 * d.replicas {
			statuses[d.mcp(fmt.Sprintf("hgm_at_%043d", i), "").status]++
		}
		if statuses[http.StatusUnauthorized] != 60*d.replicas || statuses[http.StatusTooManyRequests] != 40*d.replicas {
			d.t.Errorf("answered %v", statuses)
		}
		if res := d.mcp("hgm_at_"+strings.Repeat("y", 43), ""); res.status != http.StatusTooManyRequests || !strings.Contains(res.body, `"jsonrpc":"2.0"`) {
			d.t.Errorf("%d %s", res.status, res.body)
		}
		for name, token := range map[string]tokens{"in memory": warm, "in the store alone": cold} {
			if status := d.mcp(token.access, "?call").status; status != http.StatusOK {
				d.t.Errorf("a token %s: %d", name, status)
			}
		}
	})
}

// TestFailedTokenRequests holds that whoever shows the right thing is served, though others at their address do not.
func TestFailedTokenRequests(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	got := d.signIn("mia")
	var last answer
	for range 70 {
		last = d.form("/oauth/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {got.client}, "refresh_token": {"hgm_rt_x"}})
	}
	limited(t, "invented tokens", last)
	wants(t, d.send(at(t, "127.0.0.2", d.client), http.MethodPost, "/oauth/token", renewal(got, "refresh_token", "x").Encode(),
		"Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_grant")
	d.redeem(renewal(got))
}

// TestFailuresThatAreNoErrors holds that what RFC 7009 and 8628 answer calmly is counted too: tokens that nobody has are
// revoked, and a device asks without waiting, as often as a source may fail.
func TestFailuresThatAreNoErrors(t *testing.T) {
	t.Parallel()
	d := onSQLite(t)
	got := d.signIn("mia")
	device := d.form("/oauth/device_authorization", url.Values{"client_id": {got.client}}).text("device_code")
	for i, ask := range []struct {
		path string
		form url.Values
		calm int
	}{
		{"/oauth/revoke", url.Values{"client_id": {got.client}, "token": {"hgm_rt_x"}}, http.StatusOK},
		{"/oauth/token", url.Values{"client_id": {got.client}, "device_code": {device},
			"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}}, http.StatusBadRequest},
	} {
		from := at(t, fmt.Sprintf("127.0.0.%d", 2+i), d.client)
		statuses := map[int]int{}
		var last answer
		for range 70 {
			last = d.send(from, http.MethodPost, ask.path, ask.form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
			statuses[last.status]++
		}
		limited(t, ask.path, last)
		if statuses[ask.calm] < 60 || statuses[ask.calm] > 61 || statuses[ask.calm]+statuses[http.StatusTooManyRequests] != 70 {
			t.Errorf("%s: answered %v", ask.path, statuses)
		}
	}
	d.redeem(renewal(got))
}
