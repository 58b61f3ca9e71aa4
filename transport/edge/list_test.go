package edge_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

func TestList(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	const tools = `"tools":[{"name":"echo"}]`
	modernParams := `{"_meta":{` + edgetest.ModernMeta + `}}`
	for _, c := range []struct {
		name, body string
		edit       func(*http.Request)
		status     int
		want       string
	}{
		{"older", edgetest.RPC(1, "tools/list", `{}`), nil, 200, `{"jsonrpc":"2.0","id":1,"result":{` + tools + `}}`},
		{"modern", edgetest.RPC(1, "tools/list", modernParams), edgetest.Modern("tools/list", ""), 200,
			`{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","ttlMs":0,"cacheScope":"private",` + serverMeta + `,` + tools + `}}`},
		{"a null cursor", edgetest.RPC(1, "tools/list", `{"cursor":null}`), nil, 200, `{"jsonrpc":"2.0","id":1,"result":{` + tools + `}}`},
		{"another JSON-RPC", `{"id":1,"method":"tools/list"}`, nil, 200, `{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"the message must say \"jsonrpc\": \"2.0\""}}`},
		{"an unknown version", edgetest.RPC(1, "tools/list", `{}`), func(r *http.Request) { r.Header.Set("Mcp-Protocol-Version", "1999-01-01") }, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"Unsupported protocol version: 1999-01-01"}}`},
		{"headers that are missing", edgetest.RPC(1, "tools/list", modernParams), nil, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32020,"message":"the header Mcp-Protocol-Version is missing"}}`},
		{"no capabilities", edgetest.RPC(1, "tools/list", `{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}`), edgetest.Modern("tools/list", ""), 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params._meta needs io.modelcontextprotocol/clientCapabilities, an object"}}`},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL, c.body, c.edit)
		if got := edgetest.Text(t, res); res.StatusCode != c.status || got != c.want {
			t.Errorf("%s: got %d %s, want %d %s", c.name, res.StatusCode, got, c.status, c.want)
		}
	}
}

// TestListKnowsItsClient holds that whoever makes the list is told what the client calls itself.
func TestListKnowsItsClient(t *testing.T) {
	t.Parallel()
	asked := ""
	s := start(t, func(c *edge.Config) {
		c.List = func(ctx context.Context) (json.RawMessage, error) {
			asked = exchange.From(ctx).Client
			return json.RawMessage(`[]`), nil
		}
	})
	meta := strings.Replace(edgetest.ModernMeta, "{}", `{},"io.modelcontextprotocol/clientInfo":{"name":"ChatGPT","version":"1"}`, 1)
	for _, c := range []struct {
		params string
		edit   func(*http.Request)
		want   string
	}{
		{`{}`, func(r *http.Request) { r.Header.Set("User-Agent", "openai-mcp/1.0.0") }, "openai-mcp/1.0.0"},
		{`{"_meta":{` + meta + `}}`, edgetest.Modern("tools/list", ""), "ChatGPT"},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "tools/list", c.params), c.edit)
		if got := edgetest.Text(t, res); asked != c.want {
			t.Errorf("the client is %q, want %q: %s", asked, c.want, got)
		}
	}
}
