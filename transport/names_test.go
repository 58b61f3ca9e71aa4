package transport_test

import (
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
	"heygen-mcp/transport/origin"
)

// A path that the router or a proxy reads in its own way is refused by the constructor, and does
// not panic in it.
func TestPublicURLs(t *testing.T) {
	t.Parallel()
	for given, good := range map[string]bool{
		"https://mcp.example":               true,
		"https://mcp.example/":              true,
		"https://mcp.example:8443/a/b-c_d~": true,
		"http://[::1]:8080/v1.2":            true,
		"https://mcp.example/{a}":           false,
		"https://mcp.example/a*":            false,
		"https://mcp.example/a//b":          false,
		"https://mcp.example/a/../b":        false,
		"https://mcp.example/./b":           false,
		"https://mcp.example/..":            false,
		"https://mcp.example/a%2fb":         false,
		"https://mcp.example/%61":           false,
		"https://mcp.example/a b":           false,
		"https://mcp.example/ä":             false,
		"https://mcp.example/a;b":           false,
		"https://:8080":                     false,
		"https://u:p@mcp.example":           false,
		"https://mcp.example?":              false,
		"ftp://mcp.example":                 false,
	} {
		u, err := url.Parse(given)
		if err != nil {
			t.Fatal(err)
		}
		if err := origin.CheckPublicURL(u); (err == nil) != good {
			t.Errorf("%s: %v", given, err)
		}
		_, err = transport.New(transport.Config{PublicURL: u, Name: "n", Version: "v"}, transport.Parts{Register: edgetest.Register, Call: edgetest.Tools(nil)})
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
	for _, good := range []string{"inner.example:9000", "10.0.0.1", "[::1]:80", "::1", "inner_host."} {
		if err := origin.CheckHost(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
}
