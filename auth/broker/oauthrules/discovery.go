package oauthrules

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"heygen-mcp/auth/broker/brokertest"
)

// membersOf reads a document.
func membersOf(d *brokertest.Deployment, path string) map[string]any {
	d.T.Helper()
	res := d.Send(d.Client, http.MethodGet, path, "")
	var m map[string]any
	if err := json.Unmarshal([]byte(res.Body), &m); err != nil || res.Status != 200 || res.Header.Get("Content-Type") != "application/json" {
		d.T.Fatalf("%s: %d %v %s", path, res.Status, res.Header, res.Body)
	}
	return m
}

func discoveryRules() []Rule {
	return []Rule{
		{"RFC 8414 3.2: metadata in every form", func(d *brokertest.Deployment) {
			for _, path := range []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/mcp"} {
				res := d.Send(d.Client, http.MethodGet, path+"?x=1", "")
				var m map[string]any
				if err := json.Unmarshal([]byte(res.Body), &m); err != nil || res.Status != 200 || res.Header.Get("Access-Control-Allow-Origin") != "*" {
					d.T.Fatalf("%s: %d %s", path, res.Status, res.Body)
				}
				if m["issuer"] != d.URL || m["authorization_response_iss_parameter_supported"] != true || m["client_id_metadata_document_supported"] != true ||
					(m["jwks_uri"] != nil) != strings.Contains(path, "openid") {
					d.T.Errorf("%s: %s", path, res.Body)
				}
				if strings.Contains(res.Body, "plain") || strings.Contains(res.Body, "implicit") || !strings.Contains(res.Body, `["S256"]`) || !strings.Contains(res.Body, `"none"`) {
					d.T.Errorf("%s: %s", path, res.Body)
				}
				if head := d.Send(d.Client, http.MethodHead, path, ""); head.Status != 200 {
					d.T.Errorf("HEAD %s: %d", path, head.Status)
				}
			}
		}},
		{"RFC 8414 3.1, 3.2, RFC 9728 3.1, 3.2: documents are for GET and HEAD, with any query, for pages of every origin", func(d *brokertest.Deployment) {
			for _, path := range append(brokertest.WellKnown(), "/oauth/keys") {
				want := d.Send(d.Client, http.MethodGet, path, "")
				for method, status := range map[string]int{"GET": 200, "HEAD": 200, "OPTIONS": 204, "POST": 405, "PUT": 405, "DELETE": 405} {
					for _, query := range []string{"", "?toolsets=a&x=%zz", "?" + strings.Repeat("x", 5000)} {
						res := d.Send(d.Client, method, path+query, "", "Origin", "https://a.example", "MCP-Protocol-Version", "2025-11-25")
						if res.Status != status || res.Header.Get("Access-Control-Allow-Origin") != "*" || res.Header.Get("Access-Control-Allow-Credentials") != "" ||
							(res.Header.Get("Allow") == "") != (status != 405) || method == "GET" && res.Body != want.Body || method == "HEAD" && res.Body != "" {
							d.T.Errorf("%s %s: %d %v", method, path, res.Status, res.Header)
						}
					}
				}
			}
		}},
		{"RFC 8414 2, 3.3: issuer and endpoints, each of them below the issuer and there", func(d *brokertest.Deployment) {
			m := membersOf(d, "/.well-known/oauth-authorization-server")
			if m["issuer"] != d.URL {
				d.T.Errorf("%v", m["issuer"])
			}
			for name, method := range map[string]string{"authorization_endpoint": "GET", "token_endpoint": "POST", "registration_endpoint": "POST", "revocation_endpoint": "POST", "device_authorization_endpoint": "POST"} {
				at, _ := m[name].(string)
				if res := d.Send(d.Client, method, at, ""); !strings.HasPrefix(at, d.URL+"/") || res.Status != 400 {
					d.T.Errorf("%s is %q: %d", name, at, res.Status)
				}
			}
			for name, want := range map[string]string{ //nolint:gosec // G101: names of methods
				"response_types_supported": "[code]", "grant_types_supported": "[authorization_code refresh_token urn:ietf:params:oauth:grant-type:device_code]",
				"token_endpoint_auth_methods_supported": "[none client_secret_basic client_secret_post]", "revocation_endpoint_auth_methods_supported": "[none client_secret_basic client_secret_post]",
				"code_challenge_methods_supported": "[S256]", "scopes_supported": "[heygen:read heygen:write heygen:delete]", "protected_resources": "[" + d.URL + "/mcp]"} {
				if got := fmt.Sprint(m[name]); got != want {
					d.T.Errorf("%s is %s", name, got)
				}
			}
		}},
		{"MCP 2026-07-28, Authorization Code Protection: OpenID's form says S256 too", func(d *brokertest.Deployment) {
			m := membersOf(d, "/.well-known/openid-configuration")
			if fmt.Sprint(m["code_challenge_methods_supported"]) != "[S256]" || m["issuer"] != d.URL || m["jwks_uri"] != d.URL+"/oauth/keys" || fmt.Sprint(m["subject_types_supported"]) != "[public]" {
				d.T.Errorf("%v", m)
			}
			if keys := membersOf(d, "/oauth/keys")["keys"]; fmt.Sprint(keys) != "[]" {
				d.T.Errorf("%v", keys)
			}
		}},
		{"RFC 9728 3: the resource names this server, byte for byte", func(d *brokertest.Deployment) {
			var m struct {
				Resource string   `json:"resource"`
				Servers  []string `json:"authorization_servers"`
			}
			res := d.Send(d.Client, http.MethodGet, "/.well-known/oauth-protected-resource", "")
			if err := json.Unmarshal([]byte(res.Body), &m); err != nil || m.Resource != d.URL+"/mcp" || len(m.Servers) != 1 || m.Servers[0] != d.URL {
				d.T.Errorf("%s", res.Body)
			}
		}},
		{"RFC 9728 2, MCP 2025-11-25, Authorization Server Location: one server, tokens in headers, and the scopes that a client starts with", func(d *brokertest.Deployment) {
			m := membersOf(d, "/.well-known/oauth-protected-resource")
			if fmt.Sprint(m["authorization_servers"]) != "["+d.URL+"]" || fmt.Sprint(m["bearer_methods_supported"]) != "[header]" ||
				fmt.Sprint(m["scopes_supported"]) != "[heygen:read heygen:write]" {
				d.T.Errorf("%v", m)
			}
		}},
		{"MCP 2026-07-28, Refresh Tokens: offline_access is asked of nobody", func(d *brokertest.Deployment) {
			challenge := d.Send(d.Client, http.MethodPost, "/mcp", "").Header.Get("WWW-Authenticate")
			for _, path := range brokertest.WellKnown() {
				if res := d.Send(d.Client, http.MethodGet, path, ""); strings.Contains(res.Body+challenge, "offline_access") {
					d.T.Errorf("%s: %s", path, res.Body)
				}
			}
			if d.SignIn("mia", "scope", "heygen:read offline_access").Refresh == "" { // yet whoever asks for it has it
				d.T.Error("no refresh token")
			}
		}},
	}
}
