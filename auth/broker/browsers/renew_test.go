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
			// The thief plants their cookie together with a flow in which they have signed in
			// themselves.
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
