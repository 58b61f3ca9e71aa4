package transport_test

import (
	"io"
	"net/http"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// TestSlash holds that every route is served with a slash at its end, at once: a redirect of a POST
// (301, 302) becomes a GET in most clients. What was typed is the resource that a client compares
// (RFC 9728 3.3), so the challenge and the document where RFC 9728 3.1 puts it have the slash too.
func TestSlash(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *transport.Config, p *transport.Parts) {
		c.PublicURL = parseURL(t, "http://127.0.0.1/pre")
		choosing(c, p)
		says := func(what string) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, what+r.URL.Path) //nolint:gosec // G705: the test reads it, and no browser
			})
		}
		p.SignIn, p.ServerMetadata = says("sign-in "), says("server ")
	})
	const prm = "/.well-known/oauth-protected-resource"
	for _, path := range []string{"/mcp", "/mcp/key", "/mcp/x/a", "/mcp/x/a%2Cb/readonly", "/mcp/key/readonly", "/pre/mcp", "/pre/mcp/key/x/a"} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+path+"/", edgetest.RPC(1, "tools/list", `{}`), func(r *http.Request) { r.Header.Set("Authorization", "x") })
		if got := edgetest.Text(t, res); res.StatusCode != http.StatusOK {
			t.Errorf("POST %s/: got %d %s, want 200", path, res.StatusCode, got)
		}
	}
	for _, c := range []struct {
		method, path string
		status       int
		body         string // "" is any
	}{
		{"GET", "/oauth/token/", 200, "sign-in /oauth/token"},
		{"GET", "/pre/oauth/authorize/?a=b", 200, "sign-in /pre/oauth/authorize"},
		{"POST", "/oauth/register/", 200, "sign-in /oauth/register"},
		{"POST", "/oauth/revoke/", 200, "sign-in /oauth/revoke"},
		{"GET", "/connections/", 200, "sign-in /connections"},
		{"GET", "/pre/connections/", 200, "sign-in /pre/connections"},
		{"GET", "/.well-known/oauth-authorization-server/", 200, "server /.well-known/oauth-authorization-server"},
		{"GET", "/.well-known/openid-configuration/pre/mcp/", 200, "server /.well-known/openid-configuration/pre/mcp"},
		{"GET", "/mcp/.well-known/openid-configuration/", 200, "server /mcp/.well-known/openid-configuration"},
		{"GET", "/healthz/", 200, ""}, {"HEAD", "/pre/readyz/", 200, ""},

		{"GET", prm + "/mcp/", 200, "about /"}, {"GET", prm + "/mcp", 200, "about "},
		{"GET", prm + "/pre/mcp/", 200, "about /"}, {"GET", "/pre" + prm + "/mcp/x/a/", 200, "about /x/a/"},
		{"GET", prm + "/mcp/x/a%2Cb/", 200, "about /x/a%2Cb/"}, {"GET", prm + "/pre/mcp/readonly/?q", 200, "about /readonly/"},
		// Here the slash is not the resource's: these stand below it, or are asked by who knows the origin alone.
		{"GET", "/mcp" + prm + "/", 200, "about "}, {"GET", "/pre/mcp/x/a" + prm + "/", 200, "about /x/a"},
		{"GET", prm + "/", 200, "about "}, {"GET", prm + "/pre/", 200, "about "},

		{"GET", "/", 404, ""}, {"POST", "/mcp//", 404, ""}, {"POST", "//mcp", 404, ""}, {"GET", "/elsewhere/", 404, ""}, {"POST", "/mcp/x/a%2F", 404, ""}, {"POST", "/mcp/x/", 404, ""},
	} {
		res := edgetest.Send(t.Context(), t, c.method, s.URL+c.path, "{}", nil)
		if got := edgetest.Text(t, res); res.StatusCode != c.status || c.body != "" && got != c.body {
			t.Errorf("%s %s: got %d %q, want %d %q", c.method, c.path, res.StatusCode, got, c.status, c.body)
		}
	}
	for path, below := range map[string]string{"/mcp/": "/", "/pre/mcp/x/a/": "/x/a/", "/mcp/x/a": "/x/a"} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+path, "{}", nil)
		if got := res.Header.Get("WWW-Authenticate"); got != "below="+below {
			t.Errorf("the challenge at %s: got %q, want below=%s", path, got, below)
		}
	}
	edgetest.Wants(t, s.log.String(), `"path":"/mcp/"`) // the log has what was typed
}
