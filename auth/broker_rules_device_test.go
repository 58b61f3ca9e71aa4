package auth_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
)

func deviceRules() []rule {
	return []rule{
		{"RFC 8628 3.1 to 3.5: a device, from its first question to its tokens and its refusals", func(d *deployment) { device(d) }},
		{"RFC 8628 3.2: the answer holds what a device shows, and is not kept", func(d *deployment) {
			res := d.form("/oauth/device_authorization", url.Values{"client_id": {d.public()}})
			var body struct {
				Code     string `json:"device_code"`
				User     string `json:"user_code"`
				URI      string `json:"verification_uri"`
				Complete string `json:"verification_uri_complete"`
				Seconds  int    `json:"expires_in"`
				Interval int    `json:"interval"`
			}
			if err := json.Unmarshal([]byte(res.body), &body); err != nil || body.URI != d.url+"/oauth/device" || body.Complete != body.URI+"?user_code="+body.User ||
				body.Seconds != 600 || body.Interval != 5 || body.Code == "" || res.header.Get("Cache-Control") != "no-store" {
				d.t.Errorf("%v %s", res.header, res.body)
			}
		}},
		{"RFC 8628 3.1: a client with a secret shows it", func(d *deployment) {
			wants(d.t, d.form("/oauth/device_authorization", url.Values{"client_id": {"known"}}), 401, "invalid_client")
			wants(d.t, d.form("/oauth/device_authorization", url.Values{"client_id": {d.public()}, "resource": {"https://evil.example"}}), 400, "invalid_target")
			wants(d.t, d.form("/oauth/device_authorization", url.Values{}), 400, "invalid_request")
		}},
		{"RFC 8628 5.1: guesses of a person's code are bounded", func(d *deployment) {
			p := d.person()
			p.open("/oauth/device")
			statuses := map[int]int{}
			for range 40 * d.replicas { // each bounds its own
				statuses[p.send("/oauth/device", "user_code", "BBBB-BBBB").status]++
			}
			if statuses[http.StatusUnprocessableEntity] != 8*d.replicas || statuses[http.StatusTooManyRequests] != 32*d.replicas {
				d.t.Errorf("one browser is answered %v", statuses)
			}
			// Cookies are free, so the source is counted too.
			for range 5 {
				p := d.person()
				p.open("/oauth/device")
				for range 8 * d.replicas {
					statuses[p.send("/oauth/device", "user_code", "BBBB-BBBB").status]++
				}
			}
			if statuses[http.StatusUnprocessableEntity] != 20*d.replicas {
				d.t.Errorf("several browsers are answered %v", statuses)
			}
		}},
		{"RFC 8628 5.4: where the device grant is turned off, neither documents nor endpoints know it", func(d *deployment) {
			client, begun := d.public(), d.form("/oauth/device_authorization", url.Values{"client_id": {d.public()}})
			off := d.besides(func(cfg *auth.Config) { cfg.Broker.NoDevices = true })
			for _, path := range []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"} {
				if res := off.send(off.client, http.MethodGet, path, ""); strings.Contains(res.body, "device") || res.status != http.StatusOK {
					d.t.Errorf("%s: %d %s", path, res.status, res.body)
				}
			}
			for _, path := range []string{"/oauth/device", "/oauth/device_authorization"} {
				for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodOptions} {
					if res := off.send(off.client, method, path, "client_id="+client, "Content-Type", "application/x-www-form-urlencoded"); res.status != http.StatusNotFound {
						d.t.Errorf("%s %s: got %d, want 404", method, path, res.status)
					}
				}
			}
			const grant = "urn:ietf:params:oauth:grant-type:device_code"
			wants(d.t, off.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {grant}, "device_code": {begun.text("device_code")}}), 400, "unsupported_grant_type")
			for body, want := range map[string]string{
				`{"client_name":"A TV","grant_types":["` + grant + `"]}`:                                                           "invalid_client_metadata",
				`{"client_name":"A TV","grant_types":["` + grant + `","authorization_code"],"redirect_uris":["` + callback + `"]}`: "",
			} {
				res := off.send(off.client, http.MethodPost, "/oauth/register", body, "Content-Type", "application/json")
				if res.text("error") != want || want == "" && strings.Contains(res.body, "device_code") {
					d.t.Errorf("%s is answered %s, want the error %q", body, res.body, want)
				}
			}
		}},
		{"RFC 8628 5.4: a code in the address is filled in and not sent, and the page warns", func(d *deployment) {
			begun := d.form("/oauth/device_authorization", url.Values{"client_id": {d.public()}})
			p := d.person()
			p.open(begun.text("verification_uri_complete"))
			if !strings.Contains(p.page.body, `value="`+begun.text("user_code")+`"`) || !strings.Contains(p.page.body, "that you started yourself") {
				d.t.Errorf("%s", p.page.body)
			}
			if d.clock.advance(6 * time.Second); d.form("/oauth/token", url.Values{"client_id": {d.public()}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"},
				"device_code": {begun.text("device_code")}}).text("error") == "" {
				d.t.Error("it was taken")
			}
		}},
	}
}
