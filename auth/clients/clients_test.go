package clients

import (
	"errors"
	"strings"
	"testing"
)

// TestAllows is RFC 8252's exception and nothing more than it.
func TestAllows(t *testing.T) {
	t.Parallel()
	c := Client{Redirects: []string{"http://127.0.0.1/callback", "http://localhost:1234/cb?a=1", "http://[::1]/cb",
		"https://claude.ai/api/mcp/auth_callback", "cursor://anysphere.cursor-mcp/oauth/callback", "http://example.com/cb", "javascript:alert(1)"}}
	for uri, want := range map[string]bool{
		"http://127.0.0.1/callback":                    true,
		"http://127.0.0.1:49152/callback":              true,
		"http://localhost:9/cb?a=1":                    true,
		"http://[::1]:8080/cb":                         true,
		"https://claude.ai/api/mcp/auth_callback":      true,
		"cursor://anysphere.cursor-mcp/oauth/callback": true,

		"":                                               false,
		"http://localhost:49152/callback":                false, // another host
		"https://127.0.0.1:49152/callback":               false, // another scheme
		"http://127.0.0.1:49152/callback/":               false,
		"http://127.0.0.1:49152/Callback":                false,
		"http://127.0.0.1:49152/callback?x=1":            false,
		"http://127.0.0.1:49152/callback#x":              false,
		"http://user@127.0.0.1:49152/callback":           false,
		"http://127.0.0.2/callback":                      false,
		"http://127.0.0.1.evil.example/callback":         false,
		"http://127.0.0.1@evil.example/callback":         false,
		"http://evil.example\\@127.0.0.1/callback":       false,
		"http://localhost:9/cb":                          false,
		"https://claude.ai:8443/api/mcp/auth_callback":   false,
		"https://claude.ai/api/mcp/auth_callback/":       false,
		"https://claude.ai/api/mcp/auth_callback?":       false,
		"cursor://anysphere.cursor-mcp:1/oauth/callback": false,
		"javascript:alert(1)":                            false,
	} {
		if got := c.Allows(uri); got != want {
			t.Errorf("%q: got %t, want %v", uri, got, want)
		}
	}
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	p := Policy{Hosts: []string{"n8n.example.org", "myapp://", "https://one.example/cb", "cursor://another.extension/cb"}}
	for uri, why := range map[string]string{
		"http://127.0.0.1:1/cb":                                   "",
		"http://localhost/":                                       "",
		"http://[::1]:33418/cb":                                   "",
		"https://claude.ai/api/mcp/auth_callback":                 "",
		"https://claude.com/api/mcp/auth_callback":                "",
		"https://chatgpt.com/connector/oauth/abc-123":             "",
		"https://chatgpt.com/connector_platform_oauth_redirect":   "",
		"https://vscode.dev/redirect":                             "",
		"https://insiders.vscode.dev/redirect":                    "",
		"cursor://anysphere.cursor-mcp/oauth/callback":            "",
		"https://www.cursor.com/agents/mcp/oauth/callback":        "",
		"https://n8n.example.org/rest/oauth2-credential/callback": "",
		"myapp://done/x":                                          "",
		"https://one.example/cb":                                  "",
		"cursor://another.extension/cb":                           "",

		"https://one.example/cb2":                         "not on this server's list",
		"https://one.example/":                            "not on this server's list",
		"cursor://anysphere.cursor-mcp/oauth/callback?x":  "the scheme cursor",
		"cursor://anysphere.cursor-mcp/oauth/callback/":   "the scheme cursor",
		"cursor://anysphere.cursor-mcp/oauth":             "the scheme cursor",
		"cursor://evil.extension/oauth/callback":          "the scheme cursor",
		"CURSOR://anysphere.cursor-mcp/oauth/callback":    "the scheme cursor",
		"cursor://anysphere.cursor-mcp:1/oauth/callback":  "the scheme cursor",
		"cursor://anysphere.cursor-mcp/oauth/../callback": "the scheme cursor",

		"https://chatgpt.com/connector/oauth/":                 "not on this server's list",
		"https://chatgpt.com/connector/oauth/../x":             "not on this server's list",
		"https://chatgpt.com/connector/oauth/a?x":              "not on this server's list",
		"https://claude.ai/open?to=x":                          "not on this server's list",
		"https://claude.ai.evil.example/api/mcp/auth_callback": "not on this server's list",
		"http://example.com/cb":                                "loopback addresses only",
		"other://x/y":                                          "the scheme other",
		"javascript:alert(1)":                                  "host after its scheme",
		"javascript://x/%0aalert(1)":                           "never redirected to",
		"data:text/html,x":                                     "host after its scheme",
		"https://a b/":                                         "character",
		"https://x/\u00e9":                                     "character",
		"/relative":                                            "absolute",
		"https://x/#f":                                         "fragment",
		"http://127.0.0.1/cb?a;b":                              "query",
		"http://127.0.0.1/cb?a=%zz":                            "query",
		"http://127.0.0.1/cb?a=1&iss=https://evil.example":     "parameters of an answer",
		"http://127.0.0.1/cb?st%61te":                          "parameters of an answer",
		"https://u:p@x/":                                       "user name",
		"":                                                     "1 to 2000",
		"https://x/" + strings.Repeat("a", 2000):               "1 to 2000",
	} {
		err := p.Check(uri, "")
		if (err == nil) != (why == "") || err != nil && !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, want %q", uri, err, why)
		}
	}
	if err := p.Check("https://tool.example/cb", "tool.example"); err != nil {
		t.Errorf("a client's own host: %v", err)
	}
}

// TestRegister replays what the clients are known to send.
func TestRegister(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"Claude":  `{"client_name":"Claude","redirect_uris":["https://claude.ai/api/mcp/auth_callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none","scope":"heygen:read","logo_uri":"https://claude.ai/x.png"}`,
		"ChatGPT": `{"client_name":"ChatGPT","redirect_uris":["https://chatgpt.com/connector/oauth/Xy_1-2","https://chatgpt.com/connector_platform_oauth_redirect"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"client_secret_post"}`,
		"Cursor":  `{"client_name":"Cursor","redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback","http://localhost:8787/callback","http://127.0.0.1:8787/callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none"}`,
		"VS Code": `{"client_name":"Visual Studio Code","client_uri":"https://code.visualstudio.com","grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code"],"response_types":["code"],"redirect_uris":["https://insiders.vscode.dev/redirect","https://vscode.dev/redirect","http://localhost/","http://127.0.0.1/","http://localhost:33418/","http://127.0.0.1:33418/"],"token_endpoint_auth_method":"none","application_type":"native"}`,
		"Gemini":  `{"client_name":"Gemini CLI MCP Client","redirect_uris":["http://localhost:7777/oauth/callback"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none"}`,
		"device":  `{"client_name":"An agent without a browser","grant_types":["urn:ietf:params:oauth:grant-type:device_code"]}`,
		"least":   `{"redirect_uris":["http://127.0.0.1/cb"]}`,
	} {
		c, err := Policy{}.Register([]byte(body))
		if err != nil || c.Method == "" || c.Source != Registered {
			t.Errorf("%s: got %+v, %v, want no error, c.Method not empty and c.Source %v", name, c, err, Registered)
		}
	}
	for body, code := range map[string]string{
		`nonsense`:                              "invalid_client_metadata",
		`[]`:                                    "invalid_client_metadata",
		`{"redirect_uris":"http://127.0.0.1/"}`: "invalid_client_metadata",
		`{}`:                                    "invalid_redirect_uri",
		`{"redirect_uris":[]}`:                  "invalid_redirect_uri",
		`{"redirect_uris":["http://127.0.0.1/","https://evil.example/cb"]}`:                                                                                       "invalid_redirect_uri",
		`{"redirect_uris":["http://127.0.0.1/"],"grant_types":["implicit"]}`:                                                                                      "invalid_client_metadata",
		`{"redirect_uris":["http://127.0.0.1/"],"response_types":["token"]}`:                                                                                      "invalid_client_metadata",
		`{"redirect_uris":["http://127.0.0.1/"],"token_endpoint_auth_method":"private_key_jwt"}`:                                                                  "invalid_client_metadata",
		`{"redirect_uris":["http://127.0.0.1/1","http://127.0.0.1/2","http://127.0.0.1/3","http://127.0.0.1/4","http://127.0.0.1/5","http://127.0.0.1/6"]}`:       "invalid_redirect_uri",
		`{"redirect_uris":["http://127.0.0.1:1/","http://127.0.0.1:2/","http://127.0.0.1:3/","http://127.0.0.1:4/","http://127.0.0.1:5/","http://127.0.0.1:6/"]}`: "invalid_redirect_uri",
		`{"redirect_uris":["http://127.0.0.1/","http://127.0.0.1/","http://127.0.0.1/","http://127.0.0.1/","http://127.0.0.1/","http://127.0.0.1/"]}`:             "invalid_redirect_uri",
	} {
		_, err := Policy{}.Register([]byte(body))
		refusal, ok := errors.AsType[*RegistrationError](err)
		if !ok || refusal.Code != code || refusal.Why == "" {
			t.Errorf("%s: got %v, want ok true, refusal.Code %v and refusal.Why not empty", body, err, code)
		}
	}
	_, err := Policy{}.Register([]byte(`{"redirect_uris":["http://127.0.0.1/","https://evil.example/cb"]}`))
	if err == nil || !strings.Contains(err.Error(), "https://evil.example/cb") || !strings.Contains(err.Error(), "not on this server's list") {
		t.Errorf("it does not say which and why: %v", err)
	}
}
