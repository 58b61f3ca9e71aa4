package tokens_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestRotation is what a client meets; storetest has the rules one by one.
func TestRotation(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		first := d.SignIn("mia")
		second := d.Redeem(brokertest.Renewal(first))
		lost := d.Redeem(brokertest.Renewal(first)) // the answer was lost, so once more
		if second.Access == lost.Access || d.MCP(second.Access, "").Status != 200 || d.MCP(lost.Access, "").Status != 200 || d.MCP(first.Access, "").Status != 200 {
			d.T.Error("within a minute a used refresh token is good once more")
		}
		third := d.Redeem(brokertest.Renewal(second))
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(first)), 400, "invalid_grant")
		for _, token := range []brokertest.Tokens{first, second, lost, third} {
			if d.MCP(token.Access, "").Status != 401 {
				d.T.Error("a token outlives the theft of its grant")
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(token)), 400, "invalid_grant")
		}
		if d.Events.Count("reuse") != 1 {
			d.T.Errorf("the audit log has %+v", d.Events.All())
		}

		late := d.SignIn("mia")
		d.Redeem(brokertest.Renewal(late))
		d.Clock.Advance(time.Minute + time.Second)
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(late)), 400, "invalid_grant")
		if d.MCP(late.Access, "").Status != 401 {
			d.T.Error("reuse after the grace does not end the grant")
		}
	})
}

// TestRefreshesAtOnce is two hundred of a client's own refreshes, which ask HeyGen once. Two are
// answered: one is the first, the other could be for its answer having been lost. The others are
// told to wait, and the grant goes on.
func TestRefreshesAtOnce(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := d.SignInAtHeyGen()
		d.Clock.Advance(57 * time.Minute)
		before := d.HeyGen.Count(brokertest.RenewalGrant)
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
		if asked := d.HeyGen.Count(brokertest.RenewalGrant) - before; len(given) != 2 || asked != 1 {
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

// TestARefreshIsQuiet holds that nothing is logged of a refresh that goes well.
func TestARefreshIsQuiet(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	d.Redeem(brokertest.Renewal(d.SignIn("mia")))
	if log := d.Log.String(); strings.Contains(log, `"level":"warn"`) || strings.Contains(log, `"level":"error"`) {
		t.Errorf("the log has %s, want no warning", log)
	}
}
