package browsers_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/auth/broker/brokertest"
)

// TestCookies holds what a cookie that somebody else knows is worth.
func TestCookies(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]func(d *brokertest.Deployment){
		"with a key": func(d *brokertest.Deployment) {
			brokertest.RefusesPlantedCookies(d, func(p *brokertest.Person) { p.Submit("api_key", "sk_sandbox_mia") })
		},
		"at HeyGen": func(d *brokertest.Deployment) {
			brokertest.RefusesPlantedCookies(d, func(p *brokertest.Person) {
				p.Link("Continue with HeyGen")
				p.Submit("account", "mia")
			})
		},
		"connections": func(d *brokertest.Deployment) {
			thief, victim := d.Person(), d.Person()
			thief.Open("/connections")
			known := *thief.Cookie()
			victim.Plant(known.Name, known.Value)
			victim.Open("/connections")
			victim.Submit("api_key", "sk_sandbox_mia")
			if thief.Open("/connections"); !strings.Contains(victim.Page.Body, "There are none") || !strings.Contains(thief.Page.Body, "Sign in to see") {
				d.T.Errorf("the planted cookie opens what another signed in to: %s", thief.Page.Body)
			}
		},
		"another's consent page": func(d *brokertest.Deployment) {
			// The thief plants their cookie together with a flow in which they have signed in themselves.
			thief, victim := d.Person(), d.Person()
			thief.Open("/oauth/authorize?" + d.Ask(d.Public()).Encode())
			thief.Submit("api_key", "sk_sandbox_mallory")
			known := *thief.Cookie()
			victim.Plant(known.Name, known.Value)
			victim.Open("/connections")
			victim.Submit("api_key", "sk_sandbox_mia")
			if res := d.Send(victim.Web, http.MethodGet, thief.At, ""); res.Status != http.StatusBadRequest {
				d.T.Errorf("the victim is asked to agree for the thief's account: %d %s", res.Status, res.Body)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			brokertest.OnStores(t, try)
		})
	}
}

// TestTabs is somebody with several sign-ins under way at once: the new cookie that one of them brings ends none of the others.
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
