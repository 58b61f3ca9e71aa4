package transport_test

import (
	"io"
	"net/http"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

const chromium = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

// TestPeopleAtAnEndpoint holds who is shown the page at an endpoint, and that every program gets what it gets from a
// server without the page, byte for byte.
func TestPeopleAtAnEndpoint(t *testing.T) {
	t.Parallel()
	text := func(text string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusMethodNotAllowed)
			_, _ = io.WriteString(w, text)
		})
	}
	without := start(t, choosing)
	with := start(t, func(c *transport.Config, p *transport.Parts) {
		choosing(c, p)
		p.Endpoint, p.Front = text("the page"), text("nothing here")
	})
	for _, c := range []struct {
		method, path string
		headers      map[string]string
		want         string // "" is what programs get
	}{
		{"GET", "/mcp", map[string]string{"Accept": chromium}, "the page"},
		{"GET", "/mcp/", map[string]string{"Accept": chromium}, "the page"},
		{"GET", "/mcp/key", map[string]string{"Accept": chromium, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none"}, "the page"},
		{"GET", "/mcp/x/a/readonly", map[string]string{"Accept": chromium, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "cross-site"}, "the page"},
		{"GET", "/mcp/x/nothing", map[string]string{"Accept": chromium}, "nothing here"},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "Sec-Fetch-Mode": "cors"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "Sec-Fetch-Mode": "no-cors"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "Mcp-Session-Id": "x"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "MCP-Protocol-Version": "2025-11-25"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "Authorization": "Bearer x"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "X-Api-Key": "x"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "X-MCP-Toolsets": "a"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "Last-Event-ID": "1"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": chromium, "Origin": "https://claude.ai"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": "text/event-stream"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": "text/event-stream, text/html"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": "application/json, text/html"}, ""},
		{"GET", "/mcp", map[string]string{"Accept": "*/*"}, ""},
		{"GET", "/mcp", nil, ""},
		{"GET", "/mcp/x/nothing", nil, ""},
		{"HEAD", "/mcp", map[string]string{"Accept": chromium}, ""},
		{"POST", "/mcp", map[string]string{"Accept": chromium, "Sec-Fetch-Mode": "navigate"}, ""},
		{"DELETE", "/mcp", map[string]string{"Accept": chromium}, ""},
		{"OPTIONS", "/mcp", map[string]string{"Accept": chromium}, ""},
	} {
		send := func(s *stack) (int, string, http.Header) {
			res := edgetest.Send(t.Context(), t, c.method, s.URL+c.path, "", func(r *http.Request) {
				r.Header.Del("Accept")
				r.Header.Set("X-Request-Id", "same")
				for name, value := range c.headers {
					r.Header.Set(name, value)
				}
			})
			return res.StatusCode, edgetest.Text(t, res), res.Header
		}
		status, got, header := send(with)
		if c.want != "" {
			if got != c.want || status != http.StatusMethodNotAllowed {
				t.Errorf("%+v: got %d %s", c, status, got)
			}
			continue
		}
		wantStatus, want, wantHeader := send(without)
		if status != wantStatus || got != want {
			t.Errorf("%+v: got %d %s, want %d %s", c, status, got, wantStatus, want)
		}
		for name := range wantHeader {
			if name != "Date" && name != "Vary" && header.Get(name) != wantHeader.Get(name) {
				t.Errorf("%+v: %s is %q, want %q", c, name, header.Get(name), wantHeader.Get(name))
			}
		}
	}
	// Under a name that is not ours nothing is shown, as at the door.
	res := edgetest.Send(t.Context(), t, "GET", with.URL+"/mcp", "", func(r *http.Request) {
		r.Host = "rebound.example"
		r.Header.Set("Accept", chromium)
	})
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("another Host: got %d", res.StatusCode)
	}
	_ = edgetest.Text(t, res)
}
