package auth_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"heygen-mcp/auth"
)

func TestMetadata(t *testing.T) {
	t.Parallel()
	const want = `{"resource":"https://mcp.example.com/team/mcp","authorization_servers":["https://login.example.com"],` +
		`"scopes_supported":["openid","profile","email"],"bearer_methods_supported":["header"],` +
		`"resource_name":"Open MCP server for HeyGen"}`
	tests := []struct {
		method, path string
		status       int
		body         string
	}{
		{http.MethodGet, "/.well-known/oauth-protected-resource", 200, want},
		{http.MethodGet, "/.well-known/oauth-protected-resource/team/mcp", 200, want},
		{http.MethodGet, "/.well-known/oauth-protected-resource?toolsets=video", 200, want},
		{http.MethodHead, "/.well-known/oauth-protected-resource", 200, ""},
		{http.MethodOptions, "/.well-known/oauth-protected-resource", 204, ""},
		{http.MethodPost, "/.well-known/oauth-protected-resource", 405, ""},
	}
	w := newWorld(t, nil)
	for _, c := range tests {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			t.Parallel()
			res := w.send(t, c.method, c.path, "Origin", "https://any.example")
			if res.status != c.status || res.body != c.body {
				t.Errorf("status %d, body %q", res.status, res.body)
			}
			if got := res.header.Get("Access-Control-Allow-Origin"); got != "*" {
				t.Errorf("Access-Control-Allow-Origin is %q", got)
			}
			if got := res.header.Get("Content-Type"); c.status == 200 && got != "application/json" {
				t.Errorf("Content-Type is %q", got)
			}
			if c.status == 405 && res.header.Get("Allow") == "" {
				t.Error("no Allow")
			}
		})
	}
}

// TestMetadataURL holds the challenge to the form of RFC 9728 for every shape of
// a public URL.
func TestMetadataURL(t *testing.T) {
	t.Parallel()
	for resource, want := range map[string]string{
		"https://a.example/mcp":           "https://a.example/.well-known/oauth-protected-resource/mcp",
		"http://127.0.0.1:8080/mcp":       "http://127.0.0.1:8080/.well-known/oauth-protected-resource/mcp",
		"https://a.example/x/y/mcp":       "https://a.example/.well-known/oauth-protected-resource/x/y/mcp",
		"https://a.example/with%20it/mcp": "https://a.example/.well-known/oauth-protected-resource/with%20it/mcp",
		"https://a.example":               "https://a.example/.well-known/oauth-protected-resource",
		"https://a.example/":              "https://a.example/.well-known/oauth-protected-resource",
	} {
		t.Run(resource, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(cfg *auth.Config) {
				cfg.Resource = resource
				cfg.Scopes = []string{"openid"}
			})
			res := w.post(t, http.StatusUnauthorized, "/mcp")
			if got := res.header.Get("WWW-Authenticate"); got != `Bearer resource_metadata="`+want+`", scope="openid"` {
				t.Errorf("WWW-Authenticate is %q", got)
			}
		})
	}
}

// TestBelow holds the two ends together: the 401 of a path leads to the document
// that stands for it, and that names the path.
func TestBelow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	below := func(r *http.Request) string { return strings.TrimPrefix(r.URL.EscapedPath(), "/mcp") }
	nobody := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a stranger came in") })
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp/x/videos,a%2Fb", nil)

	refused := httptest.NewRecorder()
	w.auth.Middleware(true, below)(nobody).ServeHTTP(refused, req)
	const path = "https://mcp.example.com/.well-known/oauth-protected-resource/team/mcp/x/videos,a%2Fb"
	if got := refused.Header().Get("WWW-Authenticate"); !strings.Contains(got, `resource_metadata="`+path+`", scope=`) {
		t.Errorf("got %v, want %q in it", got, `resource_metadata="`+path+`", scope=`)
	}
	silent := httptest.NewRecorder()
	w.auth.Middleware(false, below)(nobody).ServeHTTP(silent, req)
	if got := silent.Header().Get("WWW-Authenticate"); got != "Bearer" {
		t.Errorf("got %v, want %q", got, "Bearer")
	}
	document := httptest.NewRecorder()
	req.Method = http.MethodGet
	w.auth.Metadata(below).ServeHTTP(document, req)
	if got := document.Body.String(); !strings.Contains(got, `"resource":"`+resource+`/x/videos,a%2Fb"`) {
		t.Errorf("got %v, want %q in it", got, `"resource":"`+resource+`/x/videos,a%2Fb"`)
	}
}

// TestMetadataByName holds that a server on this machine describes itself by the name that was typed,
// as RFC 9728 3.3 has clients compare it, and that HeyGen's authorization server keeps its own name.
func TestMetadataByName(t *testing.T) {
	t.Parallel()
	const heygen = "http://127.0.0.1:9999"
	w := newWorld(t, func(cfg *auth.Config) {
		cfg.Resource, cfg.KeyResource = "http://127.0.0.1:8080/team/mcp", "http://127.0.0.1:8080/team/mcp/key"
		cfg.AuthorizationServer = heygen
	})
	below := func(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, "/mcp") }
	for host, origin := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080", "localhost:8080": "http://localhost:8080", "[::1]:8080": "http://[::1]:8080",
		"LocalHost:8080": "http://localhost:8080",
		"localhost:8081": "http://127.0.0.1:8080", "evil.example": "http://127.0.0.1:8080", "evil.example:8080": "http://127.0.0.1:8080",
	} {
		for _, path := range []string{"/mcp", "/mcp/", "/mcp/x/videos/"} {
			rest := strings.TrimPrefix(path, "/mcp")
			req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			req.Host = host
			document := httptest.NewRecorder()
			w.auth.Metadata(below).ServeHTTP(document, req)
			want := `{"resource":"` + origin + "/team/mcp" + rest + `","authorization_servers":["` + heygen + `"],`
			if got := document.Body.String(); !strings.HasPrefix(got, want) {
				t.Errorf("%s%s: got %s, want %s", host, path, got, want)
			}
			refused := httptest.NewRecorder()
			w.auth.Middleware(true, below)(http.NotFoundHandler()).ServeHTTP(refused, req)
			want = `Bearer resource_metadata="` + origin + "/.well-known/oauth-protected-resource/team/mcp" + rest + `", scope=`
			if got := refused.Header().Get("WWW-Authenticate"); !strings.HasPrefix(got, want) {
				t.Errorf("%s%s: the challenge is %s, want %s", host, path, got, want)
			}
			if hint := origin + "/team/mcp/key."; !strings.Contains(refused.Body.String(), hint) {
				t.Errorf("%s%s: got %s, want %s", host, path, refused.Body, hint)
			}
		}
	}
}
