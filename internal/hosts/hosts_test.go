package hosts_test

import (
	"net/url"
	"testing"

	"heygen-mcp/internal/hosts"
)

func TestIsLoopback(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"localhost": true, "LocalHost": true, "localhost.": true, "127.0.0.1": true, "127.255.255.254": true,
		"::1": true, "[::1]": true, "::ffff:127.0.0.1": true,
		"": false, ".": false, "[": false, "0.0.0.0": false, "::": false, "10.0.0.1": false, "128.0.0.1": false, "127.1": false,
		"localhost.example": false, "a.localhost": false, "xlocalhost": false, "localhost:80": false, "[::1]:80": false, "2130706433": false,
	} {
		if got := hosts.IsLoopback(host); got != want {
			t.Errorf("IsLoopback(%q) is %t, want %t", host, got, want)
		}
	}
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"https://A.Example/path?q":  "https://a.example",
		"https://a.example:443":     "https://a.example",
		"https://a.example:":        "https://a.example",
		"http://a.example:80/":      "http://a.example",
		"https://a.example:80":      "https://a.example:80",
		"http://a.example:443":      "http://a.example:443",
		"http://a.example:8080":     "http://a.example:8080",
		"HTTP://[::1]:8080":         "http://[::1]:8080",
		"http://[2001:DB8::1]":      "http://[2001:db8::1]",
		"https://[2001:db8::1]:443": "https://[2001:db8::1]",
		"cursor://anysphere":        "cursor://anysphere",
	} {
		u, err := url.Parse(given)
		if err != nil {
			t.Fatal(err)
		}
		if got := hosts.Origin(u); got != want {
			t.Errorf("Origin(%q) is %q, want %q", given, got, want)
		}
	}
}
