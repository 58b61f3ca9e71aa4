package transport_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// TestPagesAreForThoseWhoShowThem holds that a page is among the resources of clients that show pages and of no
// others, and that whoever has its URI can read it.
func TestPagesAreForThoseWhoShowThem(t *testing.T) {
	t.Parallel()
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		register := p.Register
		p.Register = func(s *server.MCPServer) {
			register(s)
			for _, uri := range []string{"ui://a/page", "r://guide"} {
				s.AddResource(mcp.NewResource(uri, uri), func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
					return []mcp.ResourceContents{mcp.TextResourceContents{URI: uri, Text: "read"}}, nil
				})
			}
		}
	})
	for session, want := range map[string]bool{"": false, "apps-x": true, "x": false} {
		send := func(method, params string) string {
			return edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, method, params), func(r *http.Request) {
				if session != "" {
					r.Header.Set("Mcp-Session-Id", session)
				}
			}))
		}
		got := send("resources/list", `{}`)
		edgetest.Wants(t, got, "r://guide")
		if strings.Contains(got, "ui://a/page") != want {
			t.Errorf("the session %q lists %s", session, got)
		}
		edgetest.Wants(t, send("resources/read", `{"uri":"ui://a/page"}`), `"read"`)
	}
}
