package transport_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// Codes, tokens and scripts travel in queries, headers and bodies.
func TestLogLine(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp?code=QUERY", edgetest.Call(1, "echo", `{"text":"BODY"}`, ""),
		func(r *http.Request) { r.Header.Set("Authorization", "Bearer HEADER") })
	edgetest.Wants(t, edgetest.Text(t, res), "BODY")
	s.Close() // the line is written when the handler has ended
	got := s.log.String()
	var fields map[string]any
	if err := json.Unmarshal([]byte(strings.TrimSpace(got)), &fields); err != nil {
		t.Fatalf("not one line: %q", got)
	}
	if fields["method"] != "POST" || fields["path"] != "/mcp" || fields["status"] != 200.0 ||
		fields["request_id"] != res.Header.Get("X-Request-Id") || fields["duration_ms"] == nil || fields["rpc"] != "tools/call" || fields["tool"] != "echo" ||
		fields["outcome"] != "ok" || fields["bytes"] == nil || fields["remote"] != "127.0.0.1" || fields["client"] != "Go-http-client" {
		t.Error(got)
	}
	for _, secret := range []string{"QUERY", "BODY", "HEADER"} {
		if strings.Contains(got, secret) {
			t.Errorf("the log tells %s: %s", secret, got)
		}
	}
}

func TestRequestIDIsKeptIfFit(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for given, kept := range map[string]bool{
		"6f1b9c1e-0a52-4d8e-9f53-7a1f0c2d3e4b": true, "0123456789ABCDEFabcdef": true, strings.Repeat("a", 128): true,
		"proxy-1": true, "01JGXM6T8Z4Q": true, "req_011CSHoEeqs5C35K2UUqR7Fy": true, "105445aa/1": true, "a:b.c": true,
		"": false, "a b": false, "sk_live_secret": false, "eyJhbGciOi": false, "hgm_at_1": false, "<b>": false,
		"é": false, "mine-own-key": false, strings.Repeat("a", 129): false,
	} {
		res := edgetest.Send(t.Context(), t, "GET", s.URL+"/healthz", "", func(r *http.Request) {
			r.Header.Set("X-Request-Id", given)
			r.Header.Set("X-Api-Key", "mine-own-key")
		})
		if got := res.Header.Get("X-Request-Id"); (got == given) != kept || got == "" {
			t.Errorf("%q became %q", given, got)
		}
	}
	if strings.Contains(s.log.String(), "secret") {
		t.Error(s.log.String())
	}
}

// A line says what a request was about, in words of the protocol and of ours.
func TestLogLineOfMessages(t *testing.T) {
	t.Parallel()
	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	for name, tc := range map[string]struct {
		body   string
		change func(*http.Request)
		want   map[string]any
	}{
		"a call of the newer era": {
			edgetest.Call(1, "echo", `{"text":"x"}`, `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},`+
				`"io.modelcontextprotocol/clientInfo":{"name":"claude-code","version":"2.1.0"},"traceparent":"00-`+trace+`-00f067aa0ba902b7-01"`),
			func(r *http.Request) {
				r.Header.Set("Mcp-Protocol-Version", "2026-07-28")
				r.Header.Set("Mcp-Method", "tools/call")
				r.Header.Set("Mcp-Name", "echo")
			},
			map[string]any{"rpc": "tools/call", "tool": "echo", "outcome": "ok", "error_code": nil, "protocol": "2026-07-28",
				"client": "claude-code", "client_version": "2.1.0", "trace_id": trace, "caller": "hash-of-ana"},
		},
		"a sign-up": {
			`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"Cursor","version":"1"}}}`,
			nil, map[string]any{"rpc": "initialize", "outcome": "ok", "client": "Cursor", "client_version": "1"},
		},
		"a trace in the header": {
			edgetest.Call(1, "echo", `{"text":"x"}`, ""),
			func(r *http.Request) { r.Header.Set("Traceparent", "00-"+trace+"-00f067aa0ba902b7-01") },
			map[string]any{"trace_id": trace},
		},
		"what is no name and no trace": {
			edgetest.Call(1, "echo", `{"text":"x"}`, `"io.modelcontextprotocol/clientInfo":{"name":"<script>SECRET","version":["SECRET"]},"traceparent":"SECRET"`),
			func(r *http.Request) { r.Header.Set("User-Agent", "{SECRET}") },
			map[string]any{"client": nil, "trace_id": nil, "outcome": "ok"},
		},
		"an unknown tool":   {edgetest.Call(1, "SECRET", `{}`, ""), nil, map[string]any{"tool": nil, "outcome": "refused", "error_code": "-32602"}},
		"an unknown method": {`{"jsonrpc":"2.0","id":1,"method":"SECRET"}`, nil, map[string]any{"rpc": "_other", "outcome": "refused", "error_code": "-32601"}},
		"no message":        {`SECRET`, nil, map[string]any{"rpc": "_other", "outcome": "refused", "error_code": "-32700"}},
		"an unknown prompt": {`{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"SECRET"}}`, nil, map[string]any{"rpc": "prompts/get", "outcome": "refused"}},
		"a batch": {
			"[" + edgetest.Call(1, "echo", `{"text":"x"}`, "") + "," + edgetest.Call(2, "echo", `{"text":"y"}`, "") + "]",
			nil, map[string]any{"rpc": "tools/call", "messages": 2.0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, func(_ *transport.Config, p *transport.Parts) {
				p.Caller = func(context.Context) string { return "hash-of-ana" }
			})
			edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", tc.body, tc.change))
			s.Close()
			var fields map[string]any
			for line := range strings.Lines(s.log.String()) {
				if strings.Contains(line, `"message":"request"`) && json.Unmarshal([]byte(line), &fields) != nil {
					t.Fatalf("no line: %q", line)
				}
			}
			for field, want := range tc.want {
				if fields[field] != want {
					t.Errorf("%s is %v, want %v in %s", field, fields[field], want, s.log)
				}
			}
			if strings.Contains(s.log.String(), "SECRET") {
				t.Errorf("the log tells: %s", s.log)
			}
		})
	}
}

// Probes are many and all alike, and what takes long matters, unless it waits by its nature.
func TestLogLevels(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		method, path, body string
		want               string
	}{
		"a probe":    {"GET", "/healthz", "", "debug"},
		"slow":       {"POST", "/mcp", edgetest.Call(1, "echo", `{"text":"x"}`, ""), "warn"},
		"a wait":     {"POST", "/mcp", edgetest.Call(1, "unknown", `{}`, ""), "warn"},
		"no message": {"GET", "/nothing", "", "warn"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ticks atomic.Int64
			s := start(t, func(c *transport.Config, p *transport.Parts) {
				c.Clock = func() time.Time { return time.Unix(ticks.Add(1), 0) }
				c.SlowRequest = time.Second
				if tc.want == "debug" {
					c.SlowRequest = 0
				}
				p.Waits = func(tool string) bool { return tool == "wait" }
			})
			edgetest.Text(t, edgetest.Send(t.Context(), t, tc.method, s.URL+tc.path, tc.body, nil))
			s.Close()
			if got := s.log.String(); !strings.Contains(got, `"level":"`+tc.want+`"`) {
				t.Errorf("the line is %s, want level %s", got, tc.want)
			}
		})
	}
}
