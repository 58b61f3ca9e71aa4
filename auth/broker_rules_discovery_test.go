package auth_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// wellKnown are the addresses of the documents.
func wellKnown() []string {
	return []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/mcp", "/.well-known/oauth-protected-resource"}
}

// members reads a document.
func (d *deployment) members(path string) map[string]any {
	d.t.Helper()
	res := d.send(d.client, http.MethodGet, path, "")
	var m map[string]any
	if err := json.Unmarshal([]byte(res.body), &m); err != nil || res.status != 200 || res.header.Get("Content-Type") != "application/json" {
		d.t.Fatalf("%s: %d %v %s", path, res.status, res.header, res.body)
	}
	return m
}

func discoveryRules() []rule {
	return []rule{
		{"RFC 8414 3.2: metadata in every form", func(d *deployment) {
			for _, path := range []string{"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/mcp"} {
				res := d.send(d.client, http.MethodGet, path+"?x=1", "")
				var m map[string]any
				if err := json.Unmarshal([]byte(res.body), &m); err != nil || res.status != 200 || res.header.Get("Access-Control-Allow-Origin") != "*" {
					d.t.Fatalf("%s: %d %s", path, res.status, res.body)
				}
				if m["issuer"] != d.url || m["authorization_response_iss_parameter_supported"] != true || m["client_id_metadata_document_supported"] != true ||
					(m["jwks_uri"] != nil) != strings.Contains(path, "openid") {
					d.t.Errorf("%s: %s", path, res.body)
				}
				if strings.Contains(res.body, "plain") || strings.Contains(res.body, "implicit") || !strings.Contains(res.body, `["S256"]`) || !strings.Contains(res.body, `"none"`) {
					d.t.Errorf("%s: %s", path, res.body)
				}
				if head := d.send(d.client, http.MethodHead, path, ""); head.status != 200 {
					d.t.Errorf("HEAD %s: %d", path, head.status)
				}
			}
		}},
		{"RFC 8414 3.1, 3.2, RFC 9728 3.1, 3.2: documents are for GET and HEAD, with any query, for pages of every origin", func(d *deployment) {
			for _, path := range append(wellKnown(), "/oauth/keys") {
				want := d.send(d.client, http.MethodGet, path, "")
				for method, status := range map[string]int{"GET": 200, "HEAD": 200, "OPTIONS": 204, "POST": 405, "PUT": 405, "DELETE": 405} {
					for _, query := range []string{"", "?toolsets=a&x=%zz", "?" + strings.Repeat("x", 5000)} {
						res := d.send(d.client, method, path+query, "", "Origin", "https://a.example", "MCP-Protocol-Version", "2025-11-25")
						if res.status != status || res.header.Get("Access-Control-Allow-Origin") != "*" || res.header.Get("Access-Control-Allow-Credentials") != "" ||
							(res.header.Get("Allow") == "") != (status != 405) || method == "GET" && res.body != want.body || method == "HEAD" && res.body != "" {
							d.t.Errorf("%s %s: %d %v", method, path, res.status, res.header)
						}
					}
				}
			}
		}},
		{"RFC 8414 2, 3.3: issuer and endpoints, each of them below the issuer and there", func(d *deployment) {
			m := d.members("/.well-known/oauth-authorization-server")
			if m["issuer"] != d.url {
				d.t.Errorf("%v", m["issuer"])
			}
			for name, method := range map[string]string{"authorization_endpoint": "GET", "token_endpoint": "POST", "registration_endpoint": "POST", "revocation_endpoint": "POST", "device_authorization_endpoint": "POST"} {
				at, _ := m[name].(string)
				if res := d.send(d.client, method, at, ""); !strings.HasPrefix(at, d.url+"/") || res.status != 400 {
					d.t.Errorf("%s is %q: %d", name, at, res.status)
				}
			}
			for name, want := range map[string]string{ //nolint:gosec // G101: names of methods
				"response_types_supported": "[code]", "grant_types_supported": "[authorization_code refresh_token urn:ietf:params:oauth:grant-type:device_code]",
				"token_endpoint_auth_methods_supported": "[none client_secret_basic client_secret_post]", "revocation_endpoint_auth_methods_supported": "[none client_secret_basic client_secret_post]",
				"code_challenge_methods_supported": "[S256]", "scopes_supported": "[heygen:read heygen:write heygen:delete]", "protected_resources": "[" + d.url + "/mcp]"} {
				if got := fmt.Sprint(m[name]); got != want {
					d.t.Errorf("%s is %s", name, got)
				}
			}
		}},
		{"MCP 2026-07-28, Authorization Code Protection: OpenID's form says S256 too", func(d *deployment) {
			m := d.members("/.well-known/openid-configuration")
			if fmt.Sprint(m["code_challenge_methods_supported"]) != "[S256]" || m["issuer"] != d.url || m["jwks_uri"] != d.url+"/oauth/keys" || fmt.Sprint(m["subject_types_supported"]) != "[public]" {
				d.t.Errorf("%v", m)
			}
			if keys := d.members("/oauth/keys")["keys"]; fmt.Sprint(keys) != "[]" {
				d.t.Errorf("%v", keys)
			}
		}},
		{"RFC 9728 3: the resource names this server, byte for byte", func(d *deployment) {
			var m struct {
				Resource string   `json:"resource"`
				Servers  []string `json:"authorization_servers"`
			}
			res := d.send(d.client, http.MethodGet, "/.well-known/oauth-protected-resource", "")
			if err := json.Unmarshal([]byte(res.body), &m); err != nil || m.Resource != d.url+"/mcp" || len(m.Servers) != 1 || m.Servers[0] != d.url {
				d.t.Errorf("%s", res.body)
			}
		}},
		{"RFC 9728 2, MCP 2025-11-25, Authorization Server Location: one server, tokens in headers, and the scopes that a client starts with", func(d *deployment) {
			m := d.members("/.well-known/oauth-protected-resource")
			if fmt.Sprint(m["authorization_servers"]) != "["+d.url+"]" || fmt.Sprint(m["bearer_methods_supported"]) != "[header]" ||
				fmt.Sprint(m["scopes_supported"]) != "[heygen:read heygen:write]" {
				d.t.Errorf("%v", m)
			}
		}},
		{"MCP 2026-07-28, Refresh Tokens: offline_access is asked of nobody", func(d *deployment) {
			challenge := d.send(d.client, http.MethodPost, "/mcp", "").header.Get("WWW-Authenticate")
			for _, path := range wellKnown() {
				if res := d.send(d.client, http.MethodGet, path, ""); strings.Contains(res.body+challenge, "offline_access") {
					d.t.Errorf("%s: %s", path, res.body)
				}
			}
			if d.signIn("mia", "scope", "heygen:read offline_access").refresh == "" { // yet whoever asks for it has it
				d.t.Error("no refresh token")
			}
		}},
	}
}
