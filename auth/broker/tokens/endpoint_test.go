package tokens_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
	"heygen-mcp/auth/store"
)

// ending is a store in which, once it is told so, a grant ends in the moment before a code or
// tokens are kept for it: as when a person ends a connection while its client is being answered.
type ending struct {
	auth.Store
	now *atomic.Bool
}

func (s ending) end(ctx context.Context, grant string) error {
	if !s.now.Load() {
		return nil
	}
	return s.EndGrant(ctx, grant)
}

func (s ending) Reconnect(ctx context.Context, flow store.Hash, code store.Token, now time.Time) error {
	if err := s.end(ctx, code.Grant); err != nil {
		return err
	}
	return s.Store.Reconnect(ctx, flow, code, now)
}

func (s ending) Redeem(ctx context.Context, code store.Hash, tokens []store.Token, now time.Time) error {
	if err := s.end(ctx, tokens[0].Grant); err != nil {
		return err
	}
	return s.Store.Redeem(ctx, code, tokens, now)
}

func (s ending) Rotate(ctx context.Context, refresh store.Hash, tokens []store.Token, grace time.Duration, now time.Time) error {
	if err := s.end(ctx, tokens[0].Grant); err != nil {
		return err
	}
	return s.Store.Rotate(ctx, refresh, tokens, grace, now)
}

func (s ending) RedeemDevice(ctx context.Context, id store.Hash, tokens []store.Token, now time.Time) error {
	if err := s.end(ctx, tokens[0].Grant); err != nil {
		return err
	}
	return s.Store.RedeemDevice(ctx, id, tokens, now)
}

// TestAGrantEndsMeanwhile holds that whoever is being answered while a grant ends is told that it
// is over, or is asked again, and that it looks like no failure of the server's.
func TestAGrantEndsMeanwhile(t *testing.T) {
	t.Parallel()
	for name, open := range brokertest.Stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ends := &atomic.Bool{}
			inner := open(t)
			d := brokertest.Deploy(t, func() auth.Store {
				s := inner()
				if two, ok := s.(brokertest.Shared); ok {
					return brokertest.Shared{Store: ending{two.Store, ends}}
				}
				return ending{s, ends}
			})
			client := d.Public()
			code := d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))
			got := d.SignIn("mia")
			begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}})
			p := d.Person()
			p.Open("/oauth/device")
			p.Submit("user_code", begun.Text("user_code"))
			p.Submit("api_key", "sk_sandbox_mia")
			p.Submit("action", "agree")
			known := d.Person()
			known.WithKey(d.Ask(client, "redirect_uri", brokertest.Hosted), "mia")

			ends.Store(true)
			brokertest.Wants(t, d.Form("/oauth/token", d.Redemption(client, code)), http.StatusBadRequest, "invalid_grant")
			brokertest.Wants(t, d.Form("/oauth/token", brokertest.Renewal(got)), http.StatusBadRequest, "invalid_grant")
			brokertest.Wants(t, d.Form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"},
				"device_code": {begun.Text("device_code")}}), http.StatusBadRequest, "invalid_grant")
			known.Open("/oauth/authorize?" + d.Ask(client, "redirect_uri", brokertest.Hosted).Encode())
			if at := known.Submit("action", "continue"); !strings.HasPrefix(at, d.URL+"/oauth/sign-in") || known.Page.Status != http.StatusOK {
				t.Errorf("a consent that is remembered ends at %s: %d", at, known.Page.Status)
			}
			if log := d.Log.String(); strings.Contains(log, "error") {
				t.Errorf("the log tells of a failure:\n%s", log)
			}
		})
	}
}

// TestTheStoreFails holds that a request which cannot be answered now is told so, and succeeds when
// it comes again.
func TestTheStoreFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path    string
		methods []string
		form    func(d *brokertest.Deployment) url.Values
	}{
		{"/oauth/token", []string{"Token", "Redeem"}, func(d *brokertest.Deployment) url.Values {
			client := d.Public()
			return d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client), "mia")))
		}},
		{"/oauth/token", []string{"Token", "Rotate"}, func(d *brokertest.Deployment) url.Values {
			return brokertest.Renewal(d.SignIn("mia"))
		}},
		{"/oauth/token", []string{"PollDevice", "Grant", "RedeemDevice"}, func(d *brokertest.Deployment) url.Values {
			client := d.Public()
			begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}})
			p := d.Person()
			p.Open(begun.Text("verification_uri_complete"))
			p.Submit("user_code", begun.Text("user_code"))
			p.Finish("mia")
			return url.Values{"client_id": {client}, "device_code": {begun.Text("device_code")},
				"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}}
		}},
		{"/oauth/device_authorization", []string{"PutDevice"}, func(d *brokertest.Deployment) url.Values {
			return url.Values{"client_id": {d.Public()}}
		}},
		{"/oauth/revoke", []string{"Token", "DropToken"}, func(d *brokertest.Deployment) url.Values {
			got := d.SignIn("mia")
			return url.Values{"client_id": {got.Client}, "token": {got.Access}}
		}},
		{"/oauth/revoke", []string{"EndGrant"}, func(d *brokertest.Deployment) url.Values {
			got := d.SignIn("mia")
			return url.Values{"client_id": {got.Client}, "token": {got.Refresh}}
		}},
	} {
		d, store := brokertest.DeployFailing(t)
		form := c.form(d)
		for _, method := range c.methods {
			store.Fail(method)
			brokertest.Wants(t, d.Form(c.path, form), http.StatusInternalServerError, "server_error")
			d.Clock.Advance(5 * time.Second) // as long as a device has to wait
		}
		store.Fail("")
		if res := d.Form(c.path, form); res.Status != http.StatusOK {
			t.Errorf("%s after %v failed: %d %s", c.path, c.methods, res.Status, res.Body)
		}
	}
}
