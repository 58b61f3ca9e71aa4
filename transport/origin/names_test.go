package origin_test

import (
	"net/url"
	"testing"

	"heygen-mcp/transport/origin"
)

// TestPublicURLs holds that a path that the router or a proxy reads in its own way is none of a public URL.
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
			t.Errorf("%s: got %v, want success %v", given, err, good)
		}
	}
}

// TestOrigins holds what an origin of web pages is.
func TestOrigins(t *testing.T) {
	t.Parallel()
	for given, good := range map[string]bool{
		"https://app.example": true, "https://app.example/": true, "http://localhost:6274": true, "vscode-webview://abc": true,
		"app.example": false, "https://*.example": false, "https://app.example/path": false, "https://u:hush@app.example": false,
		"https://": false, "https://app.example?a": false, "https://app.example?": false, "https://app.example#a": false, "://": false, "": false,
	} {
		if err := origin.CheckOrigin(given); (err == nil) != good {
			t.Errorf("%q: got %v, want success %v", given, err, good)
		}
	}
}

// TestHosts holds what the name of a host is.
func TestHosts(t *testing.T) {
	t.Parallel()
	for given, good := range map[string]bool{
		"inner.example:9000": true, "10.0.0.1": true, "[::1]:80": true, "::1": true, "inner_host.": true, "azAZ09-._~": true, "a{b": false, "a`b": false, "a[b": false, "a@b": false, "a/b:80": false, "Inner.Example": true,
		"*": false, "a/b": false, "a b": false, "u@host": false, ":80": false, "": false, "https://mcp.example": false, "a.example:80/b": false,
	} {
		if err := origin.CheckHost(given); (err == nil) != good {
			t.Errorf("%q: got %v, want success %v", given, err, good)
		}
	}
}
