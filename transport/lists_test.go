package transport_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// Ours is what mcp-go answers, to which a request with an empty cursor still goes.
func TestListIsWhatMCPGoWrites(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, era := range []struct {
		meta string
		edit func(*http.Request)
	}{{"{}", nil}, {"{" + edgetest.ModernMeta + "}", edgetest.Modern("tools/list", "")}} {
		var replies [2]any
		for i, cursor := range []string{"", `"cursor":"",`} {
			body := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(7, "tools/list", `{`+cursor+`"_meta":`+era.meta+`}`), era.edit))
			if err := json.Unmarshal([]byte(body), &replies[i]); err != nil {
				t.Fatalf("%v in %s", err, body)
			}
			edgetest.Wants(t, body, `"echo"`, `"x-mcp-header"`)
		}
		if !reflect.DeepEqual(replies[0], replies[1]) {
			t.Errorf("%v\nand mcp-go says\n%v", replies[0], replies[1])
		}
	}
}

func TestListsRefuse(t *testing.T) {
	t.Parallel()
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		p.Visible = func(context.Context, []mcp.Tool) []mcp.Tool { return nil }
	})
	for _, c := range []struct {
		name, body string
		edit       func(*http.Request)
		status     int
		want       string
	}{
		{"nothing to see", edgetest.RPC(1, "tools/list", `{}`), nil, 200, `{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}`},
		{"no version of JSON-RPC", `{"id":1,"method":"tools/list"}`, nil, 200, `-32600`},
		{"unknown version", edgetest.RPC(1, "tools/list", `{}`), func(r *http.Request) { r.Header.Set("Mcp-Protocol-Version", "1999-01-01") }, 400, `"id":1`},
		{"another method in the header", edgetest.RPC(1, "tools/list", `{"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("tools/call", ""), 400, `-32020`},
		{"no capabilities", edgetest.RPC(1, "tools/list", `{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}`), edgetest.Modern("tools/list", ""), 400, `-32602`},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, c.edit)
		if got := edgetest.Text(t, res); res.StatusCode != c.status || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %d %s, want %v and %q in it", c.name, res.StatusCode, got, c.status, c.want)
		}
	}
}

// More sets than are kept are answered all the same.
func TestManyLists(t *testing.T) {
	t.Parallel()
	s := start(t, choosing)
	for range 2 {
		for i := range 70 {
			res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, "tools/list", `{}`), func(r *http.Request) {
				r.Header.Set("Authorization", "x")
				r.Header.Set("X-MCP-Tools", fmt.Sprint(i))
			})
			edgetest.Wants(t, edgetest.Text(t, res), fmt.Sprintf("[] [%d] false", i))
		}
	}
}
