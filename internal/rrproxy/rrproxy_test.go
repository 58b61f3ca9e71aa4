package rrproxy_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"heygen-mcp/internal/rrproxy"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestServersTakeTurns checks that requests arrive unchanged, at one server after the other.
func TestServersTakeTurns(t *testing.T) {
	t.Parallel()
	var servers []*url.URL
	for _, name := range []string{"a", "b"} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			_, _ = io.WriteString(w, strings.Join([]string{name, r.Method, r.Host, r.RequestURI, string(body)}, " ")) //nolint:gosec // G705: no browser reads it
		}))
		t.Cleanup(srv.Close)
		u, err := url.Parse(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		servers = append(servers, u)
	}
	over := &http.Transport{}
	t.Cleanup(over.CloseIdleConnections)
	proxy := httptest.NewServer(rrproxy.New(over, nil, servers...))
	t.Cleanup(proxy.Close)
	for _, want := range []string{"a", "b", "a"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, proxy.URL+"/x%2Fy?q=%zz;", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "mcp.example"
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(res.Body)
		if err != nil || res.Body.Close() != nil || string(got) != want+" POST mcp.example /x%2Fy?q=%zz; body" {
			t.Errorf("got response %q, error %v; want the request unchanged, from server %s", got, err, want)
		}
	}
}
