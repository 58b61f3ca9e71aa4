package transport_test

import (
	"net/http"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// What is served to nobody needs no credential; HEAD is how one client probes for the challenge.
func TestOtherMethods(t *testing.T) {
	t.Parallel()
	s := start(t, func(_ *transport.Config, p *transport.Parts) { p.Authenticate = withHeader("X-In") })
	for _, path := range []string{"/mcp", "/mcp/key"} {
		for _, signedIn := range []bool{false, true} {
			for method, status := range map[string]int{"GET": 405, "DELETE": 405, "PUT": 405, "PATCH": 405, "HEAD": 405, "OPTIONS": 204, "POST": 400} {
				if !signedIn && (method == "HEAD" || method == "POST") {
					status = http.StatusUnauthorized
				}
				res := edgetest.Send(t.Context(), t, method, s.URL+path, "", func(r *http.Request) {
					r.Header.Set("Mcp-Session-Id", "x")
					if signedIn {
						r.Header.Set("X-In", "yes")
					}
				})
				body := edgetest.Text(t, res)
				if res.StatusCode != status {
					t.Errorf("%s %s, signed in: %t: %d", method, path, signedIn, res.StatusCode)
				}
				if (status == 405 || status == 204) != (res.Header.Get("Allow") == "POST, OPTIONS") {
					t.Errorf("%s: Allow %q", method, res.Header.Get("Allow"))
				}
				if method == "HEAD" && body != "" {
					t.Error("HEAD has a body")
				}
				if status == 405 && method != "HEAD" {
					edgetest.Wants(t, body, `"jsonrpc":"2.0"`, `"error"`)
				}
			}
		}
	}
	// The Host and Origin rules come first all the same.
	res := edgetest.Send(t.Context(), t, "OPTIONS", s.URL+"/mcp", "", func(r *http.Request) { r.Host = "evil.example" })
	if res.StatusCode != http.StatusForbidden {
		t.Error(res.StatusCode)
	}
}
