package signin_test

import (
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestConnections is the page on which a person ends what they connected.
func TestConnections(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		p := d.Person()
		atHeyGen := d.Redeem(d.Redemption(client, d.CodeOf(p.WithHeyGen(d.Ask(client), "mia"))))
		elsewhere, byKey, others := d.SignInAtHeyGen(), d.SignIn("mia"), d.SignIn("noa")
		revoked := func() int { return d.HeyGen.Count("/v1/oauth/revoke") }

		p.Open("/connections")
		if !strings.Contains(p.Page.Body, "kept encrypted for this browser, for a quarter of an hour") {
			d.T.Errorf("it does not say what is kept: %s", p.Page.Body)
		}
		if !strings.Contains(p.Page.Body, "Sign in to see") {
			d.T.Fatalf("it is open to everybody: %s", p.Page.Body)
		}
		p.Submit("api_key", "sk_sandbox_mia")
		if n := strings.Count(p.Page.Body, ">End this connection<"); n != 3 {
			d.T.Fatalf("%d connections are shown: %s", n, p.Page.Body)
		}
		if p.Submit("grant", "grant_of_somebody_else", "action", "end"); !strings.Contains(p.Page.Body, "It had ended already.") {
			d.T.Errorf("%s", p.Page.Body)
		}
		told := []string{}
		for range 3 {
			p.Submit("grant", brokertest.AttributeOf(p.Page.Body, "grant"), "action", "end")
			_, done, _ := strings.Cut(p.Page.Body, `role="status">`)
			done, _, _ = strings.Cut(done, "</p>")
			told = append(told, done)
		}
		all := strings.Join(told, "\n")
		for _, want := range []string{"HeyGen was told to forget", "does not hold its key", "delete it there"} {
			if strings.Count(all, want) != 1 {
				d.T.Errorf("%q is not said once:\n%s", want, all)
			}
		}
		if revoked() != 1 || !strings.Contains(p.Page.Body, "There are none.") {
			d.T.Errorf("HeyGen was told %d times; %s", revoked(), p.Page.Body)
		}
		for _, ended := range []brokertest.Tokens{atHeyGen, elsewhere, byKey} {
			if d.MCP(ended.Access, "").Status != 401 {
				d.T.Error("a connection that was ended works")
			}
		}
		if d.MCP(others.Access, "").Status != 200 {
			d.T.Error("another account's connection has ended")
		}
		d.Clock.Advance(15 * time.Minute)
		if p.Open("/connections"); !strings.Contains(p.Page.Body, "Sign in to see") {
			d.T.Error("the page stays open for ever")
		}
		// By HeyGen's own sign-in, whose tokens are given back when the person leaves.
		before := revoked()
		p.Link("Continue with HeyGen")
		p.Submit("account", "noa")
		if !strings.Contains(p.Page.Body, "End this connection") || revoked() != before {
			d.T.Errorf("HeyGen was told %d times; %s", revoked()-before, p.Page.Body)
		}
		if p.Submit("action", "leave"); !strings.Contains(p.Page.Body, "Signed out") || revoked() != before+1 {
			d.T.Errorf("%s", p.Page.Body)
		}
		if p.Open("/connections"); !strings.Contains(p.Page.Body, "Sign in to see") {
			d.T.Error("signing out does not close the page")
		}
	})
}

// TestNoChoiceOfOne holds that a connection that may do no less is offered no other access.
func TestNoChoiceOfOne(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	for _, access := range []string{"read", "make"} {
		connected(d, "access", access)
		p := atConnections(d, "mia")
		if offered := strings.Contains(p.Page.Body, `name="access"`); offered != (access == "make") {
			t.Errorf("%s: another access is offered: %t: %s", access, offered, p.Page.Body)
		}
	}
}

// TestCallsThatCannotBeKept holds that the page shows what there is where the calls cannot be kept, and that the log
// says so.
func TestCallsThatCannotBeKept(t *testing.T) {
	t.Parallel()
	d, store := brokertest.DeployFailing(t)
	got := connected(d)
	d.MCP(got.Access, "?count=1")
	for _, fails := range []string{"AddCalls", ""} {
		store.Fail(fails)
		before := len(d.Log.String())
		p := atConnections(d, "mia")
		if told := strings.Contains(d.Log.String()[before:], "the number of calls could not be kept"); told != (fails != "") || !strings.Contains(p.Page.Body, ">End this connection<") {
			t.Errorf("%q fails, and the log says so: %t: %s", fails, told, p.Page.Body)
		}
	}
}
