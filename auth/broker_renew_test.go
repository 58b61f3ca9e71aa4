package auth_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

const renewalGrant = "refresh_token"

// atOnce is how many callers come at once.
const atOnce = 500

// hold makes HeyGen answer a renewal only after all of the callers have come in, so that none of them finds it done.
func hold(d *brokertest.Deployment) {
	all := make(chan struct{})
	var left atomic.Int64
	left.Store(atOnce)
	arrived := func() {
		if left.Add(-1) == 0 {
			close(all)
		}
	}
	d.Arrived.Store(&arrived)
	d.HeyGen.Answers(func(_ http.ResponseWriter, what string, _ func()) bool {
		if what == renewalGrant {
			select {
			case <-all:
			case <-d.T.Context().Done():
			}
		}
		return false
	})
}

// together makes all calls at once, and demands of each a success and of all one renewal.
func together(d *brokertest.Deployment, call func() brokertest.Answer) {
	d.T.Helper()
	asked := d.HeyGen.Count(renewalGrant)
	hold(d)
	var wg sync.WaitGroup
	var bad atomic.Int64
	for range atOnce {
		wg.Go(func() {
			if call().Status != http.StatusOK {
				bad.Add(1)
			}
		})
	}
	wg.Wait()
	if n := d.HeyGen.Count(renewalGrant) - asked; n != 1 || bad.Load() != 0 {
		d.T.Errorf("HeyGen was asked %d times; %d of %d failed", n, bad.Load(), atOnce)
	}
}

// TestOneRenewal is five hundred calls when HeyGen's token is about to end, and when it has ended: HeyGen is asked once,
// whoever asks and however many replicas there are.
func TestOneRenewal(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		call := func() brokertest.Answer { return d.MCP(got.Access, "?call") }
		d.Clock.Advance(56 * time.Minute)
		together(d, call)
		// The old token would be dead by now.
		d.Clock.Advance(30 * time.Minute)
		if res := call(); res.Status != 200 || d.HeyGen.Count(renewalGrant) != 1 {
			d.T.Errorf("with the new token: %d, asked %d times", res.Status, d.HeyGen.Count(renewalGrant))
		}
		d.Clock.Advance(2 * time.Hour)
		together(d, call)
		// A client's own refresh renews too when it is time.
		d.Clock.Advance(56 * time.Minute)
		d.Redeem(brokertest.Renewal(got))
		if d.HeyGen.Count(renewalGrant) != 3 {
			d.T.Errorf("asked %d times", d.HeyGen.Count(renewalGrant))
		}
	})
}

// TestRefreshesAtOnce is two hundred of a client's own refreshes, which ask HeyGen once. Two are answered: one is the
// first, the other could be for its answer having been lost. The others are told to wait, and the grant goes on.
func TestRefreshesAtOnce(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		d.Clock.Advance(57 * time.Minute)
		before := d.HeyGen.Count(renewalGrant)
		answers := make(chan brokertest.Answer, 200)
		var wg sync.WaitGroup
		for range cap(answers) {
			wg.Go(func() { answers <- d.Form("/oauth/token", brokertest.Renewal(got)) })
		}
		wg.Wait()
		close(answers)
		var given []brokertest.Tokens
		for res := range answers {
			switch {
			case res.Status == http.StatusOK:
				given = append(given, brokertest.Tokens{Client: got.Client, Access: res.Text("access_token"), Refresh: res.Text("refresh_token")})
			case res.Status != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "":
				d.T.Fatalf("%d %v %s", res.Status, res.Header, res.Body)
			}
		}
		if asked := d.HeyGen.Count(renewalGrant) - before; len(given) != 2 || asked != 1 {
			d.T.Fatalf("%d refreshes were answered, and HeyGen was asked %d times", len(given), asked)
		}
		for _, one := range given {
			if res := d.MCP(one.Access, "?call"); res.Status != http.StatusOK {
				d.T.Errorf("what was given opens nothing: %d", res.Status)
			}
		}
		// The use of one ends the other within a minute.
		d.Clock.Advance(time.Minute)
		next := d.Redeem(brokertest.Renewal(given[0]))
		d.Clock.Advance(time.Minute)
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(given[1])), 400, "invalid_grant")
		if status := d.MCP(given[1].Access, "").Status; status != http.StatusUnauthorized {
			d.T.Errorf("the access token of the one that ended: %d", status)
		}
		if status := d.MCP(next.Access, "?call").Status; status != http.StatusOK {
			d.T.Errorf("the one that was used: %d", status)
		}
	})
}

// TestRefusedInMidCallOfTheBrokers is a token that HeyGen ends before its time.
func TestRefusedInMidCallOfTheBrokers(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		refuseOnce := func() {
			var done atomic.Bool
			d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what != "/v3/users/me" || done.Swap(true) {
					return false
				}
				w.WriteHeader(http.StatusUnauthorized)
				return true
			})
		}
		refuseOnce()
		if res := d.MCP(got.Access, "?call"); res.Status != 200 || d.HeyGen.Count(renewalGrant) != 1 {
			d.T.Errorf("a read: %d, renewed %d times", res.Status, d.HeyGen.Count(renewalGrant))
		}
		// A create without a key is not repeated: the refusal is passed on, and the next call works.
		refuseOnce()
		if res := d.MCP(got.Access, "?call=POST"); res.Status != http.StatusUnauthorized || d.HeyGen.Count(renewalGrant) != 2 {
			d.T.Errorf("a create: %d, renewed %d times", res.Status, d.HeyGen.Count(renewalGrant))
		}
		if res := d.MCP(got.Access, "?call"); res.Status != 200 || d.HeyGen.Count(renewalGrant) != 2 {
			d.T.Errorf("the next: %d, renewed %d times", res.Status, d.HeyGen.Count(renewalGrant))
		}
		// One refusal says nothing against a key that HeyGen otherwise takes.
		key := d.SignIn("mia")
		refuseOnce()
		if res := d.MCP(key.Access, "?call"); res.Status != http.StatusUnauthorized || d.MCP(key.Access, "?call").Status != 200 {
			d.T.Errorf("with a key: %d", res.Status)
		}
		d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what == "/v3/users/me" {
				w.WriteHeader(http.StatusUnauthorized)
			}
			return what == "/v3/users/me"
		})
		d.MCP(key.Access, "?call")
		if res := d.MCP(key.Access, ""); res.Status != http.StatusUnauthorized || !strings.Contains(res.Header.Get("WWW-Authenticate"), "invalid_token") {
			d.T.Errorf("a key that was deleted: %d", res.Status)
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(key)), 400, "invalid_grant")
	})
}

// TestHeyGenEndsTheSignIn is a refused renewal: the client hears of it at once, in the way that makes it sign in again.
func TestHeyGenEndsTheSignIn(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what == renewalGrant {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
			}
			return what == renewalGrant
		})
		one, two := d.SignInAtHeyGen(), d.SignInAtHeyGen()
		d.Clock.Advance(58 * time.Minute)
		if res := d.MCP(one.Access, "?call"); res.Status != http.StatusUnauthorized || !strings.Contains(res.Header.Get("WWW-Authenticate"), `error="invalid_token"`) {
			d.T.Errorf("a call: %d %v", res.Status, res.Header)
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(one)), 400, "invalid_grant")
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(two)), 400, "invalid_grant")
		if d.Events.Count("end") != 2 {
			d.T.Errorf("the audit log has %+v", d.Events.All())
		}
	})
}

// TestHeyGenIsAway is a renewal without an answer: what there is goes on working, and nobody is signed out.
func TestHeyGenIsAway(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		d.Clock.Advance(57 * time.Minute)
		for _, body := range []string{"<html>", `{"error":"invalid_client"}`} {
			d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what == renewalGrant {
					w.WriteHeader(map[bool]int{true: http.StatusBadGateway, false: http.StatusUnauthorized}[body == "<html>"])
					_, _ = w.Write([]byte(body))
				}
				return what == renewalGrant
			})
			if res := d.MCP(got.Access, "?call"); res.Status != 200 {
				d.T.Errorf("%s: a call while the old token lives: %d", body, res.Status)
			}
			got = d.Redeem(brokertest.Renewal(got))
		}
		d.HeyGen.Answers(nil)
		for range 2 {
			if d.MCP(got.Access, "?call").Status != 200 {
				d.T.Error("after HeyGen came back")
			}
		}
	})
}

// TestTheAnswerIsLost is what a kill between HeyGen's rotation and our commit leaves: HeyGen has given new tokens and
// nobody has them. The grant cannot be kept, and must end in a clear sign-in rather than in calls that fail for ever.
func TestTheAnswerIsLost(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		d.Clock.Advance(57 * time.Minute)
		d.HeyGen.Answers(func(w http.ResponseWriter, what string, run func()) bool {
			if what != renewalGrant {
				return false
			}
			run()
			conn, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_ = conn.Close() // the test is that it breaks
			}
			return true
		})
		// HeyGen's old access token lives for three minutes yet, so this call can still be served.
		if res := d.MCP(got.Access, "?call"); res.Status != 200 {
			d.T.Errorf("the call in which the answer is lost: %d", res.Status)
		}
		d.HeyGen.Answers(nil)
		if res := d.MCP(got.Access, "?call"); res.Status != http.StatusUnauthorized || !strings.Contains(res.Header.Get("WWW-Authenticate"), `error="invalid_token"`) {
			d.T.Errorf("the next: %d %v", res.Status, res.Header)
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(got)), 400, "invalid_grant")
		d.SignInAtHeyGen()
	})
}
