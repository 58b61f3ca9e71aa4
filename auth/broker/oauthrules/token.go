package oauthrules

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"heygen-mcp/auth/broker/brokertest"
)

func tokenRules() []Rule {
	return []Rule{
		{"RFC 6749 3.2: POST only, form only, nothing from the query", func(d *brokertest.Deployment) {
			client := d.Public()
			form := d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client), "mia")))
			for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
				brokertest.Wants(d.T, d.Send(d.Client, http.MethodGet, path+"?"+form.Encode(), ""), http.StatusMethodNotAllowed, "invalid_request")
				brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, path+"?"+form.Encode(), "", "Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_request")
				brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, path, form.Encode(), "Content-Type", "application/json"), 400, "invalid_request")
				brokertest.Wants(d.T, d.Form(path, brokertest.With(url.Values{}, "x", strings.Repeat("x", 40<<10))), 400, "invalid_request")
			}
			twice := form.Encode() + "&code=x"
			brokertest.Wants(d.T, d.Send(d.Client, http.MethodPost, "/oauth/token", twice, "Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_request")
			d.Redeem(form) // none of it used the code up
		}},
		{"RFC 6749 3.2: a parameter without a value counts as left out, and one that is not known is passed over", func(d *brokertest.Deployment) {
			client := d.Public()
			form := d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client), "mia")), "resource", "")
			blank := url.Values{"resource": {""}, "scope": {""}, "client_secret": {""}, "client_assertion": {""}, "unknown": {"1"}, "audience": {"x"}}
			maps.Copy(form, blank)
			got := d.Redeem(form)
			form = brokertest.Renewal(got)
			maps.Copy(form, blank)
			if next := d.Redeem(form); next.Scope != got.Scope {
				d.T.Errorf("%q became %q", got.Scope, next.Scope)
			}
		}},
		{"RFC 6749 5.2, RFC 9700 2.4: what is missing is said, and other grants are not there", func(d *brokertest.Deployment) {
			client := d.Public()
			brokertest.Wants(d.T, d.Form("/oauth/token", url.Values{"client_id": {client}}), 400, "invalid_request")
			for _, grant := range []string{"password", "implicit", "x", "urn:ietf:params:oauth:grant-type:token-exchange", "client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"} {
				form := url.Values{"grant_type": {grant}, "assertion": {"x"}, "subject_token": {"x"}, "subject_token_type": {"urn:ietf:params:oauth:token-type:access_token"}, "username": {"x"}, "password": {"x"}}
				brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.With(form, "client_id", client)), 400, "unsupported_grant_type")
				brokertest.Wants(d.T, d.Form("/oauth/token", brokertest.With(form, "client_id", "known", "client_secret", "a secret of the operator's")), 400, "unsupported_grant_type")
			}
			brokertest.Wants(d.T, d.Form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"authorization_code"}}), 400, "invalid_request")
			brokertest.Wants(d.T, d.Form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"refresh_token"}}), 400, "invalid_request")
			brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(client, "nonsense")), 400, "invalid_grant")
		}},
		{"RFC 6749 5.2: an error's description keeps to the characters that it may have", func(d *brokertest.Deployment) {
			for _, foreign := range []string{`"\\`, "\u00e9\u202e", "\r\nX: y", "<script>"} {
				res := d.Form("/oauth/token", url.Values{"client_id": {d.Public()}, "grant_type": {foreign}})
				brokertest.Wants(d.T, res, 400, "unsupported_grant_type")
				for _, c := range res.Text("error_description") {
					if c < ' ' || c > '~' || c == '"' || c == '\\' {
						d.T.Errorf("%q", res.Text("error_description"))
					}
				}
			}
		}},
		{"RFC 6749 5.2: an unknown client is 401", func(d *brokertest.Deployment) {
			for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
				form := url.Values{"client_id": {"hgm_client_gone"}, "grant_type": {"refresh_token"}, "refresh_token": {"x"}, "token": {"x"}}
				if path != "/oauth/token" {
					form.Del("grant_type")
				}
				res := d.Form(path, form)
				brokertest.Wants(d.T, res, 401, "invalid_client")
				if !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Basic") {
					d.T.Errorf("%s: %v", path, res.Header)
				}
			}
		}},
		{"RFC 6749 2.3.1: a confidential client shows its secret", func(d *brokertest.Deployment) {
			byPost, postSecret := d.Register(`{"redirect_uris":["` + brokertest.Callback + `"],"token_endpoint_auth_method":"client_secret_post"}`)
			byBasic, basicSecret := d.Register(`{"redirect_uris":["` + brokertest.Callback + `"],"token_endpoint_auth_method":"client_secret_basic"}`)
			for id, secret := range map[string]string{byPost: postSecret, byBasic: basicSecret, "known": "a secret of the operator's"} {
				code := d.CodeOf(d.Person().WithKey(d.Ask(id), "mia"))
				brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(id, code)), 401, "invalid_client")
				brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(id, code, "client_secret", secret+"x")), 401, "invalid_client")
				brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(id, code, "client_id", ""), brokertest.Basic(id, "")...), 401, "invalid_client")
				brokertest.Wants(d.T, d.Form("/oauth/token", d.Redemption(id, code, "client_secret", secret), brokertest.Basic(id, secret)...), 400, "invalid_request")
				got := d.Form("/oauth/token", d.Redemption(id, code, "client_id", ""), brokertest.Basic(id, secret)...)
				if got.Status != 200 {
					d.T.Errorf("%d %s", got.Status, got.Body)
				}
				d.Redeem(brokertest.With(brokertest.Renewal(brokertest.Tokens{Client: id, Refresh: got.Text("refresh_token")}), "client_secret", secret))
			}
		}},
		{"RFC 6749 2.3.1, 5.2: a header of Basic's that says nothing is 401 with Basic", func(d *brokertest.Deployment) {
			for _, header := range []string{"Basic eDp5", "Basic JTAwOiV6eg==", "Basic " + base64.StdEncoding.EncodeToString([]byte("%00:x")), "Basic " + base64.StdEncoding.EncodeToString([]byte("\xff:x"))} {
				for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
					form := url.Values{"token": {"x"}}
					if path == "/oauth/token" {
						form = url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"x"}}
					}
					res := d.Form(path, form, "Authorization", header)
					brokertest.Wants(d.T, res, 401, "invalid_client")
					if !strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Basic") {
						d.T.Errorf("%s: %v", path, res.Header)
					}
				}
			}
		}},
		{"RFC 6749 5.1: the answer is not to be kept, and says what it is", func(d *brokertest.Deployment) {
			client := d.Public()
			res := d.Form("/oauth/token", d.Redemption(client, d.CodeOf(d.Person().WithKey(d.Ask(client), "mia"))))
			var body struct {
				Type    string `json:"token_type"`
				Seconds int    `json:"expires_in"`
			}
			if err := json.Unmarshal([]byte(res.Body), &body); err != nil || body.Type != "Bearer" || body.Seconds != 8*3600 ||
				res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Pragma") != "no-cache" || res.Header.Get("Content-Type") != "application/json" {
				d.T.Errorf("%v %s", res.Header, res.Body)
			}
		}},
		{"Fetch: pages of every origin may call, without cookies", func(d *brokertest.Deployment) {
			for _, path := range []string{"/oauth/token", "/oauth/register", "/oauth/revoke"} {
				res := d.Send(d.Client, http.MethodOptions, path, "", "Origin", "https://a.example", "Access-Control-Request-Method", "POST")
				if res.Status != http.StatusNoContent || res.Header.Get("Access-Control-Allow-Origin") != "*" ||
					res.Header.Get("Access-Control-Allow-Credentials") != "" ||
					!strings.Contains(res.Header.Get("Access-Control-Expose-Headers"), "Retry-After") {
					d.T.Errorf("%s: %d %v", path, res.Status, res.Header)
				}
			}
			if res := d.Send(d.Client, http.MethodGet, "/oauth/sign-in", "", "Origin", "https://a.example"); res.Header.Get("Access-Control-Allow-Origin") != "" {
				d.T.Error("the sign-in page may be read by other pages")
			}
		}},
	}
}
