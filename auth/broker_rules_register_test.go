package auth_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

func registrationRules() []rule {
	return []rule{
		{"RFC 7591 3.2: what a registration is answered, and why one is refused", func(d *deployment) {
			res := d.send(d.client, http.MethodPost, "/oauth/register", `{"client_name":"x","redirect_uris":["`+callback+`"],"grant_types":["authorization_code","urn:x"],"logo_uri":"javascript:1"}`)
			if res.status != http.StatusCreated || res.text("client_id") == "" || res.text("client_secret") != "" || res.text("token_endpoint_auth_method") != "none" || res.header.Get("Cache-Control") != "no-store" {
				d.t.Errorf("%d %s", res.status, res.body)
			}
			refused := d.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["https://evil.example/cb"]}`)
			wants(d.t, refused, 400, "invalid_redirect_uri")
			if !strings.Contains(refused.text("error_description"), "https://evil.example/cb") {
				d.t.Errorf("it does not say which: %s", refused.body)
			}
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", `{`), 400, "invalid_client_metadata")
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", strings.Repeat("x", 40<<10)), 400, "invalid_client_metadata")
			wants(d.t, d.send(d.client, http.MethodGet, "/oauth/register", ""), 405, "invalid_client_metadata")
		}},
		{"RFC 7591 2: members that are not known, and ids that a client gives itself, are passed over", func(d *deployment) {
			seen := map[string]bool{}
			for _, body := range []string{`{"client_id":"known","redirect_uris":["` + callback + `"],"x":{"y":[1]},"application_type":"native","jwks":{},"software_statement":"x.y.z"}`,
				`{"client_id":"known","client_secret":"mine","redirect_uris":["` + callback + `"],"client_name#de":"x","contacts":[1]}`} {
				id, secret := d.register(body)
				if seen[id] || id == "known" || secret != "" {
					d.t.Errorf("%q %q", id, secret)
				}
				seen[id] = true
			}
		}},
		{"RFC 7591 3.2.1: the answer holds all that was registered", func(d *deployment) {
			res := d.send(d.client, http.MethodPost, "/oauth/register", `{"client_name":"x","redirect_uris":["`+callback+`"],"scope":"heygen:read","token_endpoint_auth_method":"client_secret_basic"}`)
			var m map[string]any
			if err := json.Unmarshal([]byte(res.body), &m); err != nil || res.status != 201 || res.header.Get("Cache-Control") != "no-store" || res.header.Get("Content-Type") != "application/json" {
				d.t.Fatalf("%d %s", res.status, res.body)
			}
			if m["client_secret"] == "" || m["client_secret_expires_at"] != 0.0 || m["client_id_issued_at"] != float64(d.clock.Now().Unix()) || m["scope"] != "heygen:read" ||
				fmt.Sprint(m["redirect_uris"]) != "["+callback+"]" || fmt.Sprint(m["response_types"]) != "[code]" || m["client_name"] != "x" {
				d.t.Errorf("%s", res.body)
			}
			// A list without anything in it is a list, which clients check.
			if res := d.send(d.client, http.MethodPost, "/oauth/register", `{"grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`); !strings.Contains(res.body, `"redirect_uris":[]`) {
				d.t.Errorf("%d %s", res.status, res.body)
			}
		}},
		{"RFC 7591 3.2.2: redirect URIs that cannot be used are refused, each with its reason", func(d *deployment) {
			for uri, why := range map[string]string{"https://evil.example/cb": "not on this server's list", "http://evil.example/cb": "loopback", "javascript:alert(1)": "host", "http://127.0.0.1/#x": "fragment",
				"http://127.0.0.1/cb?a;b": "query", "http://127.0.0.1/cb?a=%zz": "query", "evil://x/y": "the scheme evil", "http://u:p@127.0.0.1/": "user name", "": "characters", "//127.0.0.1/": "absolute"} {
				res := d.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+callback+`","`+uri+`"]}`)
				wants(d.t, res, 400, "invalid_redirect_uri")
				if !strings.Contains(res.text("error_description"), why) {
					d.t.Errorf("%s: %s", uri, res.body)
				}
			}
		}},
		{"RFC 7591 5: registrations are bounded, and unused ones go", func(d *deployment) {
			client := d.public()
			d.clock.advance(time.Hour)
			d.page(d.ask(client).Encode(), "not known here")
			body := `{"redirect_uris":["` + callback + `"]}`
			for range 60 * d.replicas { // each bounds its own
				d.register(body)
			}
			res := d.send(d.client, http.MethodPost, "/oauth/register", body)
			wants(d.t, res, http.StatusTooManyRequests, "temporarily_unavailable")
			if res.header.Get("Retry-After") == "" {
				d.t.Error("it does not say when to try again")
			}
			d.clock.advance(5 * time.Second)
			d.register(body)
		}},
		{"RFC 7591 5: a registration is short, and names five addresses at most", func(d *deployment) {
			long := callback + "?a=" + strings.Repeat("x", 500-len(callback)-3)
			d.register(`{"redirect_uris":["` + long + `"]}`)
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+long+`x"]}`), 400, "invalid_redirect_uri")
			uris := func(n int) string {
				var all []string
				for i := range n {
					all = append(all, fmt.Sprintf(`"http://127.0.0.1:%d/%d"`, 1000+i, i), fmt.Sprintf(`"http://127.0.0.1/%d"`, i)) // the first is one of the second
				}
				return `{"redirect_uris":[` + strings.Join(all, ",") + `]}`
			}
			d.register(uris(5))
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", uris(6)), 400, "invalid_redirect_uri")
			fill := func(n int) string {
				return `{"redirect_uris":["` + callback + `"],"logo_uri":"` + strings.Repeat("x", n) + `"}`
			}
			d.register(fill(8<<10 - len(fill(0))))
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", fill(8<<10-len(fill(0))+1)), 400, "invalid_client_metadata")
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+callback+`"],"scope":"`+strings.Repeat("x", 501)+`"}`), 400, "invalid_client_metadata")
		}},
		{"RFC 7591 5: a client that is about to be deleted when it asks is told so, and nothing breaks", func(d *deployment) {
			client, p := d.public(), d.person()
			d.clock.advance(time.Hour - time.Minute)
			p.open("/oauth/authorize?" + d.ask(client).Encode())
			p.submit("api_key", "sk_sandbox_mia")
			d.clock.advance(time.Minute)
			if at := p.submit("action", "agree"); p.page.status != 400 || !strings.Contains(p.page.body, "not known here any more") {
				d.t.Errorf("at %s: %d %s", at, p.page.status, p.page.body)
			}
		}},
	}
}
