package auth_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
)

func basic(id, secret string) []string {
	return []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id)+":"+url.QueryEscape(secret)))}
}

func tokenRules() []rule {
	return []rule{
		{"RFC 6749 3.2: POST only, form only, nothing from the query", func(d *deployment) {
			client := d.public()
			form := d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia")))
			for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
				wants(d.t, d.send(d.client, http.MethodGet, path+"?"+form.Encode(), ""), http.StatusMethodNotAllowed, "invalid_request")
				wants(d.t, d.send(d.client, http.MethodPost, path+"?"+form.Encode(), "", "Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_request")
				wants(d.t, d.send(d.client, http.MethodPost, path, form.Encode(), "Content-Type", "application/json"), 400, "invalid_request")
				wants(d.t, d.form(path, with(url.Values{}, "x", strings.Repeat("x", 40<<10))), 400, "invalid_request")
			}
			twice := form.Encode() + "&code=x"
			wants(d.t, d.send(d.client, http.MethodPost, "/oauth/token", twice, "Content-Type", "application/x-www-form-urlencoded"), 400, "invalid_request")
			d.redeem(form) // none of it used the code up
		}},
		{"RFC 6749 3.2: a parameter without a value counts as left out, and one that is not known is passed over", func(d *deployment) {
			client := d.public()
			form := d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia")), "resource", "")
			blank := url.Values{"resource": {""}, "scope": {""}, "client_secret": {""}, "client_assertion": {""}, "unknown": {"1"}, "audience": {"x"}}
			maps.Copy(form, blank)
			got := d.redeem(form)
			form = renewal(got)
			maps.Copy(form, blank)
			if next := d.redeem(form); next.scope != got.scope {
				d.t.Errorf("%q became %q", got.scope, next.scope)
			}
		}},
		{"RFC 6749 5.2, RFC 9700 2.4: what is missing is said, and other grants are not there", func(d *deployment) {
			client := d.public()
			wants(d.t, d.form("/oauth/token", url.Values{"client_id": {client}}), 400, "invalid_request")
			for _, grant := range []string{"password", "implicit", "x", "urn:ietf:params:oauth:grant-type:token-exchange", "client_credentials", "urn:ietf:params:oauth:grant-type:jwt-bearer"} {
				form := url.Values{"grant_type": {grant}, "assertion": {"x"}, "subject_token": {"x"}, "subject_token_type": {"urn:ietf:params:oauth:token-type:access_token"}, "username": {"x"}, "password": {"x"}}
				wants(d.t, d.form("/oauth/token", with(form, "client_id", client)), 400, "unsupported_grant_type")
				wants(d.t, d.form("/oauth/token", with(form, "client_id", "known", "client_secret", "a secret of the operator's")), 400, "unsupported_grant_type")
			}
			wants(d.t, d.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"authorization_code"}}), 400, "invalid_request")
			wants(d.t, d.form("/oauth/token", url.Values{"client_id": {client}, "grant_type": {"refresh_token"}}), 400, "invalid_request")
			wants(d.t, d.form("/oauth/token", d.redemption(client, "nonsense")), 400, "invalid_grant")
		}},
		{"RFC 6749 5.2: an error's description keeps to the characters that it may have", func(d *deployment) {
			for _, foreign := range []string{`"\\`, "\u00e9\u202e", "\r\nX: y", "<script>"} {
				res := d.form("/oauth/token", url.Values{"client_id": {d.public()}, "grant_type": {foreign}})
				wants(d.t, res, 400, "unsupported_grant_type")
				for _, c := range res.text("error_description") {
					if c < ' ' || c > '~' || c == '"' || c == '\\' {
						d.t.Errorf("%q", res.text("error_description"))
					}
				}
			}
		}},
		{"RFC 6749 5.2: an unknown client is 401", func(d *deployment) {
			for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
				form := url.Values{"client_id": {"hgm_client_gone"}, "grant_type": {"refresh_token"}, "refresh_token": {"x"}, "token": {"x"}}
				if path != "/oauth/token" {
					form.Del("grant_type")
				}
				res := d.form(path, form)
				wants(d.t, res, 401, "invalid_client")
				if !strings.HasPrefix(res.header.Get("WWW-Authenticate"), "Basic") {
					d.t.Errorf("%s: %v", path, res.header)
				}
			}
		}},
		{"RFC 6749 2.3.1: a confidential client shows its secret", func(d *deployment) {
			byPost, postSecret := d.register(`{"redirect_uris":["` + callback + `"],"token_endpoint_auth_method":"client_secret_post"}`)
			byBasic, basicSecret := d.register(`{"redirect_uris":["` + callback + `"],"token_endpoint_auth_method":"client_secret_basic"}`)
			for id, secret := range map[string]string{byPost: postSecret, byBasic: basicSecret, "known": "a secret of the operator's"} {
				code := d.codeOf(d.person().withKey(d.ask(id), "mia"))
				wants(d.t, d.form("/oauth/token", d.redemption(id, code)), 401, "invalid_client")
				wants(d.t, d.form("/oauth/token", d.redemption(id, code, "client_secret", secret+"x")), 401, "invalid_client")
				wants(d.t, d.form("/oauth/token", d.redemption(id, code, "client_id", ""), basic(id, "")...), 401, "invalid_client")
				wants(d.t, d.form("/oauth/token", d.redemption(id, code, "client_secret", secret), basic(id, secret)...), 400, "invalid_request")
				got := d.form("/oauth/token", d.redemption(id, code, "client_id", ""), basic(id, secret)...)
				if got.status != 200 {
					d.t.Errorf("%d %s", got.status, got.body)
				}
				d.redeem(with(renewal(tokens{client: id, refresh: got.text("refresh_token")}), "client_secret", secret))
			}
		}},
		{"RFC 6749 2.3.1, 5.2: a header of Basic's that says nothing is 401 with Basic", func(d *deployment) {
			for _, header := range []string{"Basic eDp5", "Basic JTAwOiV6eg==", "Basic " + base64.StdEncoding.EncodeToString([]byte("%00:x")), "Basic " + base64.StdEncoding.EncodeToString([]byte("\xff:x"))} {
				for _, path := range []string{"/oauth/token", "/oauth/revoke", "/oauth/device_authorization"} {
					form := url.Values{"token": {"x"}}
					if path == "/oauth/token" {
						form = url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"x"}}
					}
					res := d.form(path, form, "Authorization", header)
					wants(d.t, res, 401, "invalid_client")
					if !strings.HasPrefix(res.header.Get("WWW-Authenticate"), "Basic") {
						d.t.Errorf("%s: %v", path, res.header)
					}
				}
			}
		}},
		{"RFC 6749 5.1: the answer is not to be kept, and says what it is", func(d *deployment) {
			client := d.public()
			res := d.form("/oauth/token", d.redemption(client, d.codeOf(d.person().withKey(d.ask(client), "mia"))))
			var body struct {
				Type    string `json:"token_type"`
				Seconds int    `json:"expires_in"`
			}
			if err := json.Unmarshal([]byte(res.body), &body); err != nil || body.Type != "Bearer" || body.Seconds != 8*3600 ||
				res.header.Get("Cache-Control") != "no-store" || res.header.Get("Pragma") != "no-cache" || res.header.Get("Content-Type") != "application/json" {
				d.t.Errorf("%v %s", res.header, res.body)
			}
		}},
		{"Fetch: pages of every origin may call, without cookies", func(d *deployment) {
			for _, path := range []string{"/oauth/token", "/oauth/register", "/oauth/revoke"} {
				res := d.send(d.client, http.MethodOptions, path, "", "Origin", "https://a.example", "Access-Control-Request-Method", "POST")
				if res.status != http.StatusNoContent || res.header.Get("Access-Control-Allow-Origin") != "*" || res.header.Get("Access-Control-Allow-Credentials") != "" || !strings.Contains(res.header.Get("Access-Control-Expose-Headers"), "Retry-After") {
					d.t.Errorf("%s: %d %v", path, res.status, res.header)
				}
			}
			if res := d.send(d.client, http.MethodGet, "/oauth/sign-in", "", "Origin", "https://a.example"); res.header.Get("Access-Control-Allow-Origin") != "" {
				d.t.Error("the sign-in page may be read by other pages")
			}
		}},
	}
}
