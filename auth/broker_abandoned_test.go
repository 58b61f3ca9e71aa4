package auth_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/auth"
)

// revoked waits until HeyGen was told to end as many tokens as are wanted.
func (d *deployment) revoked(want int) {
	d.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for d.heygen.count("/v1/oauth/revoke") < want && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	if n := d.heygen.count("/v1/oauth/revoke"); n != want {
		d.t.Errorf("HeyGen was told to end %d tokens, want %d", n, want)
	}
}

// atConsent is somebody who has signed in at HeyGen and is asked whether they agree.
func (d *deployment) atConsent() *person {
	d.t.Helper()
	p := d.person()
	p.open("/oauth/authorize?" + d.ask(d.public()).Encode())
	p.link("Continue with HeyGen")
	p.submit("account", "mia")
	if !strings.Contains(p.page.body, "<dd>mia</dd>") {
		d.t.Fatalf("at %s: %s", p.at, p.page.body)
	}
	return p
}

func sweepOften(cfg *auth.Config) { cfg.Broker.SweepEvery = 5 * time.Millisecond }

// TestAbandonedSignIns holds that HeyGen's tokens are given back where nobody agrees to what they were for, and only there.
func TestAbandonedSignIns(t *testing.T) {
	t.Parallel()
	for name, try := range map[string]func(d *deployment){
		"left alone": func(d *deployment) {
			p, agreed := d.atConsent(), d.atConsent()
			code := d.codeOf(agreed.submit("action", "agree"))
			d.clock.advance(15*time.Minute - time.Second)
			d.revoked(0)
			d.clock.advance(time.Second)
			d.revoked(1)
			if res := d.send(p.web, http.MethodGet, p.at, ""); res.status != http.StatusBadRequest {
				d.t.Errorf("the sign-in is still there: %d", res.status)
			}
			if code == "" {
				d.t.Error("no code")
			}
		},
		"refused": func(d *deployment) {
			d.atConsent().submit("action", "refuse")
			d.clock.advance(time.Hour)
			d.revoked(1)
		},
		"canceled": func(d *deployment) {
			p := d.atConsent()
			p.open(strings.Replace(p.at, "/oauth/consent", "/oauth/cancel", 1))
			d.clock.advance(time.Hour)
			d.revoked(1)
		},
		"another account instead": func(d *deployment) {
			p := d.atConsent()
			p.open(strings.Replace(p.at, "/oauth/consent", "/oauth/sign-in", 1))
			p.finish("noa")
			d.revoked(1)
			d.clock.advance(time.Hour)
			d.revoked(1)
		},
		"the same account again": func(d *deployment) {
			p := d.atConsent()
			p.open(strings.Replace(p.at, "/oauth/consent", "/oauth/sign-in", 1))
			p.link("Continue with HeyGen")
			p.submit("account", "mia")
			d.revoked(1)
			d.clock.advance(time.Hour)
			d.revoked(2)
		},
		"HeyGen is away": func(d *deployment) {
			d.atConsent()
			var tried atomic.Int32
			d.heygen.answers(func(w http.ResponseWriter, what string, _ func()) bool {
				if what != "/v1/oauth/revoke" || tried.Add(1) > 2 {
					return false
				}
				w.WriteHeader(http.StatusServiceUnavailable)
				return true
			})
			d.clock.advance(15 * time.Minute)
			d.revoked(3)
		},
		"the process ends": func(d *deployment) {
			d.atConsent()
			d.codeOf(d.atConsent().submit("action", "agree"))
			d.auth.Close()
			d.revoked(1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := deploy(t, func() auth.Store { return opened(t, "", "") }, sweepOften)
			try(d)
		})
	}
}

// TestAbandonedAcrossReplicas is a sign-in that one replica takes, and that is agreed to at another: the first must not end what
// has become a grant.
func TestAbandonedAcrossReplicas(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		var all []tokens
		for range 4 {
			all = append(all, d.signInAtHeyGen())
		}
		d.atConsent()
		d.clock.advance(15 * time.Minute)
		d.revoked(1)
		d.clock.advance(time.Hour)
		for _, got := range all {
			if d.mcp(got.access, "?call").status != http.StatusOK {
				d.t.Error("a grant that was agreed to has lost its tokens")
			}
		}
		d.revoked(1)
	}, sweepOften)
}
