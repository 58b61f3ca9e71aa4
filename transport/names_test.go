package transport_test

import (
	"strings"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// TestNewChecksThePublicURL holds that a path that the router or a proxy reads in its own way is refused by the
// constructor, and does not panic in it.
func TestNewChecksThePublicURL(t *testing.T) {
	t.Parallel()
	for given, good := range map[string]bool{"https://mcp.example/a": true, "https://mcp.example/{a}": false, "https://mcp.example/a*": false} {
		_, err := transport.New(transport.Config{PublicURL: parseURL(t, given), Name: "n", Version: "v"},
			transport.Parts{Register: edgetest.Register, ParamHeaders: true, Call: edgetest.Tools(nil)})
		if (err == nil) != good {
			t.Errorf("New with %s: %v", given, err)
		}
	}
}

// All that is wrong with the settings is said at once.
func TestFaultsOfThePolicy(t *testing.T) {
	t.Parallel()
	origins := []string{"app.example", "https://*.example", "https://app.example/path", "https://u:hush@app.example"}
	hosts := []string{"*", "a/b", "a b", "u@host", ":80", "", "https://mcp.example"}
	_, err := transport.New(transport.Config{
		PublicURL: parseURL(t, "https://mcp.example/{a}"), AllowedOrigins: origins, AllowedHosts: hosts,
	}, transport.Parts{})
	if err == nil {
		t.Fatal("no error")
	}
	if got := strings.Count(err.Error(), "AllowedOrigins["); got != len(origins) {
		t.Errorf("%d of %d origins are refused: %v", got, len(origins), err)
	}
	if got := strings.Count(err.Error(), "AllowedHosts["); got != len(hosts) {
		t.Errorf("%d of %d hosts are refused: %v", got, len(hosts), err)
	}
	edgetest.Wants(t, err.Error(), "its path", "Name and Version", "Register")
	if strings.Contains(err.Error(), "hush") {
		t.Error(err)
	}
}
