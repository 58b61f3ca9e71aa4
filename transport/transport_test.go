package transport_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

func TestOlderEra(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, "initialize",
		`{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}`),
		func(r *http.Request) { r.Header.Set("Mcp-Session-Id", "mine") })
	edgetest.Wants(t, edgetest.Text(t, res), `"protocolVersion":"2025-06-18"`, `"instructions":"Call echo."`)
	if id := res.Header.Get("Mcp-Session-Id"); id != "" {
		t.Errorf("a session id came back: %q", id)
	}
	res = edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", `{"jsonrpc":"2.0","method":"notifications/initialized"}`, nil)
	if res.StatusCode != http.StatusAccepted {
		t.Errorf("initialized: %d", res.StatusCode)
	}
	res = edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp/key", edgetest.Call(2, "echo", `{"text":"a"}`, ""),
		func(r *http.Request) { r.Header.Set("Mcp-Protocol-Version", "2025-06-18") })
	edgetest.Wants(t, edgetest.Text(t, res), `"id":2`, `echo:{\"text\":\"a\"}`)
}

func TestModernEra(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, "server/discover", `{"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("server/discover", ""))
	edgetest.Wants(t, edgetest.Text(t, res), `2026-07-28`, `"resultType"`)
	res = edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(2, "echo", `{"text":"b"}`, edgetest.ModernMeta), edgetest.Modern("tools/call", "echo"))
	edgetest.Wants(t, edgetest.Text(t, res), `"id":2`, `echo:{\"text\":\"b\"}`)
	res = edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(3, "no/such", `{"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("no/such", ""))
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("unknown method: %d", res.StatusCode)
	}
	edgetest.Wants(t, edgetest.Text(t, res), `-32601`)
}

func TestFailuresStayInside(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, tool := range []string{"panics", "fails"} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, tool, `{}`, ""), nil)
		got := edgetest.Text(t, res)
		edgetest.Wants(t, got, "internal error", res.Header.Get("X-Request-Id"))
		if strings.Contains(got, "secret") {
			t.Errorf("%s told the client: %s", tool, got)
		}
	}
	// A panic's words may quote a request; where it happened and what it was is enough to mend it.
	edgetest.Wants(t, s.log.String(), `"panic":"string"`, "edgetest.go", "a tool gave no result")
	if strings.Contains(s.log.String(), "secret in the panic") {
		t.Error(s.log.String())
	}
}

func TestPanicOutsideTools(t *testing.T) {
	t.Parallel()
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		p.Authenticate = func(bool, func(*http.Request) string) func(http.Handler) http.Handler {
			return func(http.Handler) http.Handler {
				return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					if r.Header.Get("X-Bounds") != "" {
						_ = []int{}[len(r.Header)]
					}
					panic("a secret")
				})
			}
		}
	})
	for _, bounds := range []string{"", "yes"} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "echo", `{}`, ""), func(r *http.Request) { r.Header.Set("X-Bounds", bounds) })
		got := edgetest.Text(t, res)
		if res.StatusCode != http.StatusInternalServerError || strings.Contains(got, "secret") {
			t.Errorf("got %d %s, want %v and no %q in it", res.StatusCode, got, http.StatusInternalServerError, "secret")
		}
		edgetest.Wants(t, got, `-32603`)
	}
	// The runtime's own words are safe, and say what a type cannot.
	edgetest.Wants(t, s.log.String(), `"panic":"string"`, `index out of range [`)
	if strings.Contains(s.log.String(), "secret") {
		t.Error(s.log.String())
	}
}

func TestConfigRefused(t *testing.T) {
	t.Parallel()
	good := func() (transport.Config, transport.Parts) {
		return transport.Config{PublicURL: parseURL(t, "https://mcp.example"), Name: "n", Version: "1"},
			transport.Parts{Register: edgetest.Register, ParamHeaders: true, Call: edgetest.Tools(nil)}
	}
	for name, change := range map[string]func(*transport.Config, *transport.Parts){
		"no url":        func(c *transport.Config, _ *transport.Parts) { c.PublicURL = nil },
		"url query":     func(c *transport.Config, _ *transport.Parts) { c.PublicURL.RawQuery = "a=b" },
		"url pattern":   func(c *transport.Config, _ *transport.Parts) { c.PublicURL.Path = "/{x}" },
		"no name":       func(c *transport.Config, _ *transport.Parts) { c.Name = "" },
		"no tools":      func(_ *transport.Config, p *transport.Parts) { p.Register = nil },
		"no calls":      func(_ *transport.Config, p *transport.Parts) { p.Call = nil },
		"body":          func(c *transport.Config, _ *transport.Parts) { c.MaxBody = -1 },
		"keep-alive":    func(c *transport.Config, _ *transport.Parts) { c.KeepAlive = -1 },
		"every origin":  func(c *transport.Config, _ *transport.Parts) { c.AllowedOrigins = []string{"*"} },
		"origin path":   func(c *transport.Config, _ *transport.Parts) { c.AllowedOrigins = []string{"https://a.example/x"} },
		"host wildcard": func(c *transport.Config, _ *transport.Parts) { c.AllowedHosts = []string{"*.example"} },
	} {
		cfg, parts := good()
		if _, err := transport.New(cfg, parts); err != nil {
			t.Fatal(err)
		}
		change(&cfg, &parts)
		if _, err := transport.New(cfg, parts); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
