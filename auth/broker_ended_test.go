package auth_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/store"
)

// ending is a store in which, once it is told so, a grant ends in the moment before a code or tokens are kept for it: as
// when a person ends a connection while its client is being answered.
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

// TestAGrantEndsMeanwhile holds that whoever is being answered while a grant ends is told that it is over, or is asked
// again, and that it looks like no failure of the server's.
func TestAGrantEndsMeanwhile(t *testing.T) {
	t.Parallel()
	for name, open := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ends := &atomic.Bool{}
			inner := open(t)
			d := deploy(t, func() auth.Store {
				s := inner()
				if two, ok := s.(shared); ok {
					return shared{ending{two.Store, ends}}
				}
				return ending{s, ends}
			})
			client := d.public()
			code := d.codeOf(d.person().withKey(d.ask(client), "mia"))
			got := d.signIn("mia")
			begun := d.form("/oauth/device_authorization", url.Values{"client_id": {client}})
			p := d.person()
			p.open("/oauth/device")
			p.submit("user_code", begun.text("user_code"))
			p.submit("api_key", "sk_sandbox_mia")
			p.submit("action", "agree")
			known := d.person()
			known.withKey(d.ask(client, "redirect_uri", hosted), "mia")

			ends.Store(true)
			wants(t, d.form("/oauth/token", d.redemption(client, code)), http.StatusBadRequest, "invalid_grant")
			wants(t, d.form("/oauth/token", renewal(got)), http.StatusBadRequest, "invalid_grant")
			wants(t, d.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"},
				"device_code": {begun.text("device_code")}}), http.StatusBadRequest, "invalid_grant")
			known.open("/oauth/authorize?" + d.ask(client, "redirect_uri", hosted).Encode())
			if at := known.submit("action", "continue"); !strings.HasPrefix(at, d.url+"/oauth/sign-in") || known.page.status != http.StatusOK {
				t.Errorf("a consent that is remembered ends at %s: %d", at, known.page.status)
			}
			if log := d.log.String(); strings.Contains(log, "error") {
				t.Errorf("the log tells of a failure:\n%s", log)
			}
		})
	}
}
