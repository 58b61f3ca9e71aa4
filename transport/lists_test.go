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
)

// Ours is what mcp-go answers, to which a request with an empty cursor still goes.
func TestListIsWhatMCPGoWrites(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, era := range []struct {
		meta string
		edit func(*http.Request)
	}{{"{}", nil}, {"{" + modernMeta + "}", modern("tools/list", "")}} {
		var replies [2]any
		for i, cursor := range []string{"", `"cursor":"",`} {
			body := text(t, send(t.Context(), t, "POST", s.URL+"/mcp", rpc(7, "tools/list", `{`+cursor+`"_meta":`+era.meta+`}`), era.edit))
			if err := json.Unmarshal([]byte(body), &replies[i]); err != nil {
				t.Fatalf("%v in %s", err, body)
			}
			wants(t, body, `"echo"`, `"x-mcp-header"`)
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
		{"nothing to see", rpc(1, "tools/list", `{}`), nil, 200, `{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}`},
		{"no version of JSON-RPC", `{"id":1,"method":"tools/list"}`, nil, 200, `-32600`},
		{"unknown version", rpc(1, "tools/list", `{}`), func(r *http.Request) { r.Header.Set("Mcp-Protocol-Version", "1999-01-01") }, 400, `"id":1`},
		{"another method in the header", rpc(1, "tools/list", `{"_meta":{`+modernMeta+`}}`), modern("tools/call", ""), 400, `-32020`},
		{"no capabilities", rpc(1, "tools/list", `{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}`), modern("tools/list", ""), 400, `-32602`},
	} {
		res := send(t.Context(), t, "POST", s.URL+"/mcp", c.body, c.edit)
		if got := text(t, res); res.StatusCode != c.status || !strings.Contains(got, c.want) {
			t.Errorf("%s: %d %s", c.name, res.StatusCode, got)
		}
	}
}

// More sets than are kept are answered all the same.
func TestManyLists(t *testing.T) {
	t.Parallel()
	s := start(t, choosing)
	for range 2 {
		for i := range 70 {
			res := send(t.Context(), t, "POST", s.URL+"/mcp", rpc(1, "tools/list", `{}`), func(r *http.Request) {
				r.Header.Set("Authorization", "x")
				r.Header.Set("X-MCP-Tools", fmt.Sprint(i))
			})
			wants(t, text(t, res), fmt.Sprintf("[] [%d] false", i))
		}
	}
}
