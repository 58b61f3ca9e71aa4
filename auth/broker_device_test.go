package auth_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// device is the whole of RFC 8628, from a program without a browser.
func device(d *deployment) {
	d.t.Helper()
	client, _ := d.register(`{"client_name":"A terminal","grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`)
	begin := func() answer {
		d.t.Helper()
		res := d.form("/oauth/device_authorization", url.Values{"client_id": {client}, "scope": {"heygen:write"}})
		if res.status != 200 || res.text("verification_uri") != d.url+"/oauth/device" || len(res.text("user_code")) != 9 {
			d.t.Fatalf("%d %s", res.status, res.body)
		}
		return res
	}
	poll := func(begun answer) answer {
		d.t.Helper()
		return d.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {begun.text("device_code")}})
	}
	begun := begin()
	wants(d.t, poll(begun), 400, "authorization_pending")
	wants(d.t, poll(begun), 400, "slow_down")
	d.clock.advance(11 * time.Second)
	wants(d.t, poll(begun), 400, "authorization_pending")

	p := d.person()
	p.open(begun.text("verification_uri_complete"))
	if !strings.Contains(p.page.body, begun.text("user_code")) {
		d.t.Errorf("the code is not filled in: %s", p.page.body)
	}
	p.submit("user_code", "BBBB-BBBB")
	if p.page.status != 422 {
		d.t.Errorf("a wrong code: %d", p.page.status)
	}
	p.submit("user_code", " "+strings.ToLower(strings.ReplaceAll(begun.text("user_code"), "-", " ")))
	if !strings.Contains(p.page.body, "another device") || !strings.Contains(p.page.body, "A terminal") {
		d.t.Errorf("it does not say who asks: %s", p.page.body)
	}
	p.submit("api_key", "sk_sandbox_mia")
	p.submit("action", "agree")
	if !strings.Contains(p.page.body, "Connected") {
		d.t.Errorf("%d %s", p.page.status, p.page.body)
	}
	d.clock.advance(11 * time.Second)
	res := poll(begun)
	if res.status != 200 || res.text("scope") != "heygen:write" || d.mcp(res.text("access_token"), "?call").status != 200 {
		d.t.Fatalf("%d %s", res.status, res.body)
	}
	d.redeem(renewal(tokens{client: client, refresh: res.text("refresh_token")}))
	d.clock.advance(11 * time.Second)
	wants(d.t, poll(begun), 400, "expired_token")

	begun = begin()
	wants(d.t, d.form("/oauth/token", url.Values{"client_id": {d.public()}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {begun.text("device_code")}}), 400, "invalid_grant")
	p = d.person()
	p.open("/oauth/device")
	p.submit("user_code", begun.text("user_code"))
	p.link("Cancel")
	d.clock.advance(11 * time.Second)
	wants(d.t, poll(begun), 400, "access_denied")
	begun = begin()
	d.clock.advance(10 * time.Minute)
	wants(d.t, poll(begun), 400, "expired_token")
	wants(d.t, d.form("/oauth/device_authorization", url.Values{"client_id": {client}, "scope": {"x"}}), 400, "invalid_scope")
}

// TestADeviceIsAnsweredOnce holds that of two browsers that agree, the first has answered.
func TestADeviceIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		client, _ := d.register(`{"grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`)
		begun := d.form("/oauth/device_authorization", url.Values{"client_id": {client}})
		one, two := d.person(), d.person()
		for _, p := range []*person{one, two} {
			p.open("/oauth/device")
			p.submit("user_code", begun.text("user_code"))
			p.submit("api_key", "sk_sandbox_mia")
		}
		one.submit("action", "agree")
		two.submit("action", "agree")
		if !strings.Contains(one.page.body, "Connected") || strings.Contains(two.page.body, "Connected") || two.page.status != 400 {
			d.t.Errorf("the second answer: %d %s", two.page.status, two.page.body)
		}
	})
}
