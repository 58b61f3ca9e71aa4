package signin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

// TestTheRedirectIsJudgedAgain holds that a sign-in under way ends when its client's document drops the redirect URI.
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
