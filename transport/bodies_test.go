package transport_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// A long body is for those methods that need one, wherever in it the method stands.
func TestBodiesByMethod(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	long := strings.Repeat("z", 900_000)
	for name, c := range map[string]struct {
		body   string
		edit   func(*http.Request)
		status int
	}{
		"tools/call":         {`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"a":"` + long + `"}}}`, nil, 200},
		"params first":       {`{"params":{"name":"echo","arguments":{"a":"` + long + `"}},"jsonrpc":"2.0","id":7,"method":"tools/call"}`, nil, 200},
		"completion":         {`{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"argument":{"value":"` + long + `"}}}`, nil, 413},
		"chunked":            {`{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":"` + long + `"}}`, func(r *http.Request) { r.ContentLength = -1 }, 413},
		"ping, params":       {`{"params":{"a":"` + long + `"},"jsonrpc":"2.0","id":7,"method":"ping"}`, nil, 413},
		"twice":              {`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"a":"` + long + `"},"method":"ping"}`, nil, 413},
		"a header that lies": {`{"jsonrpc":"2.0","id":7,"method":"ping","params":{"a":"` + long + `","_meta":{` + edgetest.ModernMeta + `}}}`, edgetest.Modern("tools/call", "echo"), 413},
		"a notification":     {`{"jsonrpc":"2.0","method":"notifications/progress","params":{"a":"` + long + `"}}`, nil, 413},
		"spaces":             {strings.Repeat(" ", 20_000) + `{"jsonrpc":"2.0","id":7,"method":"ping"}`, nil, 413},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, c.edit)
		got := edgetest.Text(t, res)
		if res.StatusCode != c.status {
			t.Errorf("%s: got %d %.300s, want %v", name, res.StatusCode, got, c.status)
		}
		if c.status == http.StatusRequestEntityTooLarge {
			edgetest.Wants(t, got, "larger than 16384 bytes")
		}
	}
}

// What a message may hold besides the arguments of tools is bounded, and the refusal says where and how much.
func TestStringsAreBounded(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *transport.Config, p *transport.Parts) { furnished(c, p) })
	z := func(n int) string { return strings.Repeat("z", n) }
	for _, c := range []struct{ method, params, want string }{
		{"completion/complete", `{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":"` + z(257) + `"}}`, "params.argument.value is longer than 256 characters"},
		{"completion/complete", `{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":"` + strings.Repeat("é", 256) + `"}}`, `"values"`},
		{"completion/complete", `{"ref":{"type":"ref/prompt","name":"` + z(257) + `"},"argument":{"name":"a","value":""}}`, "params.ref.name is longer than 256 characters"},
		{"completion/complete", `{"REF":{"type":"ref/resource","Uri":"` + z(2049) + `"},"argument":{"name":"a","value":""}}`, "params.ref.uri is longer than 2048 bytes"},
		{"resources/read", `{"uri":"` + z(2049) + `"}`, "params.uri is longer than 2048 bytes"},
		{"resources/subscribe", `{"uri":"` + z(2049) + `"}`, "params.uri is longer than 2048 bytes"},
		{"prompts/get", `{"name":"` + z(257) + `"}`, "params.name is longer than 256 characters"},
		{"prompts/get", `{"name":"p","arguments":{"` + z(257) + `":"b"}}`, "the name of a member of the message is longer than 256 characters"},
		{"tools/call", `{"name":"` + z(257) + `"}`, "params.name is longer than 256 characters"},
		{"tools/list", `{"cursor":"` + z(2049) + `"}`, "params.cursor is longer than 2048 bytes"},
		{"logging/setLevel", `{"level":"` + z(65) + `"}`, "params.level is longer than 64 bytes"},
		{"initialize", `{"protocolVersion":"` + z(65) + `"}`, "params.protocolVersion is longer than 64 bytes"},
		{"initialize", `{"protocolVersion":"2025-06-18","clientInfo":{"name":"` + z(257) + `","version":"1"}}`, "params.clientInfo.name is longer than 256 characters"},
		{"initialize", `{"protocolVersion":"2025-06-18","clientInfo":{"name":"c","version":"` + z(257) + `"}}`, "params.clientInfo.version is longer than 256 characters"},
		{"ping", `{"_meta":{"progressToken":"` + z(257) + `"}}`, "params._meta.progressToken is longer than 256 bytes"},
		{"ping", `{"_meta":{"x.example/a":["` + z(4097) + `"]}}`, "a string in the message is longer than 4096 bytes"},
		{"ping", strings.Repeat(`{"a":`, 70) + "1" + strings.Repeat("}", 70), "deeper than 64 levels"},
		{"tools/call", `{"name":"echo","arguments":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}`, "deeper than 64 levels"},
		{"tools/call", `{"name":7,"arguments":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}`, "deeper than 64 levels"},
		{"tools/call", `{"name":"echo","arguments":{"a":[` + strings.Repeat("0,", 20_000) + `0]}}`, "more than 20000 values"},
		{z(65), `{}`, "longer than 64 bytes"},
	} {
		got := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(7, c.method, c.params), nil))
		if !strings.Contains(got, c.want) || len(got) > 600 {
			t.Errorf("%s: %.300s, want %s", c.method, got, c.want)
		}
	}
	for name, most := range map[string]int{"Mcp-Protocol-Version": 64, "Mcp-Method": 64, "Mcp-Session-Id": 256, "Mcp-Name": 4096, "Mcp-Param-Region": 4096, "X-MCP-Tools": 8192, "X-MCP-Toolsets": 8192} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(7, "ping", `{}`), func(r *http.Request) { r.Header.Set(name, z(most+1)) })
		got := edgetest.Text(t, res)
		if res.StatusCode != http.StatusBadRequest || !strings.Contains(got, fmt.Sprintf("longer than %d bytes", most)) || len(got) > 300 {
			t.Errorf("%s: %d %.300s", name, res.StatusCode, got)
		}
	}
}
