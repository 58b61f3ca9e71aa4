package oauthrules

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"heygen-mcp/auth/broker/brokertest"
)

func registrationRules() []Rule {
	return []Rule{
		{"RFC 7591 3.2: what a registration is answered, and why one is refused", func(d *brokertest.Deployment) {
			res := d.Send(d.Client, http.MethodPost, "/oauth/register", `{"client_name":"x","redirect_uris":["`+brokertest.Callback+`"],"grant_types":["authorization_code","urn:x"],"logo_uri":"javascript:1"}`)
			if res.Status != http.StatusCreated || res.Text("client_id") == "" || res.Text("client_secret") != "" || res.Text("token_endpoint_auth_method") != "none" || res.Header.Get("Cache-Control") != "no-store" {
				d.T.Errorf("%d %s", res.Status, res.Body)
			}
			refused := d.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["https://evil.example/cb"]}`)
			brokertest.Wants(d.T, refused, 400, "invalid_redirect_uri")
			if !strings.Contains(refused.Text("error_description"), "https://evil.example/cb") {
				d.T.Errorf("it does not say which: %s", refused.Body)
			}
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", `{`), 400, "invalid_client_metadata")
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", strings.Repeat("x", 40<<10)), 400, "invalid_client_metadata")
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodGet, "/oauth/register", ""), 405, "invalid_client_metadata")
		}},
		{"RFC 7591 2: members that are not known, and ids that a client gives itself, are passed over", func(d *brokertest.Deployment) {
			seen := map[string]bool{}
			for _, body := range []string{`{"client_id":"known","redirect_uris":["` + brokertest.Callback + `"],"x":{"y":[1]},"application_type":"native","jwks":{},"software_statement":"x.y.z"}`,
				`{"client_id":"known","client_secret":"mine","redirect_uris":["` + brokertest.Callback + `"],"client_name#de":"x","contacts":[1]}`} {
				id, secret := d.Register(body)
				if seen[id] || id == "known" || secret != "" {
					d.T.Errorf("%q %q", id, secret)
				}
				seen[id] = true
			}
		}},
		{"RFC 7591 3.2.1: the answer holds all that was registered", func(d *brokertest.Deployment) {
			res := d.Send(d.Client, http.MethodPost, "/oauth/register", `{"client_name":"x","redirect_uris":["`+brokertest.Callback+`"],"scope":"heygen:read","token_endpoint_auth_method":"client_secret_basic"}`)
			var m map[string]any
			if err := json.Unmarshal([]byte(res.Body), &m); err != nil || res.Status != 201 || res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Content-Type") != "application/json" {
				d.T.Fatalf("%d %s", res.Status, res.Body)
			}
			if m["client_secret"] == "" || m["client_secret_expires_at"] != 0.0 || m["client_id_issued_at"] != float64(d.Clock.Now().Unix()) || m["scope"] != "heygen:read" ||
				fmt.Sprint(m["redirect_uris"]) != "["+brokertest.Callback+"]" || fmt.Sprint(m["response_types"]) != "[code]" || m["client_name"] != "x" {
				d.T.Errorf("%s", res.Body)
			}
			// A list without anything in it is a list, which clients check.
			if res := d.Send(d.Client, http.MethodPost, "/oauth/register", `{"grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`); !strings.Contains(res.Body, `"redirect_uris":[]`) {
				d.T.Errorf("%d %s", res.Status, res.Body)
			}
		}},
		{"RFC 7591 3.2.2: redirect URIs that cannot be used are refused, each with its reason", func(d *brokertest.Deployment) {
			for uri, why := range map[string]string{"https://evil.example/cb": "not on this server's list", "http://evil.example/cb": "loopback", "javascript:alert(1)": "host", "http://127.0.0.1/#x": "fragment",
				"http://127.0.0.1/cb?a;b": "query", "http://127.0.0.1/cb?a=%zz": "query", "evil://x/y": "the scheme evil", "http://u:p@127.0.0.1/": "user name", "": "characters", "//127.0.0.1/": "absolute"} {
				res := d.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+brokertest.Callback+`","`+uri+`"]}`)
				brokertest.Wants(d.T, res, 400, "invalid_redirect_uri")
				if !strings.Contains(res.Text("error_description"), why) {
					d.T.Errorf("%s: %s", uri, res.Body)
				}
			}
		}},
		{"RFC 7591 5: registrations are bounded, and unused ones go", func(d *brokertest.Deployment) {
			client := d.Public()
			d.Clock.Advance(time.Hour)
			brokertest.ShowsError(d, d.Ask(client).Encode(), "not known here")
			body := `{"redirect_uris":["` + brokertest.Callback + `"]}`
			for range 60 * d.Replicas { // each bounds its own
				d.Register(body)
			}
			res := d.Send(d.Client, http.MethodPost, "/oauth/register", body)
			brokertest.Wants(d.T, res, http.StatusTooManyRequests, "temporarily_unavailable")
			if res.Header.Get("Retry-After") == "" {
				d.T.Error("it does not say when to try again")
			}
			d.Clock.Advance(5 * time.Second)
			d.Register(body)
		}},
		{"RFC 7591 5: a registration is short, and names five addresses at most", func(d *brokertest.Deployment) {
			long := brokertest.Callback + "?a=" + strings.Repeat("x", 500-len(brokertest.Callback)-3)
			d.Register(`{"redirect_uris":["` + long + `"]}`)
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+long+`x"]}`), 400, "invalid_redirect_uri")
			uris := func(n int) string {
				var all []string
				for i := range n {
					all = append(all, fmt.Sprintf(`"http://127.0.0.1:%d/%d"`, 1000+i, i), fmt.Sprintf(`"http://127.0.0.1/%d"`, i)) // the first is one of the second
				}
				return `{"redirect_uris":[` + strings.Join(all, ",") + `]}`
			}
			d.Register(uris(5))
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", uris(6)), 400, "invalid_redirect_uri")
			fill := func(n int) string {
				return `{"redirect_uris":["` + brokertest.Callback + `"],"logo_uri":"` + strings.Repeat("x", n) + `"}`
			}
			d.Register(fill(8<<10 - len(fill(0))))
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", fill(8<<10-len(fill(0))+1)), 400, "invalid_client_metadata")
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/register", `{"redirect_uris":["`+brokertest.Callback+`"],"scope":"`+strings.Repeat("x", 501)+`"}`), 400, "invalid_client_metadata")
		}},
		{"RFC 7591 5: a client that is about to be deleted when it asks is told so, and nothing breaks", func(d *brokertest.Deployment) {
			client, p := d.Public(), d.Person()
			d.Clock.Advance(time.Hour - time.Minute)
			p.Open("/oauth/authorize?" + d.Ask(client).Encode())
			p.Submit("api_key", "sk_sandbox_mia")
			d.Clock.Advance(time.Minute)
			if at := p.Submit("action", "agree"); p.Page.Status != 400 || !strings.Contains(p.Page.Body, "not known here any more") {
				d.T.Errorf("at %s: %d %s", at, p.Page.Status, p.Page.Body)
			}
		}},
	}
}
