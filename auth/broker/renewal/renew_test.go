package renewal_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestOneRenewal is five hundred calls when HeyGen's token is about to end, and when it has ended:
// HeyGen is asked once, whoever asks and however many replicas there are.
func TestOneRenewal(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		call := func() brokertest.Answer { return d.MCP(got.Access, "?call") }
		d.Clock.Advance(56 * time.Minute)
		brokertest.Together(d, call)
		// The old token would be dead by now.
		d.Clock.Advance(30 * time.Minute)
		if res := call(); res.Status != 200 || d.HeyGen.Count(brokertest.RenewalGrant) != 1 {
			d.T.Errorf("with the new token: %d, asked %d times", res.Status, d.HeyGen.Count(brokertest.RenewalGrant))
		}
		d.Clock.Advance(2 * time.Hour)
		brokertest.Together(d, call)
		// A client's own refresh renews too when it is time.
		d.Clock.Advance(56 * time.Minute)
		d.Redeem(brokertest.Renewal(got))
		if d.HeyGen.Count(brokertest.RenewalGrant) != 3 {
			d.T.Errorf("asked %d times", d.HeyGen.Count(brokertest.RenewalGrant))
		}
	})
}

// TestHeyGenEndsTheSignIn is a refused renewal: the client hears of it at once, in the way that
// makes it sign in again.
func TestHeyGenEndsTheSignIn(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
			if what == brokertest.RenewalGrant {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
			}
			return what == brokertest.RenewalGrant
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

// TestHeyGenIsAway is a renewal without an answer: what there is goes on working, and nobody is
// signed out.
func TestHeyGenIsAway(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		d.Clock.Advance(57 * time.Minute)
		for _, body := range []string{"<html>", `{"error":"invalid_client"}`} {
			d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what == brokertest.RenewalGrant {
					w.WriteHeader(map[bool]int{true: http.StatusBadGateway, false: http.StatusUnauthorized}[body == "<html>"])
					_, _ = w.Write([]byte(body))
				}
				return what == brokertest.RenewalGrant
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

// TestTheAnswerIsLost is what a kill between HeyGen's rotation and our commit leaves: HeyGen has
// given new tokens and nobody has them. The grant cannot be kept, and must end in a clear sign-in
// rather than in calls that fail for ever.
func TestTheAnswerIsLost(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		d.Clock.Advance(57 * time.Minute)
		d.HeyGen.Answers(func(w http.ResponseWriter, what string, run func()) bool {
			if what != brokertest.RenewalGrant {
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
