package hosts_test

import (
	"errors"
	"net/url"
	"slices"
	"testing"

	"heygen-mcp/internal/hosts"
)

// TestNames holds which origins are one server's. Only loopback has more than one name: localhost,
// and the two addresses that RFC 6761 6.3 has it resolve to.
func TestNames(t *testing.T) {
	t.Parallel()
	for public, want := range map[string][]string{
		"http://127.0.0.1:8080/mcp":   {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"},
		"http://[::1]:8080":           {"http://[::1]:8080", "http://localhost:8080", "http://127.0.0.1:8080"},
		"https://LocalHost/team":      {"https://LocalHost", "https://127.0.0.1", "https://[::1]"},
		"http://127.0.0.2:1":          {"http://127.0.0.2:1", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"},
		"https://mcp.example:8443":    {"https://mcp.example:8443"},
		"http://10.0.0.1:8080":        {"http://10.0.0.1:8080"},
		"http://localhost.example:80": {"http://localhost.example:80"},
	} {
		var got []string
		for _, name := range hosts.Names(parse(t, public)) {
			got = append(got, name.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", public, got, want)
		}
	}
}

// TestNamed holds that a Host header chooses among the server's own names and ports, and that what it
// says otherwise chooses nothing.
func TestNamed(t *testing.T) {
	t.Parallel()
	for public, wants := range map[string]map[string]string{
		"http://127.0.0.1:8080": {
			"127.0.0.1:8080": "http://127.0.0.1:8080", "localhost:8080": "http://localhost:8080",
			"LOCALHOST:8080": "http://localhost:8080", "[::1]:8080": "http://[::1]:8080",
			"localhost:8081": "http://127.0.0.1:8080", "localhost": "http://127.0.0.1:8080",
			"evil.example:8080": "http://127.0.0.1:8080", "localhost.evil.example:8080": "http://127.0.0.1:8080",
			"": "http://127.0.0.1:8080", "::1:8080": "http://127.0.0.1:8080",
		},
		"http://localhost": {
			"localhost": "http://localhost", "localhost:80": "http://localhost", "127.0.0.1": "http://127.0.0.1",
			"127.0.0.1:80": "http://127.0.0.1", "[::1]": "http://[::1]", "[::1]:80": "http://[::1]", "127.0.0.1:443": "http://localhost",
		},
		"https://localhost:443": {"127.0.0.1": "https://127.0.0.1:443", "[::1]:443": "https://[::1]:443"},
		"https://mcp.example":   {"localhost": "https://mcp.example", "127.0.0.1:443": "https://mcp.example"},
	} {
		named, err := hosts.NewNamed(parse(t, public), func(origin *url.URL) (string, error) { return origin.String(), nil })
		if err != nil {
			t.Fatal(err)
		}
		for host, want := range wants {
			if got := named.Of(host); got != want {
				t.Errorf("%s, Host %q: got %s, want %s", public, host, got, want)
			}
		}
	}
	bad := errors.New("bad")
	if _, err := hosts.NewNamed(parse(t, "http://localhost"), func(*url.URL) (int, error) { return 0, bad }); !errors.Is(err, bad) {
		t.Errorf("got %v, want the error of the value", err)
	}
}

func parse(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
