package flows_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestTabs is somebody with several sign-ins under way at once: the new cookie that one of them
// brings ends none of the others.
func TestTabs(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		begin := func(p *brokertest.Person) brokertest.Person {
			tab := *p
			tab.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			return tab
		}
		p := d.Person()
		first := begin(p)
		second, third, device := begin(p), begin(p), *p
		device.Open("/oauth/device")
		first.Submit("api_key", "sk_sandbox_mia")
		second.Submit("api_key", "sk_sandbox_mia")
		before := second.Cookie().Value
		d.CodeOf(first.Submit("action", "agree")) // its page is older than the second sign-in
		d.CodeOf(second.Submit("action", "agree"))
		third.Link("Continue with HeyGen")
		third.Submit("account", "mia")
		if third.Cookie().Value == before {
			d.T.Error("a sign-in at HeyGen brings no new cookie")
		}
		d.CodeOf(third.Submit("action", "agree"))
		if device.Submit("user_code", "BBBB-BBBB"); device.Page.Status != http.StatusUnprocessableEntity {
			d.T.Errorf("the page for devices is dead: %d %s", device.Page.Status, device.Page.Body)
		}
		if n := strings.Count(third.Cookie().Value, "."); n > 3 {
			d.T.Errorf("the cookie carries %d earlier ones", n)
		}
		for range 6 {
			again := begin(p)
			d.CodeOf(again.Finish("mia"))
		}
		if n := len(p.Cookie().Value); n > 400 {
			d.T.Errorf("the cookie has grown to %d characters", n)
		}
	})
}

// TestTheRedirectIsJudgedAgain holds that a sign-in under way ends when its client's document drops
// the redirect URI.
func TestTheRedirectIsJudgedAgain(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		s := brokertest.NewSite(d.T)
		d = s.With(d)
		s.Put(brokertest.DocumentID, brokertest.DocumentGood)
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(brokertest.DocumentID, "redirect_uri", "https://tool.example/cb").Encode())
		s.Put(brokertest.DocumentID, strings.Replace(brokertest.DocumentGood, "https://tool.example/cb", "https://tool.example/new", 1))
		d.Clock.Advance(5 * time.Minute)
		for range d.Replicas { // each remembers for itself
			d.Person().Open("/oauth/authorize?" + d.Ask(brokertest.DocumentID).Encode())
		}
		if at := p.Submit("api_key", "sk_sandbox_mia"); p.Page.Status != http.StatusBadRequest || !strings.Contains(p.Page.Body, "not known here any more") {
			d.T.Errorf("at %s: %d %s", at, p.Page.Status, p.Page.Body)
		}
	})
}

// TestFlowsOfOthers holds that a flow opens for its own browser alone, and not after its time.
func TestFlowsOfOthers(t *testing.T) {
	t.Parallel()
	d := brokertest.OnSQLite(t)
	p, other := d.Person(), d.Person()
	p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
	other.Open("/oauth/device")
	status := func(p *brokertest.Person, at string) int {
		return d.Send(p.Web, http.MethodGet, at, "").Status
	}
	at := p.At
	if got := status(other, at); got != http.StatusBadRequest {
		t.Errorf("another browser's flow: %d", got)
	}
	if got := status(p, at); got != http.StatusOK {
		t.Errorf("its own: %d", got)
	}
	for _, id := range []string{"", "x", strings.Repeat("x", 300)} {
		if got := status(p, "/oauth/sign-in?flow="+id); got != http.StatusBadRequest {
			t.Errorf("a flow that is none: %d", got)
		}
	}
	d.Clock.Advance(15 * time.Minute)
	if got := status(p, at); got != http.StatusBadRequest {
		t.Errorf("after its time: %d", got)
	}
}

// TestTheStoreFails holds that what cannot be found for a flow is a failure of the server, and not
// the end of the flow.
func TestTheStoreFails(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"Flow", "Client", "PutFlow"} {
		d, store := brokertest.DeployFailing(t)
		p := d.Person()
		p.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
		store.Fail(method)
		if res := p.Send("/oauth/sign-in", "api_key", "sk_sandbox_mia"); res.Status != http.StatusInternalServerError {
			t.Errorf("%s fails: %d %s", method, res.Status, res.Body)
		}
		store.Fail("")
		if p.Submit("api_key", "sk_sandbox_mia"); p.Page.Status != http.StatusOK || !strings.Contains(p.At, "/oauth/consent?") {
			t.Errorf("when %s works again: %d at %s", method, p.Page.Status, p.At)
		}
	}
}
