package transport_test

import (
	"context"
	"encoding/json"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

// headersFuzzed are the headers that decide; the last is the Host.
func headersFuzzed() []string {
	return []string{"Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name", "Accept", "Content-Type", "Origin", "Authorization", "Mcp-Session-Id", "Last-Event-Id", "X-Request-Id", "Host"}
}

// FuzzHeaders sends calls that would run under any headers: whatever they say, the answer is one that a
// client can read, and the tool runs only where each of them allows it.
func FuzzHeaders(f *testing.F) {
	const good, older, now, js, sse, host = "Bearer good", "2025-06-18", "2026-07-28", "application/json", "text/event-stream", "127.0.0.1:8080"
	for _, seed := range [][]string{
		{older, "", "", sse, js, "", good, "", "", "", host, "", ""},
		{now, "tools/call", "echo", "*/*", js + "; charset=utf-8", "http://localhost:1", good, "mine", "", "7f", "localhost", "", ""},
		{now, "tools/call", "=?base64?ZWNobw==?=", js, "Application/JSON", "null", good, "", "7", "", "[::1]:1", "", ""},
		{"2031-01-01", "tools/list", "wait", "", "text/plain", "https://evil.example", "Bearer bad", "", "", strings.Repeat("a", 65), "evil.example", "Mcp-Method", "tools/call"},
		{"1999-01-01", "prompts/get", "", "text/html;q=0", "", "http://127.0.0.1@evil.example", good, "", "", "", "localhost.", "Origin", "http://localhost"},
		{"", "", "", "", js, "HTTP://LOCALHOST", good, "", "", "", "127.0.0.1.evil.example", "Mcp-Protocol-Version", older},
	} {
		for _, modernBody := range []bool{false, true} {
			f.Add(modernBody, seed[0], seed[1], seed[2], seed[3], seed[4], seed[5], seed[6], seed[7], seed[8], seed[9], seed[10], seed[11], seed[12])
		}
	}
	ran := 0
	s, err := transport.New(
		transport.Config{PublicURL: mustURL("http://127.0.0.1:8080"), Name: "n", Version: "v", Log: zerolog.Nop(), KeepAlive: time.Hour},
		transport.Parts{
			Register: edgetest.Register, ParamHeaders: true,
			Call: func(_ context.Context, name string, _ json.RawMessage, _ func(done, total float64, message string)) (exchange.Outcome, bool) {
				ran++
				return exchange.Outcome{Result: mcp.NewToolResultText(name)}, true
			},
			Authenticate: func(bool, func(*http.Request) string) func(http.Handler) http.Handler {
				return func(next http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if r.Header.Get("Authorization") != good {
							edge.WriteError(w, http.StatusUnauthorized, nil, mcp.INVALID_REQUEST, "who are you")
							return
						}
						next.ServeHTTP(w, r)
					})
				}
			},
		},
	)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, modernBody bool, version, method, name, accept, kind, origin, auth, session, last, id, host, again, value string) {
		meta := ""
		if modernBody {
			meta = edgetest.ModernMeta
		}
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/mcp", strings.NewReader(edgetest.Call(1, "echo", `{}`, meta)))
		req.Header = http.Header{}
		for i, given := range []string{version, method, name, accept, kind, origin, auth, session, last, id, host} {
			if !sendable(given) {
				t.Skip("net/http takes no such header")
			}
			if header := headersFuzzed()[i]; header == "Host" {
				req.Host = given
			} else if given != "" {
				req.Header.Set(header, given)
			}
		}
		if slices.Contains(headersFuzzed(), again) && again != "Host" && sendable(value) {
			req.Header.Add(again, value)
		}
		before := ran
		res := httptest.NewRecorder()
		s.Handler().ServeHTTP(res, req)
		readable(t, res)
		if res.Body.Len() > 4000 {
			t.Errorf("%d bytes came back: %.300s", res.Body.Len(), res.Body)
		}
		if allow := res.Header().Get("Access-Control-Allow-Origin"); allow != "" && !ourPage(allow) {
			t.Errorf("a page of %q may read the answer", allow)
		}
		if ran != before {
			mayRun(t, req, modernBody)
		}
	})
}

// sendable says whether net/http hands such a header on to a handler.
func sendable(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

// mayRun fails where one of the headers forbids the call that ran. It does not ask the code that decides.
func mayRun(t *testing.T, req *http.Request, modernBody bool) {
	t.Helper()
	h := req.Header
	name, _, err := net.SplitHostPort(req.Host)
	if err != nil {
		name = strings.Trim(req.Host, "[]")
	}
	if !ours(strings.TrimSuffix(name, ".")) {
		t.Errorf("it ran under the host %q", req.Host)
	}
	for _, origin := range h.Values("Origin") {
		if !ourPage(origin) || len(h.Values("Origin")) > 1 {
			t.Errorf("it ran for a page of %q", h.Values("Origin"))
		}
	}
	if kind, _, err := mime.ParseMediaType(h.Get("Content-Type")); err != nil || kind != "application/json" {
		t.Errorf("it ran as %q", h.Get("Content-Type"))
	}
	if h.Get("Authorization") != "Bearer good" {
		t.Errorf("it ran for %q", h.Get("Authorization"))
	}
	version := h.Get("Mcp-Protocol-Version")
	if modernBody != (version == "2026-07-28") || version != "" && !slices.Contains(mcp.ValidProtocolVersions, version) {
		t.Errorf("it ran under version %q, modern %t", version, modernBody)
	}
	named := h.Get("Mcp-Name")
	if modernBody && (h.Get("Mcp-Method") != "tools/call" || named != "echo" && !strings.HasPrefix(named, "=?base64?") || h.Get("Last-Event-Id") != "") {
		t.Errorf("it ran under %v", h)
	}
	for _, header := range headersFuzzed()[:3] {
		if values := h.Values(header); len(slices.Compact(slices.Clone(values))) > 1 {
			t.Errorf("it ran under two of %s: %q", header, values)
		}
	}
}

func ourPage(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && ours(u.Hostname())
}

func ours(name string) bool {
	ip := net.ParseIP(name)
	return strings.EqualFold(name, "localhost") || ip != nil && ip.IsLoopback()
}
