package transport_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

func TestOriginAndHost(t *testing.T) {
	t.Parallel()
	local := start(t, nil)
	public := start(t, func(c *transport.Config, _ *transport.Parts) {
		c.PublicURL = parseURL(t, "https://mcp.example/pre/")
		c.AllowedOrigins = []string{"https://app.example", "vscode-file://vscode-app"}
		c.AllowedHosts = []string{"inner.example:9000"}
	})
	for _, c := range []struct {
		s            *stack
		host, origin string
		status       int
	}{
		{local, "", "", 200},
		{local, "localhost:1", "", 200},
		{local, "[::1]:8080", "", 200},
		{local, "evil.example", "", 403},
		{local, "127.0.0.1.evil.example:8080", "", 403},
		{local, "", "http://localhost:6274", 200},
		{local, "", "https://127.0.0.1:1", 200},
		{local, "", "http://localhost.evil.example", 403},
		{local, "", "https://app.example", 403},
		{local, "", "null", 403},
		{public, "mcp.example", "", 200},
		{public, "MCP.example:443", "https://mcp.example", 200},
		{public, "mcp.example", "https://mcp.example:443", 200},
		{public, "mcp.example", "http://mcp.example", 403},
		{public, "mcp.example", "https://mcp.example:8443", 403},
		{public, "inner.example", "https://app.example", 200},
		{public, "mcp.example", "vscode-file://vscode-app", 200},
		{public, "mcp.example", "http://localhost:6274", 403},
		{public, "localhost", "", 200},
		{public, "", "", 200}, // the address of the test's own listener, as nginx sends it
		{public, "[::1]:8080", "https://app.example", 200},
		{public, "127.0.0.1:8080", "http://127.0.0.1:8080", 403},
		{public, "127.0.0.1.evil.example", "", 403},
		{public, "10.0.0.1", "", 403},
	} {
		res := edgetest.Send(t.Context(), t, "POST", c.s.URL+"/mcp", edgetest.Call(1, "echo", `{}`, ""), func(r *http.Request) {
			if c.host != "" {
				r.Host = c.host
			}
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
		})
		got := edgetest.Text(t, res)
		if res.StatusCode != c.status {
			t.Errorf("host %q, origin %q: %d", c.host, c.origin, res.StatusCode)
		}
		edgetest.Wants(t, got, `"jsonrpc":"2.0"`)
		allow := res.Header.Get("Access-Control-Allow-Origin")
		if want := c.origin; c.status == 200 && allow != want || c.status == 403 && allow != "" {
			t.Errorf("host %q, origin %q is answered with allow %q", c.host, c.origin, allow)
		}
	}
}

func TestPreflight(t *testing.T) {
	t.Parallel()
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		p.Authenticate = func(bool, func(*http.Request) string) func(http.Handler) http.Handler {
			return func(http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
			}
		}
	})
	from := func(origin string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Origin", origin)
			r.Header.Set("Access-Control-Request-Method", "POST")
		}
	}
	res := edgetest.Send(t.Context(), t, "OPTIONS", s.URL+"/mcp", "", from("http://localhost:3000"))
	if res.StatusCode != http.StatusNoContent {
		t.Error(res.StatusCode)
	}
	edgetest.Wants(t, res.Header.Get("Access-Control-Allow-Headers"), "Authorization", "X-Api-Key", "MCP-Protocol-Version", "Mcp-Name")
	edgetest.Wants(t, res.Header.Get("Access-Control-Allow-Methods"), "POST")
	if res := edgetest.Send(t.Context(), t, "OPTIONS", s.URL+"/mcp", "", from("https://evil.example")); res.StatusCode != http.StatusForbidden {
		t.Error(res.StatusCode)
	}
	res = edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", "{}", func(r *http.Request) { r.Header.Set("Origin", "http://localhost:3000") })
	if res.StatusCode != http.StatusUnauthorized {
		t.Error(res.StatusCode)
	}
	edgetest.Wants(t, res.Header.Get("Access-Control-Expose-Headers"), "WWW-Authenticate", "Retry-After",
		"Mcp-Session-Id", "MCP-Protocol-Version", "X-Request-Id")
}

// TestRefusedHost holds that an operator who calls the server by a name that it does not know learns
// what to set, from the answer and from the log, and that neither repeats what is no name. From inside
// of Docker a server on the machine is host.docker.internal.
func TestRefusedHost(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 300) + ".example"
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		nothing := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a stranger came in") })
		p.SignIn, p.ServerMetadata = nothing, nothing
	})
	for _, c := range []struct {
		path, host, accept string
		want, logged       string
	}{
		{"/mcp", "host.docker.internal:8080", "", `--allowed-hosts=host.docker.internal"`, `"refused_host":"host.docker.internal:8080"`},
		{"/mcp/", "Evil.Example", "", `--allowed-hosts=evil.example"`, `"refused_host":"Evil.Example"`},
		{"/mcp", "[2001:db8::1]:8080", "", `--allowed-hosts=2001:db8::1"`, `"refused_host":"[2001:db8::1]:8080"`},
		{"/mcp", "a$b'c", "", `can name further ones with --allowed-hosts."`, `"refused_host":"a$b'c"`},
		{"/mcp", long, "", `can name further ones with --allowed-hosts."`, `"refused_host":"` + long[:200] + "…"},
		{"/oauth/token", "host.docker.internal", "*/*", `"error":"invalid_request"`, `"refused_host":"host.docker.internal"`},
		{"/oauth/token", "host.docker.internal", "*/*", `--allowed-hosts=host.docker.internal"`, ""},
		{"/oauth/authorize", "host.docker.internal", "text/html,*/*", "add it: --allowed-hosts=host.docker.internal\n", ""},
		{"/connections/", "host.docker.internal", "text/html", "--allowed-hosts=host.docker.internal", ""},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+c.path, `{}`, func(r *http.Request) {
			r.Host = c.host
			if c.accept != "" {
				r.Header.Set("Accept", c.accept)
			}
		})
		got := edgetest.Text(t, res)
		json := res.Header.Get("Content-Type") == "application/json"
		if res.StatusCode != http.StatusForbidden || len(got) > 600 || json == strings.Contains(c.accept, "html") {
			t.Errorf("%s for %.40s: got %d as %s: %s", c.path, c.host, res.StatusCode, res.Header.Get("Content-Type"), got)
		}
		edgetest.Wants(t, got, c.want)
		edgetest.Wants(t, s.log.String(), c.logged, `"level":"warn"`)
	}
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", `{}`, func(r *http.Request) { r.Header.Set("Origin", "https://page.example") })
	edgetest.Wants(t, edgetest.Text(t, res), "--allowed-origins")
	edgetest.Wants(t, s.log.String(), `"refused_origin":"https://page.example"`)
}
