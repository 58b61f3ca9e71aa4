package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/settings"
)

// TestTrustedProxies holds that limits count by what a proxy says that the operator trusts, and
// that nobody else can say who they are.
func TestTrustedProxies(t *testing.T) {
	t.Parallel()
	cfg, err := settings.Load("serve", []string{"--auth", "broker", "--sandbox", "--listen", "127.0.0.1:0", "--trusted-proxies", "127.0.0.9, 10.0.0.0/8"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	begun := slotBegins()()
	cfg.Clock = func() time.Time { return begun }
	var log logLines
	a := serving(t, cfg, &log)
	proxy, stranger := browserAt(t, "127.0.0.9"), browserAt(t, "127.0.0.8")
	register := func(b demo.Browser, forwardedFor string) int {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, strings.TrimSuffix(a.MCPURL, "/mcp")+"/oauth/register",
			strings.NewReader(`{"redirect_uris":["`+demo.RedirectURI+`"]}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Forwarded-For", forwardedFor)
		res, err := b.HTTP.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			t.Fatal(err)
		}
		return res.StatusCode
	}
	for i := range 60 {
		if status := register(proxy, "198.51.100.1"); status != http.StatusCreated {
			t.Fatalf("registration %d: %d", i, status)
		}
	}
	for forwardedFor, want := range map[string]int{
		"198.51.100.1":              http.StatusTooManyRequests,
		"1.2.3.4, 198.51.100.1":     http.StatusTooManyRequests, // the left is the client's own word
		"198.51.100.1, 10.1.2.3":    http.StatusTooManyRequests,
		"198.51.100.2":              http.StatusCreated,
		"2001:db8:1:2200::1":        http.StatusCreated,
		"198.51.100.1, unreadable!": http.StatusCreated, // the proxy itself
	} {
		if status := register(proxy, forwardedFor); status != want {
			t.Errorf("%s: %d, want %d", forwardedFor, status, want)
		}
	}
	if strings.Contains(log.String(), "--trusted-proxies") {
		t.Errorf("the log has %s", log.String())
	}
	last := 0
	for i := range 61 {
		last = register(stranger, "198.51.100."+strings.Repeat("1", 1+i%3))
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("a stranger chooses their own source: %d", last)
	}
	if n := strings.Count(log.String(), "--trusted-proxies"); n != 1 {
		t.Errorf("the log speaks of --trusted-proxies %d times", n)
	}
}
