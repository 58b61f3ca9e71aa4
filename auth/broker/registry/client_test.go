package registry_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/auth/broker/brokertest"
)

// known is a client as its makers document it, or as it was seen.
type known struct {
	name string
	// id is the address of its document; empty for one that registers.
	id string
	// says is the registration, or the document without its client_id.
	says string
	// hosts must be in --redirect-hosts for it.
	hosts []string
	// redirects are where it waits, each tried by a sign-in.
	redirects []string
	// basic sends the secret in the header; otherwise it goes into the form.
	basic bool
	// resource and scope are what it asks with; RESOURCE in the first is the endpoint.
	resource, scope string
}

const (
	publicCode = `"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"none"`
	libreURI   = "https://chat.example.org/api/mcp/heygen/oauth/callback"
)

func knownClients() []known {
	return []known{
		{name: "claude.ai, registered", says: `{"client_name":"Claude","redirect_uris":["https://claude.ai/api/mcp/auth_callback"],` + publicCode + `,"scope":"heygen:read heygen:write heygen:delete"}`,
			redirects: []string{"https://claude.ai/api/mcp/auth_callback"}, resource: "RESOURCE", scope: "heygen:read heygen:write heygen:delete"},
		{name: "claude.ai, by document", id: "https://claude.ai/oauth/mcp-oauth-client-metadata",
			says:      `"client_name":"Claude","redirect_uris":["https://claude.ai/api/mcp/auth_callback","https://claude.com/api/mcp/auth_callback"],` + publicCode,
			redirects: []string{"https://claude.ai/api/mcp/auth_callback", "https://claude.com/api/mcp/auth_callback"}, resource: "RESOURCE"},
		{name: "Claude Code, by document", id: "https://claude.ai/oauth/claude-code-client-metadata",
			says:      `"client_name":"Claude Code","redirect_uris":["http://localhost/callback","http://127.0.0.1/callback"],` + publicCode,
			redirects: []string{"http://localhost:54545/callback", "http://127.0.0.1:1024/callback"}, resource: "RESOURCE/"},
		{name: "Claude Code, registered", says: `{"client_name":"Claude Code (heygen)","redirect_uris":["http://localhost:3118/callback"],` + publicCode + `}`,
			redirects: []string{"http://localhost:3118/callback", "http://localhost:61234/callback"}, resource: "RESOURCE/"},
		{name: "ChatGPT, by document", id: "https://chatgpt.com/oauth/client.json",
			says: `"client_name":"ChatGPT","redirect_uris":["https://chatgpt.com/connector/oauth/abc123","https://chatgpt.com/connector_platform_oauth_redirect"],` +
				`"grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:jwt-bearer"],"response_types":["code"],` +
				`"token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_methods_supported":["none","private_key_jwt"],"jwks_uri":"https://chatgpt.com/oauth/jwks.json"`,
			redirects: []string{"https://chatgpt.com/connector/oauth/abc123", "https://chatgpt.com/connector_platform_oauth_redirect"}, resource: "RESOURCE"},
		{name: "ChatGPT, registered", says: `{"client_name":"ChatGPT","redirect_uris":["https://chatgpt.com/connector/oauth/Xy_1-2"],` +
			`"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"client_secret_post"}`,
			redirects: []string{"https://chatgpt.com/connector/oauth/Xy_1-2"}, resource: "RESOURCE"},
		{name: "Cursor", says: `{"client_name":"Cursor","redirect_uris":["` + brokertest.CursorURI + `","https://www.cursor.com/agents/mcp/oauth/callback","http://localhost:8787/callback"],` + publicCode + `}`,
			redirects: []string{brokertest.CursorURI, "http://localhost:8787/callback", "https://www.cursor.com/agents/mcp/oauth/callback"}, resource: "RESOURCE"},
		{name: "Cursor, all on this computer", says: `{"client_name":"Cursor","redirect_uris":["` + brokertest.CursorURI + `","http://localhost:8787/callback","http://127.0.0.1:8787/callback"],` + publicCode + `}`,
			redirects: []string{brokertest.CursorURI, "http://127.0.0.1:50123/callback"}, resource: "RESOURCE"},
		{name: "VS Code", says: `{"client_name":"Visual Studio Code","client_uri":"https://code.visualstudio.com","grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code"],` +
			`"response_types":["code"],"redirect_uris":["https://insiders.vscode.dev/redirect","https://vscode.dev/redirect","http://localhost/","http://127.0.0.1/","http://localhost:33418/","http://127.0.0.1:33418/"],` +
			`"token_endpoint_auth_method":"none","application_type":"native"}`,
			redirects: []string{"http://127.0.0.1:33418/", "http://127.0.0.1:51999/", "http://localhost:33418/", "https://vscode.dev/redirect", "https://insiders.vscode.dev/redirect"}, resource: "RESOURCE"},
		{name: "VS Code, by document", id: "https://vscode.dev/oauth/client-metadata.json",
			says:      `"client_name":"Visual Studio Code","redirect_uris":["http://127.0.0.1:33418/","https://vscode.dev/redirect"],` + publicCode,
			redirects: []string{"http://127.0.0.1:51999/", "https://vscode.dev/redirect"}, resource: "RESOURCE"},
		{name: "Codex", says: `{"client_name":"Codex","redirect_uris":["http://127.0.0.1:43117/callback/k3j2h1"],` + publicCode + `}`,
			redirects: []string{"http://127.0.0.1:43117/callback/k3j2h1", "http://127.0.0.1:5/callback/k3j2h1"}, resource: "RESOURCE"},
		{name: "Gemini CLI", says: `{"client_name":"Gemini CLI MCP Client","redirect_uris":["http://localhost:7777/oauth/callback"],` + publicCode + `,"scope":"heygen:read heygen:write heygen:delete"}`,
			redirects: []string{"http://localhost:7777/oauth/callback", "http://localhost:40001/oauth/callback"}, resource: "RESOURCE", scope: "heygen:read heygen:write heygen:delete"},
		{name: "n8n", says: `{"client_name":"n8n","redirect_uris":["` + brokertest.N8nURI + `"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"client_secret_basic","client_uri":"https://n8n.io/"}`,
			hosts: []string{"n8n.example.org"}, redirects: []string{brokertest.N8nURI}, basic: true},
		{name: "LibreChat", says: `{"client_name":"LibreChat MCP Client","redirect_uris":["` + libreURI + `"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],"token_endpoint_auth_method":"client_secret_post","logo_uri":"https://x.example/l.png"}`,
			hosts: []string{"chat.example.org"}, redirects: []string{libreURI}, resource: "RESOURCE"},
		{name: "mcp-remote", says: `{"client_name":"MCP CLI Proxy","client_uri":"https://github.com/geelen/mcp-remote","redirect_uris":["http://localhost:3334/oauth/callback"],` + publicCode + `,"software_id":"2e6dc280-f3c3-4e01-99a7-8181dbd1d23d","software_version":"0.1.0"}`,
			redirects: []string{"http://localhost:3334/oauth/callback", "http://localhost:17024/oauth/callback"}, resource: "RESOURCE", scope: "openid email profile"},
	}
}

// TestKnownClients replays what the clients that are known do: become known, sign in by each of
// their addresses, call, refresh; and holds that none of them is sent anywhere else.
func TestKnownClients(t *testing.T) {
	t.Parallel()
	for _, c := range knownClients() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			brokertest.OnStores(t, func(d *brokertest.Deployment) {
				s := brokertest.NewSite(d.T)
				d = d.Besides(func(cfg *auth.Config) { cfg.Broker.RedirectHosts, cfg.Broker.Documents = c.hosts, s.Web })
				id, secret := c.id, ""
				if id == "" {
					id, secret = d.Register(c.says)
				} else {
					s.Put(id, `{"client_id":"`+id+`",`+c.says+`}`)
				}
				for _, redirect := range c.redirects {
					c.connect(d, id, secret, redirect)
				}
				for _, foreign := range []string{"https://evil.example/cb", c.redirects[0] + "x", strings.Replace(c.redirects[0], "://", "://evil.example/", 1)} {
					brokertest.ShowsError(d, d.Ask(id, "redirect_uri", foreign).Encode(), "redirect_uri")
				}
			})
		})
	}
}

// connect is one sign-in of a client's, what follows from it, and its end.
func (c known) connect(d *brokertest.Deployment, id, secret, redirect string) {
	d.T.Helper()
	resource := strings.Replace(c.resource, "RESOURCE", d.URL+"/mcp", 1)
	at := d.Person().WithKey(d.Ask(id, "redirect_uri", redirect, "resource", resource, "scope", c.scope), "mia")
	if !strings.HasPrefix(at, redirect+"?") {
		d.T.Fatalf("%s is sent to %s", redirect, at)
	}
	tokenOf := func(form url.Values) brokertest.Tokens {
		d.T.Helper()
		var headers []string
		switch {
		case c.basic:
			headers = brokertest.Basic(id, secret)
			form.Del("client_id")
		case secret != "":
			form.Set("client_secret", secret)
		}
		res := d.Form("/oauth/token", form, headers...)
		if res.Status != http.StatusOK {
			d.T.Fatalf("%s: %d %s", redirect, res.Status, res.Body)
		}
		return brokertest.Tokens{Client: id, Access: res.Text("access_token"), Refresh: res.Text("refresh_token"), Scope: res.Text("scope")}
	}
	got := tokenOf(d.Redemption(id, d.CodeOf(at), "redirect_uri", redirect, "resource", resource))
	want := "heygen:read heygen:write"
	if strings.HasPrefix(c.scope, want) {
		want = c.scope
	}
	for range 2 {
		if got.Scope != want || d.MCP(got.Access, "?call").Status != http.StatusOK {
			d.T.Errorf("%s: the token for %q does not open HeyGen", redirect, got.Scope)
		}
		got = tokenOf(brokertest.Renewal(got, "resource", resource))
	}
}

// TestUnknownHosts holds that a client of an operator's own waits for the operator's word.
func TestUnknownHosts(t *testing.T) {
	t.Parallel()
	d := brokertest.Deploy(t, func() auth.Store { return brokertest.Opened(t, "", "") })
	for _, c := range knownClients() {
		if c.hosts == nil {
			continue
		}
		res := d.Send(d.Client, http.MethodPost, "/oauth/register", c.says)
		brokertest.Wants(t, res, http.StatusBadRequest, "invalid_redirect_uri")
		if why := res.Text("error_description"); !strings.Contains(why, c.hosts[0]) || !strings.Contains(why, "its operator can add it") {
			t.Errorf("%s: %s", c.name, why)
		}
	}
}
