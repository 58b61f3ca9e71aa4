package auth_test

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const renewalGrant = "refresh_token"

// atOnce is how many callers come at once.
const atOnce = 500

// hold makes HeyGen answer a renewal only after all of the callers have come in, so that none of them finds it done.
func (d *deployment) hold() {
	all := make(chan struct{})
	var left atomic.Int64
	left.Store(atOnce)
	arrived := func() {
		if left.Add(-1) == 0 {
			close(all)
		}
	}
	d.arrived.Store(&arrived)
	d.heygen.answers(func(_ http.ResponseWriter, what string, _ func()) bool {
		if what == renewalGrant {
			select {
			case <-all:
			case <-d.t.Context().Done():
			}
		}
		return false
	})
}

// together makes all calls at once, and demands of each a success and of all one renewal.
func (d *deployment) together(call func() answer) {
	d.t.Helper()
	asked := d.heygen.count(renewalGrant)
	d.hold()
	var wg sync.WaitGroup
	var bad atomic.Int64
	for range atOnce {
		wg.Go(func() {
			if call().status != http.StatusOK {
				bad.Add(1)
			}
		})
	}
	wg.Wait()
	if n := d.heygen.count(renewalGrant) - asked; n != 1 || bad.Load() != 0 {
		d.t.Errorf("HeyGen was asked %d times; %d of %d failed", n, bad.Load(), atOnce)
	}
}

// TestOneRenewal is five hundred calls when HeyGen's token is about to end, and when it has ended: HeyGen is asked once,
// whoever asks and however many replicas there are.
func TestOneRenewal(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		got := d.signInAtHeyGen()
		call := func() answer { return d.mcp(got.access, "?call") }
		d.clock.advance(56 * time.Minute)
		d.together(call)
		// The old token would be dead by now.
		d.clock.advance(30 * time.Minute)
		if res := call(); res.status != 200 || d.heygen.count(renewalGrant) != 1 {
			d.t.Errorf("with the new token: %d, asked %d times", res.status, d.heygen.count(renewalGrant))
		}
		d.clock.advance(2 * time.Hour)
		d.together(call)
		// A client's own refresh renews too when it is time.
		d.clock.advance(56 * time.Minute)
		d.redeem(renewal(got))
		if d.heygen.count(renewalGrant) != 3 {
			d.t.Errorf("asked %d times", d.heygen.count(renewalGrant))
		}
	})
}

// TestRefreshesAtOnce is two hundred of a client's own refreshes, which ask HeyGen once. Two are answered: one is the
// first, the other could be for its answer having been lost. The others are told to wait, and the grant goes on.
func TestRefreshesAtOnce(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		got := d.signInAtHeyGen()
		d.clock.advance(57 * time.Minute)
		before := d.heygen.count(renewalGrant)
		answers := make(chan answer, 200)
		var wg sync.WaitGroup
		for range cap(answers) {
			wg.Go(func() { answers <- d.form("/oauth/token", renewal(got)) })
		}
		wg.Wait()
		close(answers)
		var given []tokens
		for res := range answers {
			switch {
			case res.status == http.StatusOK:
				given = append(given, tokens{got.client, res.text("access_token"), res.text("refresh_token"), ""})
			case res.status != http.StatusTooManyRequests || res.header.Get("Retry-After") == "":
				d.t.Fatalf("%d %v %s", res.status, res.header, res.body)
			}
		}
		if asked := d.heygen.count(renewalGrant) - before; len(given) != 2 || asked != 1 {
			d.t.Fatalf("%d refreshes were answered, and HeyGen was asked %d times", len(given), asked)
		}
		for _, one := range given {
			if res := d.mcp(one.access, "?call"); res.status != http.StatusOK {
				d.t.Errorf("what was given opens nothing: %d", res.status)
			}
		}
		// The use of one ends the other within a minute.
		d.clock.advance(time.Minute)
		next := d.redeem(renewal(given[0]))
		d.clock.advance(time.Minute)
		wants(d.t, d.form("/oauth/token", renewal(given[1])), 400, "invalid_grant")
		if status := d.mcp(given[1].access, "").status; status != http.StatusUnauthorized {
			d.t.Errorf("the access token of the one that ended: %d", status)
		}
		if status := d.mcp(next.access, "?call").status; status != http.StatusOK {
			d.t.Errorf("the one that was used: %d", status)
		}
	})
}

// TestRefusedInMidCallOfTheBrokers is a token that HeyGen ends before its time.
func TestRefusedInMidCallOfTheBrokers(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		got := d.signInAtHeyGen()
		refuseOnce := func() {
			var done atomic.Bool
			d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what != "/v3/users/me" || done.Swap(true) {
					return false
				}
				w.WriteHeader(http.StatusUnauthorized)
				return true
			})
		}
		refuseOnce()
		if res := d.mcp(got.access, "?call"); res.status != 200 || d.heygen.count(renewalGrant) != 1 {
			d.t.Errorf("a read: %d, renewed %d times", res.status, d.heygen.count(renewalGrant))
		}
		// A create without a key is not repeated: the refusal is passed on, and the next call works.
		refuseOnce()
		if res := d.mcp(got.access, "?call=POST"); res.status != http.StatusUnauthorized || d.heygen.count(renewalGrant) != 2 {
			d.t.Errorf("a create: %d, renewed %d times", res.status, d.heygen.count(renewalGrant))
		}
		if res := d.mcp(got.access, "?call"); res.status != 200 || d.heygen.count(renewalGrant) != 2 {
			d.t.Errorf("the next: %d, renewed %d times", res.status, d.heygen.count(renewalGrant))
		}
		// One refusal says nothing against a key that HeyGen otherwise takes.
		key := d.signIn("mia")
		refuseOnce()
		if res := d.mcp(key.access, "?call"); res.status != http.StatusUnauthorized || d.mcp(key.access, "?call").status != 200 {
			d.t.Errorf("with a key: %d", res.status)
		}
		d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what == "/v3/users/me" {
				w.WriteHeader(http.StatusUnauthorized)
			}
			return what == "/v3/users/me"
		})
		d.mcp(key.access, "?call")
		if res := d.mcp(key.access, ""); res.status != http.StatusUnauthorized || !strings.Contains(res.header.Get("WWW-Authenticate"), "invalid_token") {
			d.t.Errorf("a key that was deleted: %d", res.status)
		}
		wants(d.t, d.form("/oauth/token", renewal(key)), 400, "invalid_grant")
	})
}

// TestHeyGenEndsTheSignIn is a refused renewal: the client hears of it at once, in the way that makes it sign in again.
func TestHeyGenEndsTheSignIn(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what == renewalGrant {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
			}
			return what == renewalGrant
		})
		one, two := d.signInAtHeyGen(), d.signInAtHeyGen()
		d.clock.advance(58 * time.Minute)
		if res := d.mcp(one.access, "?call"); res.status != http.StatusUnauthorized || !strings.Contains(res.header.Get("WWW-Authenticate"), `error="invalid_token"`) {
			d.t.Errorf("a call: %d %v", res.status, res.header)
		}
		wants(d.t, d.form("/oauth/token", renewal(one)), 400, "invalid_grant")
		wants(d.t, d.form("/oauth/token", renewal(two)), 400, "invalid_grant")
		if d.events.count("end") != 2 {
			d.t.Errorf("the audit log has %+v", d.events.all)
		}
	})
}

// TestHeyGenIsAway is a renewal without an answer: what there is goes on working, and nobody is signed out.
func TestHeyGenIsAway(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		got := d.signInAtHeyGen()
		d.clock.advance(57 * time.Minute)
		for _, body := range []string{"<html>", `{"error":"invalid_client"}`} {
			d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what == renewalGrant {
					w.WriteHeader(map[bool]int{true: http.StatusBadGateway, false: http.StatusUnauthorized}[body == "<html>"])
					_, _ = w.Write([]byte(body))
				}
				return what == renewalGrant
			})
			if res := d.mcp(got.access, "?call"); res.status != 200 {
				d.t.Errorf("%s: a call while the old token lives: %d", body, res.status)
			}
			got = d.redeem(renewal(got))
		}
		d.heygen.answers(nil)
		for range 2 {
			if d.mcp(got.access, "?call").status != 200 {
				d.t.Error("after HeyGen came back")
			}
		}
	})
}

// TestTheAnswerIsLost is what a kill between HeyGen's rotation and our commit leaves: HeyGen has given new tokens and
// nobody has them. The grant cannot be kept, and must end in a clear sign-in rather than in calls that fail for ever.
func TestTheAnswerIsLost(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		got := d.signInAtHeyGen()
		d.clock.advance(57 * time.Minute)
		d.heygen.answers(func(w http.ResponseWriter, what string, run func()) bool {
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
		if res := d.mcp(got.access, "?call"); res.status != 200 {
			d.t.Errorf("the call in which the answer is lost: %d", res.status)
		}
		d.heygen.answers(nil)
		if res := d.mcp(got.access, "?call"); res.status != http.StatusUnauthorized || !strings.Contains(res.header.Get("WWW-Authenticate"), `error="invalid_token"`) {
			d.t.Errorf("the next: %d %v", res.status, res.header)
		}
		wants(d.t, d.form("/oauth/token", renewal(got)), 400, "invalid_grant")
		d.signInAtHeyGen()
	})
}
