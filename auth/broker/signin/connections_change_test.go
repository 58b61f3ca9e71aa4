package signin_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/internal/words"
)

// atConnections is somebody who has signed in to see what they have connected.
func atConnections(d *brokertest.Deployment, account string) *brokertest.Person {
	p := d.Person()
	p.Open("/connections")
	p.Submit("api_key", "sk_sandbox_"+account)
	return p
}

// connected is a client that somebody allowed what is chosen.
func connected(d *brokertest.Deployment, chosen ...string) brokertest.Tokens {
	client := d.Public()
	p := atConsent(d, client, "scope", allScopes)
	return d.Redeem(d.Redemption(client, d.CodeOf(p.Submit(append([]string{"action", "agree"}, chosen...)...))))
}

// TestAConnectionIsChanged holds that what a person changes holds at once, that access can only be narrowed, and that a
// mistake is told beside its field and changes nothing.
func TestAConnectionIsChanged(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		got := connected(d, "access", "all", "spend_cap_daily", "5")
		p := atConnections(d, "mia")
		if !strings.Contains(p.Page.Body, "HeyGen account <strong>mia</strong>") || !strings.Contains(p.Page.Body, "Everything, deleting too. It may spend 5.00 USD a day. It lasts until you end it.") {
			d.T.Errorf("%s", p.Page.Body)
		}
		change := func(fields ...string) string {
			p.Submit(append([]string{"spend_cap_daily", "5", "action", "change"}, fields...)...)
			return p.Page.Body
		}
		capIs := func(want string) {
			d.T.Helper()
			if n := d.MCP(got.Access, "?cap=1").Body; n != want {
				d.T.Errorf("the cap is %s, want %s", n, want)
			}
		}
		if page := change("spend_cap_daily", "7.5"); !strings.Contains(page, "Saved.") || !strings.Contains(page, "It may spend 7.50 USD a day") {
			d.T.Errorf("%s", page)
		}
		capIs("7500000")
		page := change("spend_cap_daily", "lots", "access", "read")
		if p.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(page, `id="cap-problem-0" role="alert"`) || !strings.Contains(page, `value="lots"`) ||
			!strings.Contains(page, "<details open>") || !checked(page, "access", "read") || strings.Count(page, "autofocus") != 1 {
			d.T.Errorf("%d %s", p.Page.Status, page)
		}
		capIs("7500000")
		if d.MCP(got.Access, "?scope=heygen:delete").Status != http.StatusOK {
			d.T.Error("a form with a mistake has changed something")
		}
		if page := change("access", "make", "spend_cap_daily", "8"); !strings.Contains(page, "Look and make. It may spend 8.00 USD a day.") {
			d.T.Errorf("%s", page)
		}
		if d.MCP(got.Access, "?scope=heygen:delete").Status != http.StatusForbidden || d.MCP(got.Access, "?scope=heygen:write").Status != http.StatusOK {
			d.T.Error("the token that was given before is not narrowed, or too much")
		}
		next := d.Redeem(brokertest.Renewal(got))
		if next.Scope != makeScopes {
			d.T.Errorf("a refresh gives %q", next.Scope)
		}
		if p.Submit("spend_cap_daily", "8.5"); !strings.Contains(p.Page.Body, "Saved.") {
			d.T.Errorf("a form without its button: %s", p.Page.Body)
		}
		change("spend_cap_daily", "8")
		if page := change("access", "all"); p.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(page, "To give it more, connect again") {
			d.T.Errorf("it is widened: %d %s", p.Page.Status, page)
		}
		brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.Renewal(next, "scope", allScopes)), 400, "invalid_scope")
		// A form without the field leaves the cap as it is.
		if page := change("access", "make", "expires", "30d", "spend_cap_daily", ""); !strings.Contains(page, "It may spend 8.00 USD a day. It ends on 24 December 2026.") {
			d.T.Errorf("%s", page)
		}
		got = d.Redeem(brokertest.Renewal(next))
		d.Clock.Advance(14 * time.Minute)
		if page := change("expires", "never"); !strings.Contains(page, "It lasts until you end it") {
			d.T.Errorf("%s", page)
		}
		change("access", "read")
		if page := change("access", "make"); p.Page.Status != http.StatusUnprocessableEntity || !strings.Contains(page, "To give it more, connect again") {
			d.T.Errorf("a page from before it was narrowed widens it, or does not say why not: %d %s", p.Page.Status, page)
		}
		for _, button := range [][]string{{}, {"action", "remove"}, {"action", "END"}} {
			p.Submit(append([]string{"grant", brokertest.AttributeOf(p.Page.Body, "grant")}, button...)...)
			if d.MCP(got.Access, "").Status != http.StatusOK || strings.Contains(p.Page.Body, `role="status"`) {
				d.T.Errorf("a form with %v for its button has done something: %s", button, p.Page.Body)
			}
		}
		if page := change("grant", "grant_of_somebody_else"); !strings.Contains(page, "It had ended already.") {
			d.T.Errorf("%s", page)
		}
		if d.MCP(got.Access, "").Status != http.StatusOK || d.Events.Count("change") == 0 {
			d.T.Error("it has ended, or the audit log does not have it")
		}
		if p := atConnections(d, "noa"); !strings.Contains(p.Page.Body, "There are none.") {
			d.T.Errorf("another account sees it: %s", p.Page.Body)
		}
	})
}

// TestACapIsTakenAway holds that an empty field is no cap.
func TestACapIsTakenAway(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	got := connected(d, "spend_cap_daily", "5")
	p := atConnections(d, "mia")
	grant := brokertest.AttributeOf(p.Page.Body, "grant")
	res := d.Send(p.Web, http.MethodPost, "/connections", "action=change&spend_cap_daily=&grant="+grant+"&csrf="+brokertest.AttributeOf(p.Page.Body, "csrf"),
		"Content-Type", "application/x-www-form-urlencoded")
	if res.Status != http.StatusOK || d.MCP(got.Access, "?cap=1").Body != "none" {
		t.Errorf("%d %s", res.Status, res.Body)
	}
}

// TestAnOldPageChangesNothingOfOthers holds that a form counts only with its mark, in its browser, for its account.
func TestAnOldPageChangesNothingOfOthers(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	got := connected(d, "access", "make", "spend_cap_daily", "5")
	mia, noa := atConnections(d, "mia"), atConnections(d, "noa")
	grant := brokertest.AttributeOf(mia.Page.Body, "grant")
	for _, action := range []string{"change", "end"} {
		noa.Send("/connections", "action", action, "grant", grant, "access", "read", "spend_cap_daily", "1")
		d.Send(mia.Web, http.MethodPost, "/connections", "action="+action+"&access=read&spend_cap_daily=1&grant="+grant, "Content-Type", "application/x-www-form-urlencoded")
	}
	if d.MCP(got.Access, "?scope=heygen:write").Status != http.StatusOK || d.MCP(got.Access, "?cap=1").Body != "5000000" {
		t.Error("somebody else has changed it")
	}
}

// TestAllAreEnded holds that all connections of an account end at once, and no other's.
func TestAllAreEnded(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		mine, others := []brokertest.Tokens{connected(d), d.SignInAtHeyGen(), connected(d)}, d.SignIn("noa")
		p := atConnections(d, "mia")
		if !strings.Contains(p.Page.Body, "End all 3 connections") || strings.Count(p.Page.Body, "<h2><bdi>A client</bdi></h2>") != 1 {
			d.T.Errorf("%s", p.Page.Body)
		}
		if p.Submit("action", "end-all"); !strings.Contains(p.Page.Body, "All are ended here, 3 in number") || !strings.Contains(p.Page.Body, "There are none.") {
			d.T.Errorf("%s", p.Page.Body)
		}
		for _, ended := range mine {
			if d.MCP(ended.Access, "").Status != http.StatusUnauthorized {
				d.T.Error("one works")
			}
		}
		if d.MCP(others.Access, "").Status != http.StatusOK {
			d.T.Error("another account's has ended")
		}
	})
}

// TestSignedOutEverywhere holds that no browser stays signed in, and that connections go on.
func TestSignedOutEverywhere(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		client := d.Public()
		first := d.Person()
		got := d.Redeem(d.Redemption(client, d.CodeOf(first.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mia")), "redirect_uri", brokertest.Hosted))
		if !first.MayGoOn(d.Ask(client, "redirect_uri", brokertest.Hosted)) {
			d.T.Fatal("the first browser is not remembered")
		}
		second, third, other := atConnections(d, "mia"), atConnections(d, "mia"), atConnections(d, "noa")
		if second.Submit("action", "leave-everywhere"); !strings.Contains(second.Page.Body, "Signed out everywhere") {
			d.T.Errorf("%s", second.Page.Body)
		}
		for _, p := range []*brokertest.Person{second, third} {
			if p.Open("/connections"); !strings.Contains(p.Page.Body, "Sign in to see") {
				d.T.Errorf("a browser stays signed in: %s", p.Page.Body)
			}
		}
		if first.MayGoOn(d.Ask(client, "redirect_uri", brokertest.Hosted)) {
			d.T.Error("a browser still connects without a sign-in")
		}
		if other.Open("/connections"); !strings.Contains(other.Page.Body, "HeyGen account <strong>noa</strong>") {
			d.T.Error("another account is signed out")
		}
		if d.MCP(got.Access, "").Status != http.StatusOK {
			d.T.Error("the connection has ended")
		}
	})
}

// TestUsageIsTold holds what the page says of what was made, where it is recorded, where it is not
// and where it cannot be told now; and that calls are counted.
func TestUsageIsTold(t *testing.T) {
	t.Parallel()
	made := auth.Usage{Today: 730_000, Spent: 12_000_000, Days: 30, Lasting: true,
		Last: []auth.PaidCall{{At: time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC), Text: words.Verbatim("made a video, 11 s, 0.73 USD"), Link: "https://app.heygen.com/videos/v"}}}
	lasts := made
	lasts.Lasting = false
	for name, c := range map[string]struct {
		tells auth.Activity
		says  []string
	}{
		"nothing is recorded": {nil, []string{"keeps no record of what is made"}},
		"it is recorded": {func(context.Context, string, []string) (auth.Usage, error) { return made, nil },
			[]string{"0.73 USD today, 12.00 USD in 30 days", `<a href="https://app.heygen.com/videos/v" rel="noreferrer">made a video, 11 s, 0.73 USD</a>`, "24 November 2026, 09:05 UTC"}},
		"in memory": {func(context.Context, string, []string) (auth.Usage, error) { return lasts, nil }, []string{"recorded in memory only", "0.73 USD today"}},
		"not now": {func(context.Context, string, []string) (auth.Usage, error) { return auth.Usage{}, errors.New("away") },
			[]string{"cannot be looked up now", "End this connection"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			brokertest.OnStores(t, func(d *brokertest.Deployment) {
				got := connected(d)
				for range 4 {
					d.MCP(got.Access, "?count=1")
				}
				if d.Replicas > 1 {
					return // of which each hands its own on once a minute
				}
				p := atConnections(d, "mia")
				for _, want := range append(c.says, "4 today, 4 in 30 days", "<dd>24 November 2026, 12:00 UTC</dd>") {
					if !strings.Contains(p.Page.Body, want) {
						d.T.Errorf("it does not say %q: %s", want, p.Page.Body)
					}
				}
			}, func(cfg *auth.Config) { cfg.Broker.Activity = c.tells })
		})
	}
}
