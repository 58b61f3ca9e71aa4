package transport_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// BenchmarkToolsList compares our answer with mcp-go's, to which a request with an empty cursor goes.
func BenchmarkToolsList(b *testing.B) {
	s, err := transport.New(
		transport.Config{PublicURL: mustURL("http://127.0.0.1"), Name: "n", Version: "v", Log: zerolog.Nop()},
		transport.Parts{Call: edgetest.Tools(nil), Register: func(s *server.MCPServer) {
			for i := range 115 {
				options := []mcp.ToolOption{mcp.WithDescription(strings.Repeat("What it does. ", 10))}
				for j := range 15 {
					options = append(options, mcp.WithString(fmt.Sprintf("argument_%d", j), mcp.Description(strings.Repeat("What it is. ", 5))))
				}
				s.AddTool(mcp.NewTool(fmt.Sprintf("tool_%d", i), options...), nil)
			}
		}},
	)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, params string }{{"ours", `{}`}, {"mcp-go", `{"cursor":""}`}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				req := httptest.NewRequestWithContext(b.Context(), http.MethodPost, "http://127.0.0.1/mcp", strings.NewReader(edgetest.RPC(1, "tools/list", c.params)))
				req.Header.Set("Content-Type", "application/json")
				res := httptest.NewRecorder()
				s.Handler().ServeHTTP(res, req)
				if res.Code != http.StatusOK {
					b.Fatal(res.Body)
				}
			}
		})
	}
}
