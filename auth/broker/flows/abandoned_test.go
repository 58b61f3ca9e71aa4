package flows_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// TestAbandonedSignIns holds that HeyGen's tokens are given back where nobody agrees to what they
// were for, and only there.
func TestAbandonedSignIns(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]func(d *brokertest.Deployment){
		"left alone": func(d *brokertest.Deployment) {
			p, agreed := d.AtConsent(), d.AtConsent()
			code := d.CodeOf(agreed.Submit("action", "agree"))
			d.Clock.Advance(15*time.Minute - time.Second)
			d.Revoked(0)
			d.Clock.Advance(time.Second)
			d.Revoked(1)
			if res := d.Send(p.Web, http.MethodGet, p.At, ""); res.Status != http.StatusBadRequest {
				d.T.Errorf("the sign-in is still there: %d", res.Status)
			}
			if code == "" {
				d.T.Error("no code")
			}
		},
		"refused": func(d *brokertest.Deployment) {
			d.AtConsent().Submit("action", "refuse")
			d.Clock.Advance(time.Hour)
			d.Revoked(1)
		},
		"canceled": func(d *brokertest.Deployment) {
			p := d.AtConsent()
			p.Open(strings.Replace(p.At, "/oauth/consent", "/oauth/cancel", 1))
			d.Clock.Advance(time.Hour)
			d.Revoked(1)
		},
		"another account instead": func(d *brokertest.Deployment) {
			p := d.AtConsent()
			p.Open(strings.Replace(p.At, "/oauth/consent", "/oauth/sign-in", 1))
			p.Finish("noa")
			d.Revoked(1)
			d.Clock.Advance(time.Hour)
			d.Revoked(1)
		},
		"the same account again": func(d *brokertest.Deployment) {
			p := d.AtConsent()
			p.Open(strings.Replace(p.At, "/oauth/consent", "/oauth/sign-in", 1))
			p.Link("Continue with HeyGen")
			p.Submit("account", "mia")
			d.Revoked(1)
			d.Clock.Advance(time.Hour)
			d.Revoked(2)
		},
		"HeyGen is away": func(d *brokertest.Deployment) {
			d.AtConsent()
			var tried atomic.Int32
			d.HeyGen.Answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what != "/v1/oauth/revoke" || tried.Add(1) > 2 {
					return false
				}
				w.WriteHeader(http.StatusServiceUnavailable)
				return true
			})
			d.Clock.Advance(15 * time.Minute)
			d.Revoked(3)
		},
		"a page of this server's": func(d *brokertest.Deployment) {
			p := d.Person()
			p.Open("/connections")
			p.Link("Continue with HeyGen")
			p.Submit("account", "mia")
			d.Clock.Advance(15*time.Minute - time.Second)
			d.Revoked(0)
			d.Clock.Advance(time.Second)
			d.Revoked(1)
			d.Clock.Advance(time.Hour)
			d.Revoked(1)
		},
		"the process ends": func(d *brokertest.Deployment) {
			d.AtConsent()
			d.CodeOf(d.AtConsent().Submit("action", "agree"))
			d.Auth.Close()
			d.Revoked(1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") }, brokertest.SweepOften)
			try(d)
		})
	}
}

// TestAbandonedAcrossReplicas is a sign-in that one replica takes, and that is agreed to at
// another: the first must not end what has become a grant.
func TestAbandonedAcrossReplicas(t *testing.T) {
	t.Parallel()
	brokertest.OnStores(t, func(d *brokertest.Deployment) {
		var all []brokertest.Tokens
		for range 4 {
			all = append(all, d.SignInAtHeyGen())
		}
		d.AtConsent()
		d.Clock.Advance(15 * time.Minute)
		d.Revoked(1)
		d.Clock.Advance(time.Hour)
		for _, got := range all {
			if d.MCP(got.Access, "?call").Status != http.StatusOK {
				d.T.Error("a grant that was agreed to has lost its tokens")
			}
		}
		d.Revoked(1)
	}, brokertest.SweepOften)
}
