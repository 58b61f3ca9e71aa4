package site_test

import (
	"net/url"
	"testing"

	"heygen-mcp/auth/broker/site"
)

// TestCheckResources holds which resources are this deployment's: those that somebody who resolves
// dots or escapes would read as another's are none.
func TestCheckResources(t *testing.T) {
	t.Parallel()
	s, err := site.New(issuer, resource, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, ours := range []string{
		"", resource, resource + "/", issuer, issuer + "/", resource + "/readonly", resource + "/a/b",
		"HTTPS://MCP.EXAMPLE/team/mcp", resource + "/a%20b",
	} {
		if why := s.CheckResources(url.Values{"resource": {ours}}); why != "" {
			t.Errorf("%q is refused: %s", ours, why)
		}
	}
	for _, other := range []string{
		"https://other.example/team/mcp", "https://mcp.example/", "https://mcp.example/team/mcpx", resource + "?x=1",
		resource + "#x", resource + "/..", resource + "/../../other", resource + "/.", resource + "/..;x/y", resource + "/%2e%2e/x",
		resource + "%2fx", resource + `/\x`, resource + "/%5cx", resource + "/%252e", resource + "/%00", resource + "/%7f", resource + "/%zz", "x",
	} {
		if why := s.CheckResources(url.Values{"resource": {resource, other}}); why == "" {
			t.Errorf("%q is taken", other)
		}
	}
	local, err := site.New("http://127.0.0.1:8080", "http://127.0.0.1:8080/mcp", false)
	if err != nil {
		t.Fatal(err)
	}
	// On this machine the resource of each loopback name is the same one, whichever is asked.
	for _, at := range []*site.Site{local, local.At(&url.URL{Scheme: "http", Host: "localhost:8080"})} {
		for resource, ours := range map[string]bool{
			"http://127.0.0.1:8080/mcp": true, "http://localhost:8080/mcp/": true, "http://[::1]:8080/mcp/x/a": true, "HTTP://LOCALHOST:8080": true,
			"http://localhost:8081/mcp": false, "https://localhost:8080/mcp": false, "http://localhost/mcp": false, "http://localhost:8080.evil.example/mcp": false,
		} {
			if why := at.CheckResources(url.Values{"resource": {resource}}); (why == "") != ours {
				t.Errorf("%s at %s: %q", resource, at.Issuer, why)
			}
		}
	}
	if why := s.CheckResources(url.Values{}); why != "" {
		t.Errorf("no resource at all: %s", why)
	}
}
