package origin_test

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/transport/origin"
)

// asked gives the status of a request through a policy's middleware, and what it was refused for.
func asked(t *testing.T, c origin.Config, host string, header http.Header) (status int, refused string, answer http.Header) {
	t.Helper()
	c.Refused = func(_ context.Context, header, value string) { refused = header + " " + value }
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+host+"/mcp", nil)
	maps.Copy(r.Header, header)
	w := httptest.NewRecorder()
	origin.New(c).Middleware(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })).ServeHTTP(w, r)
	return w.Code, refused, w.Header()
}

func at(t *testing.T, public string) *url.URL {
	t.Helper()
	u, err := url.Parse(public)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestWhoMayCall holds who is let through, by Host and Origin, and what the log is told of the others.
func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	web := origin.Config{PublicURL: at(t, "https://mcp.example"), AllowedOrigins: []string{"https://page.example"}, AllowedHosts: []string{"other.example"}}
	local := origin.Config{PublicURL: at(t, "http://127.0.0.1:8080")}
	closed := origin.Config{PublicURL: at(t, "http://127.0.0.1:8080"), OwnOnly: true}
	for _, c := range []struct {
		config       origin.Config
		host, origin string
		status       int
		refused      string
	}{
		{web, "mcp.example", "", 204, ""},
		{web, "MCP.Example.:443", "", 204, ""},
		{web, "other.example", "", 204, ""},
		{web, "localhost:99", "", 204, ""}, // as a proxy on this machine writes it
		{web, "evil.example", "", 403, "host evil.example"},
		{web, "mcp.example", "https://mcp.example", 204, ""},
		{web, "mcp.example", "https://page.example", 204, ""},
		{web, "mcp.example", "http://page.example", 403, "origin http://page.example"},
		{web, "mcp.example", "null", 403, "origin null"},
		{web, "mcp.example", "http://localhost:3000", 403, "origin http://localhost:3000"},
		{local, "127.0.0.1:8080", "http://localhost:3000", 204, ""},
		{closed, "127.0.0.1:8080", "http://localhost:3000", 403, "origin http://localhost:3000"},
		{closed, "127.0.0.1:8080", "http://127.0.0.1:8080", 204, ""},
		{closed, "127.0.0.1:8080", "ftp://127.0.0.1:8080", 403, "origin ftp://127.0.0.1:8080"},
		{local, "127.0.0.1:8080", "ftp://localhost", 403, "origin ftp://localhost"},
		{local, "127.0.0.1:8080", "https://localhost", 204, ""},
		{local, "127.0.0.1:8080", "http://evil.example", 403, "origin http://evil.example"},
	} {
		header := http.Header{}
		if c.origin != "" {
			header.Set("Origin", c.origin)
		}
		status, refused, answer := asked(t, c.config, c.host, header)
		if status != c.status || refused != c.refused {
			t.Errorf("%s from %q: status %d, refused for %q; want %d, %q", c.host, c.origin, status, refused, c.status, c.refused)
		}
		if allowed := answer.Get("Access-Control-Allow-Origin"); status == 204 && allowed != c.origin {
			t.Errorf("%s from %q: pages of %q may read the answer", c.host, c.origin, allowed)
		}
	}
}

// TestPagesWithoutAnOrigin holds that a server that asks for no credential hears no page of another site, also where
// the browser names no origin, as for an image.
func TestPagesWithoutAnOrigin(t *testing.T) {
	t.Parallel()
	for site, status := range map[string]int{"": 204, "same-origin": 204, "none": 204, "cross-site": 403, "same-site": 403} {
		for _, own := range []bool{true, false} {
			header := http.Header{}
			if site != "" {
				header.Set("Sec-Fetch-Site", site)
			}
			got, _, _ := asked(t, origin.Config{PublicURL: at(t, "http://127.0.0.1:8080"), OwnOnly: own}, "127.0.0.1:8080", header)
			want := status
			if !own {
				want = 204 // its credential decides
			}
			if got != want {
				t.Errorf("Sec-Fetch-Site %q, own origin only %t: status %d, want %d", site, own, got, want)
			}
		}
	}
}

// TestUnknownHosts holds what a refused Host is told: the name, where it is written as names are, and how it can be
// added.
func TestUnknownHosts(t *testing.T) {
	t.Parallel()
	p := origin.New(origin.Config{PublicURL: at(t, "https://mcp.example"), Refused: func(context.Context, string, string) {}})
	longest := strings.Repeat("a", 253)
	for host, named := range map[string]string{"other.example:80": "--allowed-hosts=other.example", longest: "--allowed-hosts=" + longest, longest + "a": "", "<b>": ""} {
		for accept, kind := range map[string]string{"text/html": "text/plain", "application/json": "application/json"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://mcp.example/", nil)
			r.Host = host
			r.Header.Set("Accept", accept)
			w := httptest.NewRecorder()
			p.Ours(http.NotFoundHandler()).ServeHTTP(w, r)
			body := w.Body.String()
			if w.Code != http.StatusForbidden || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) || named != "" != strings.Contains(body, "--allowed-hosts=") ||
				!strings.Contains(body, named) || strings.Contains(body, "<b>") {
				t.Errorf("%.20s as %s: status %d, %s", host, accept, w.Code, body)
			}
		}
	}
}

// TestPreflightNamesHeaders holds that a page learns which headers it may send, those of this server's own among them.
func TestPreflightNamesHeaders(t *testing.T) {
	t.Parallel()
	p := origin.New(origin.Config{PublicURL: at(t, "https://mcp.example"), Headers: []string{"X-One", "X-Two"}})
	none := http.NotFoundHandler()
	for name, h := range map[string]http.Handler{"the endpoint": p.Middleware(none), "what everybody may read": p.Public(none)} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodOptions, "https://mcp.example/mcp", nil)
		r.Header.Set("Origin", "https://mcp.example")
		r.Header.Set("Access-Control-Request-Method", "POST")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Access-Control-Allow-Headers"); !strings.HasSuffix(got, "X-One, X-Two") || !strings.Contains(got, "Authorization") {
			t.Errorf("%s: status %d, headers %q", name, w.Code, got)
		}
	}
}
