package transport_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

func TestRoutes(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *transport.Config, p *transport.Parts) {
		c.PublicURL = parseURL(t, "http://127.0.0.1/pre")
		p.Metadata = func(below func(*http.Request) string) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("metadata" + below(r))) })
		}
		p.Authenticate = func(oauth bool, _ func(*http.Request) string) func(http.Handler) http.Handler {
			return func(http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(http.StatusUnauthorized)
					if oauth {
						_, _ = w.Write([]byte("oauth"))
					}
				})
			}
		}
	})
	const prm = "/.well-known/oauth-protected-resource"
	for _, c := range []struct {
		path   string
		status int
		body   string
	}{
		{"/healthz", 200, "ok"}, {"/pre/healthz", 200, "ok"}, {"/readyz", 200, "ready"},
		{prm, 200, "metadata"}, {prm + "/mcp", 200, "metadata"}, {prm + "/pre/mcp", 200, "metadata"},
		{"/pre" + prm, 200, "metadata"}, {"/pre" + prm + "/mcp", 200, "metadata"},
		{prm + "/", 200, "metadata"}, {prm + "/mcp/", 200, "metadata"}, {prm + "/pre/mcp/", 200, "metadata"},
		{prm + "/pre", 200, "metadata"}, {prm + "/pre/", 200, "metadata"}, {"/pre" + prm + "/mcp/", 200, "metadata"},
		{"/mcp" + prm, 200, "metadata"}, {"/mcp" + prm + "/", 200, "metadata"}, {"/pre/mcp" + prm + "/", 200, "metadata"},
		{prm + "/mcp?session=1", 200, "metadata"},
		{prm + "/mcp/key", 404, "jsonrpc"}, {prm + "/elsewhere", 404, "jsonrpc"},
		{"POST /mcp", 401, "oauth"}, {"POST /pre/mcp", 401, "oauth"}, {"POST /mcp/key", 401, ""}, {"POST /pre/mcp/key", 401, ""},
		{"/", 404, "jsonrpc"},
	} {
		method, path, ok := strings.Cut(c.path, " ")
		if !ok {
			method, path = http.MethodGet, c.path
		}
		res := edgetest.Send(t.Context(), t, method, s.URL+path, "", nil)
		got := edgetest.Text(t, res)
		if res.StatusCode != c.status || !strings.Contains(got, c.body) || c.body == "" && got != "" {
			t.Errorf("%s: %d %q", c.path, res.StatusCode, got)
		}
	}
	res := edgetest.Send(t.Context(), t, "OPTIONS", s.URL+prm, "", func(r *http.Request) {
		r.Header.Set("Origin", "https://anyone.example")
		r.Header.Set("Access-Control-Request-Method", "GET")
	})
	if res.StatusCode != http.StatusNoContent || res.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("metadata preflight: %d %v", res.StatusCode, res.Header)
	}
}

func TestNotReady(t *testing.T) {
	t.Parallel()
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		p.Ready = func(context.Context) error { return errors.New("the store is shut") }
	})
	res := edgetest.Send(t.Context(), t, "GET", s.URL+"/readyz", "", nil)
	if got := edgetest.Text(t, res); res.StatusCode != 503 || strings.Contains(got, "store") {
		t.Errorf("got %d %s, want %v and no %q in it", res.StatusCode, got, 503, "store")
	}
	if res := edgetest.Send(t.Context(), t, "GET", s.URL+"/.well-known/oauth-protected-resource", "", nil); res.StatusCode != 404 {
		t.Error(res.StatusCode)
	}
}
