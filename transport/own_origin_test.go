package transport_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// TestOwnOriginOnly is a server that asks for no credential: a page that a person happens to open
// must not reach a tool, by no kind of request that browsers make for it.
func TestOwnOriginOnly(t *testing.T) {
	t.Parallel()
	called := false
	s := start(t, func(c *transport.Config, _ *transport.Parts) {
		c.OwnOriginOnly, c.AllowedOrigins = true, []string{"http://localhost:6274"}
		c.PublicURL = parseURL(t, "http://127.0.0.1:8080")
	})
	for _, c := range []struct {
		name, method string
		headers      []string // name, value, …
		status       int
	}{
		{"a program", "POST", nil, 200},
		{"the server's own page", "POST", []string{"Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin"}, 200},
		{"its own page, without Origin", "POST", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"a page that the operator allows", "POST", []string{"Origin", "http://localhost:6274", "Sec-Fetch-Site", "cross-site"}, 200},
		{"a page on another port", "POST", []string{"Origin", "http://127.0.0.1:3000", "Sec-Fetch-Site", "same-site"}, 403},
		{"a page on localhost", "POST", []string{"Origin", "http://localhost:8080"}, 403},
		{"a page over https", "POST", []string{"Origin", "https://127.0.0.1:8080"}, 403},
		{"a page on the web", "POST", []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, 403},
		{"a sandboxed page", "POST", []string{"Origin", "null"}, 403},
		{"two origins", "POST", []string{"Origin", "http://127.0.0.1:8080", "Origin", "https://evil.example"}, 403},
		{"a page on the web, without Origin", "POST", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a page on another port, without Origin", "POST", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"a simple request", "POST", []string{"Origin", "https://evil.example", "Content-Type", "text/plain", "Sec-Fetch-Mode", "no-cors"}, 403},
		{"a simple request without Origin", "POST", []string{"Content-Type", "text/plain"}, 415},
		{"a form without Origin", "POST", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415},
		{"a request of no type", "POST", []string{"Content-Type", ""}, 415},
		{"an image", "GET", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403},
		{"a preflight", "OPTIONS", []string{"Origin", "http://localhost:3000", "Access-Control-Request-Method", "POST"}, 403},
		{"another name (DNS rebinding)", "POST", []string{"Host", "evil.example:8080", "Origin", "http://evil.example:8080", "Sec-Fetch-Site", "same-origin"}, 403},
	} {
		for _, path := range []string{"/mcp", "/mcp/key"} {
			res := edgetest.Send(t.Context(), t, c.method, s.URL+path, edgetest.Call(1, "echo", `{}`, ""), func(r *http.Request) {
				for i := 0; i+1 < len(c.headers); i += 2 {
					switch name, value := c.headers[i], c.headers[i+1]; name {
					case "Host":
						r.Host = value
					case "Origin":
						r.Header.Add(name, value)
					default:
						r.Header.Set(name, value)
					}
				}
			})
			body := edgetest.Text(t, res)
			called = called || res.StatusCode == http.StatusOK
			allowed := res.Header.Get("Access-Control-Allow-Origin")
			if res.StatusCode != c.status || c.status != 200 && (allowed != "" || strings.Contains(body, `"result"`)) {
				t.Errorf("%s at %s: %d, allowed to %q, want %d: %s", c.name, path, res.StatusCode, allowed, c.status, body)
			}
		}
	}
	if !called {
		t.Error("nobody is served, so nothing was tried")
	}
}
