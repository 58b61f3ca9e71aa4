package oauthrules

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

func deviceRules() []Rule {
	return []Rule{
		{"RFC 8628 3.1 to 3.5: a device, from its first question to its tokens and its refusals", func(d *brokertest.Deployment) { brokertest.Device(d) }},
		{"RFC 8628 3.2: the answer holds what a device shows, and is not kept", func(d *brokertest.Deployment) {
			res := d.Form("/oauth/device_authorization", url.Values{"client_id": {d.Public()}})
			var body struct {
				Code     string `json:"device_code"`
				User     string `json:"user_code"`
				URI      string `json:"verification_uri"`
				Complete string `json:"verification_uri_complete"`
				Seconds  int    `json:"expires_in"`
				Interval int    `json:"interval"`
			}
			if err := json.Unmarshal([]byte(res.Body), &body); err != nil || body.URI != d.URL+"/oauth/device" || body.Complete != body.URI+"?user_code="+body.User ||
				body.Seconds != 600 || body.Interval != 5 || body.Code == "" || res.Header.Get("Cache-Control") != "no-store" {
				d.T.Errorf("%v %s", res.Header, res.Body)
			}
		}},
		{"RFC 8628 3.1: a client with a secret shows it", func(d *brokertest.Deployment) {
			brokertest.Wants(d.T, d.Form("/oauth/device_authorization", url.Values{"client_id": {"known"}}), 401, "invalid_client")
			brokertest.Wants(d.T, d.Form("/oauth/device_authorization", url.Values{"client_id": {d.Public()}, "resource": {"https://evil.example"}}), 400, "invalid_target")
			brokertest.Wants(d.T, d.Form("/oauth/device_authorization", url.Values{}), 400, "invalid_request")
		}},
		{"RFC 8628 5.1: guesses of a person's code are bounded", func(d *brokertest.Deployment) {
			p := d.Person()
			p.Open("/oauth/device")
			statuses := map[int]int{}
			for range 40 * d.Replicas { // each bounds its own
				statuses[p.Send("/oauth/device", "user_code", "BBBB-BBBB").Status]++
			}
			if statuses[http.StatusUnprocessableEntity] != 8*d.Replicas || statuses[http.StatusTooManyRequests] != 32*d.Replicas {
				d.T.Errorf("one browser is answered %v", statuses)
			}
			// Cookies are free, so the source is counted too.
			for range 5 {
				p := d.Person()
				p.Open("/oauth/device")
				for range 8 * d.Replicas {
					statuses[p.Send("/oauth/device", "user_code", "BBBB-BBBB").Status]++
				}
			}
			if statuses[http.StatusUnprocessableEntity] != 20*d.Replicas {
				d.T.Errorf("several browsers are answered %v", statuses)
			}
		}},
		{"RFC 8628 5.4: where the device grant is turned off, neither documents nor endpoints know it", func(d *brokertest.Deployment) {
			client, begun := d.Public(), d.Form("/oauth/device_authorization", url.Values{"client_id": {d.Public()}})
			off := d.Besides(func(cfg *auth.Config) { cfg.Broker.NoDevices = true })
			for _, path := range []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"} {
				if res := off.Send(off.Client, http.MethodGet, path, ""); strings.Contains(res.Body, "device") || res.Status != http.StatusOK {
					d.T.Errorf("%s: %d %s", path, res.Status, res.Body)
				}
			}
			for _, path := range []string{"/oauth/device", "/oauth/device_authorization"} {
				for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodOptions} {
					if res := off.Send(off.Client, method, path, "client_id="+client, "Content-Type", "application/x-www-form-urlencoded"); res.Status != http.StatusNotFound {
						d.T.Errorf("%s %s: got %d, want 404", method, path, res.Status)
					}
				}
			}
			const grant = "urn:ietf:params:oauth:grant-type:device_code"
			brokertest.Wants(d.T, off.Form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {grant}, "device_code": {begun.Text("device_code")}}), 400, "unsupported_grant_type")
			for body, want := range map[string]string{
				`{"client_name":"A TV","grant_types":["` + grant + `"]}`:                                                                      "invalid_client_metadata",
				`{"client_name":"A TV","grant_types":["` + grant + `","authorization_code"],"redirect_uris":["` + brokertest.Callback + `"]}`: "",
			} {
				res := off.Send(off.Client, http.MethodPost, "/oauth/register", body, "Content-Type", "application/json")
				if res.Text("error") != want || want == "" && strings.Contains(res.Body, "device_code") {
					d.T.Errorf("%s is answered %s, want the error %q", body, res.Body, want)
				}
			}
		}},
		{"RFC 8628 5.4: a code in the address is filled in and not sent, and the page warns", func(d *brokertest.Deployment) {
			begun := d.Form("/oauth/device_authorization", url.Values{"client_id": {d.Public()}})
			p := d.Person()
			p.Open(begun.Text("verification_uri_complete"))
			if !strings.Contains(p.Page.Body, `value="`+begun.Text("user_code")+`"`) || !strings.Contains(p.Page.Body, "that you started yourself") {
				d.T.Errorf("%s", p.Page.Body)
			}
			if d.Clock.Advance(6 * time.Second); d.Form("/oauth/token", url.Values{"client_id": {d.Public()}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"},
				"device_code": {begun.Text("device_code")}}).Text("error") == "" {
				d.T.Error("it was taken")
			}
		}},
	}
}
