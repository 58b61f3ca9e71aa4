package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/listen"
)

// hasIPv6 says whether this machine has the address ::1.
func hasIPv6(t *testing.T) bool {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "[::1]:0")
	if err != nil {
		return false
	}
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	return true
}

// TestLocalhost holds that a server which listens on this machine is found by each of its names, as
// a system may resolve localhost to ::1 alone or to it first (RFC 6724 6), and speaks of itself by
// the name that was typed: its documents, its challenge, its sign-in.
func TestLocalhost(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"127.0.0.1:0", "localhost:0", "[::1]:0"} {
		if listen == "[::1]:0" && !hasIPv6(t) {
			continue
		}
		s := newStackWith(t, io.Discard, noPause, "--sandbox", "--auth", "broker", "--listen", listen)
		at, err := url.Parse(s.mcpURL)
		if err != nil {
			t.Fatal(err)
		}
		addresses := []string{"127.0.0.1"}
		if hasIPv6(t) {
			addresses = append(addresses, "::1")
		}
		for _, address := range addresses {
			for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
				origin := "http://" + name + ":" + at.Port()
				get := func(path string) answer {
					return askAt(t, net.JoinHostPort(address, at.Port()), http.MethodGet, origin+path)
				}
				for _, path := range []string{"/.well-known/oauth-protected-resource/mcp", "/mcp/.well-known/oauth-protected-resource"} {
					if res := get(path); !strings.Contains(res.body, `"resource":"`+origin+`/mcp"`) || !strings.Contains(res.body, `"authorization_servers":["`+origin+`"]`) {
						t.Errorf("--listen %s, %s: %d %s", listen, origin+path, res.status, res.body)
					}
				}
				if res := get("/.well-known/oauth-protected-resource/mcp/"); !strings.Contains(res.body, `"resource":"`+origin+`/mcp/"`) {
					t.Errorf("--listen %s, %s/mcp/: %d %s", listen, origin, res.status, res.body)
				}
				if res := get("/.well-known/oauth-authorization-server"); !strings.Contains(res.body, `"issuer":"`+origin+`"`) || !strings.Contains(res.body, `"`+origin+`/oauth/token"`) {
					t.Errorf("--listen %s, %s: %d %s", listen, origin, res.status, res.body)
				}
				res := askAt(t, net.JoinHostPort(address, at.Port()), http.MethodPost, origin+"/mcp")
				if got := res.header.Get("WWW-Authenticate"); res.status != http.StatusUnauthorized || !strings.Contains(got, `resource_metadata="`+origin+`/`) {
					t.Errorf("--listen %s, %s: %d %s", listen, origin, res.status, got)
				}
			}
		}
	}
}

// askAt sends a request for a URL to an address.
func askAt(t *testing.T, address, method, target string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	there := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	res, err := there.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(raw)}
}

// TestLocalPortIsTaken holds that a server starts all the same where another program has the port
// in the other loopback network, and warns of it.
func TestLocalPortIsTaken(t *testing.T) {
	t.Parallel()
	if !hasIPv6(t) {
		ln, _, missing, err := listen.Local(t.Context(), "listen", "127.0.0.1:0")
		if err != nil || missing != nil {
			t.Errorf("without IPv6: got %v, %v", missing, err)
		} else if err := ln.Close(); err != nil {
			t.Error(err)
		}
		return
	}
	taken, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "[::1]:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	_, port, err := net.SplitHostPort(taken.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cfg, err := settings.Load("serve", []string{"--sandbox", "--listen", "127.0.0.1:" + port}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Build(t.Context(), cfg, observe.NewLog(&log, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	if !strings.Contains(log.String(), "localhost may lead to another program") {
		t.Errorf("the log says %s", log.String())
	}
}
