package brokertest

import (
	"net/url"
	"strings"
	"time"
)

// Device is the whole of RFC 8628, from a program without a browser.
func Device(d *Deployment) {
	d.T.Helper()
	client, _ := d.Register(`{"client_name":"A terminal","grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`)
	begin := func() Answer {
		d.T.Helper()
		res := d.Form("/oauth/device_authorization", url.Values{"client_id": {client}, "scope": {"heygen:write"}})
		if res.Status != 200 || res.Text("verification_uri") != d.URL+"/oauth/device" || len(res.Text("user_code")) != 9 {
			d.T.Fatalf("%d %s", res.Status, res.Body)
		}
		return res
	}
	poll := func(begun Answer) Answer {
		d.T.Helper()
		return d.Form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {begun.Text("device_code")}})
	}
	begun := begin()
	Wants(d.T, poll(begun), 400, "authorization_pending")
	Wants(d.T, poll(begun), 400, "slow_down")
	d.Clock.Advance(11 * time.Second)
	Wants(d.T, poll(begun), 400, "authorization_pending")

	p := d.Person()
	p.Open(begun.Text("verification_uri_complete"))
	if !strings.Contains(p.Page.Body, begun.Text("user_code")) {
		d.T.Errorf("the code is not filled in: %s", p.Page.Body)
	}
	p.Submit("user_code", "BBBB-BBBB")
	if p.Page.Status != 422 {
		d.T.Errorf("a wrong code: %d", p.Page.Status)
	}
	p.Submit("user_code", " "+strings.ToLower(strings.ReplaceAll(begun.Text("user_code"), "-", " ")))
	if !strings.Contains(p.Page.Body, "another device") || !strings.Contains(p.Page.Body, "A terminal") {
		d.T.Errorf("it does not say who asks: %s", p.Page.Body)
	}
	p.Submit("api_key", "sk_sandbox_mia")
	p.Submit("action", "agree")
	if !strings.Contains(p.Page.Body, "Connected") {
		d.T.Errorf("%d %s", p.Page.Status, p.Page.Body)
	}
	d.Clock.Advance(11 * time.Second)
	res := poll(begun)
	if res.Status != 200 || res.Text("scope") != "heygen:write" || d.MCP(res.Text("access_token"), "?call").Status != 200 {
		d.T.Fatalf("%d %s", res.Status, res.Body)
	}
	d.Redeem(Renewal(Tokens{Client: client, Refresh: res.Text("refresh_token")}))
	d.Clock.Advance(11 * time.Second)
	Wants(d.T, poll(begun), 400, "expired_token")

	begun = begin()
	Wants(d.T, d.Form("/oauth/token", url.Values{"client_id": {d.Public()}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {begun.Text("device_code")}}), 400, "invalid_grant")
	p = d.Person()
	p.Open("/oauth/device")
	p.Submit("user_code", begun.Text("user_code"))
	p.Link("Cancel")
	d.Clock.Advance(11 * time.Second)
	Wants(d.T, poll(begun), 400, "access_denied")
	begun = begin()
	d.Clock.Advance(10 * time.Minute)
	Wants(d.T, poll(begun), 400, "expired_token")
	Wants(d.T, d.Form("/oauth/device_authorization", url.Values{"client_id": {client}, "scope": {"x"}}), 400, "invalid_scope")
}
