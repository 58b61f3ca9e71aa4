package edge_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.uber.org/goleak"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// stack is an edge in front of mcp-go, on a server.
type stack struct {
	*httptest.Server
	*edge.Edge
	Gate *edgetest.Gate
}

type whoKey struct{}

// who is the caller that a request names in Authorization.
func who(ctx context.Context) string {
	name, _ := ctx.Value(whoKey{}).(string)
	return name
}

// start serves an edge as transport does, with its tools behind a gate.
func start(t *testing.T, change func(*edge.Config)) *stack {
	t.Helper()
	behind := server.NewMCPServer("test", "1", server.WithToolCapabilities(true),
		server.WithExtensions(map[string]any{exchange.TasksExtension: struct{}{}}),
		server.WithHooks(acknowledging()))
	edgetest.Register(behind)
	region := behind.ListTools()["region"].Tool
	gate := edgetest.NewGate()
	cfg := edge.Config{
		Call:        edgetest.Tools(gate),
		List:        func(context.Context) (json.RawMessage, error) { return json.RawMessage(`[{"name":"echo"}]`), nil },
		Server:      mcp.Implementation{Name: "test", Version: "1"},
		HeaderTools: func() map[string]mcp.Tool { return map[string]mcp.Tool{"region": region} },
		KeepAlive:   time.Hour,
	}
	if change != nil {
		change(&cfg)
	}
	e, err := edge.New(cfg, server.NewStreamableHTTPServer(behind, server.WithStateLess(true),
		server.WithDisableStreaming(true), server.WithDisableLocalhostProtection(true)))
	if err != nil {
		t.Fatal(err)
	}
	limit := cfg.MaxBody
	if limit == 0 {
		limit = edge.DefaultMaxBody
	}
	srv := httptest.NewServer(edge.Methods(edge.LimitBody(limit)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), whoKey{}, r.Header.Get("Authorization"))))
	}))))
	t.Cleanup(srv.Close)
	return &stack{srv, e, gate}
}

// acknowledging waits for the acknowledgement of a listen, as transport does.
func acknowledging() *server.Hooks {
	hooks := &server.Hooks{}
	hooks.AddAfterSubscriptionsListen(func(ctx context.Context, _ any, _ *mcp.SubscriptionsListenRequest, _ *mcp.SubscriptionsListenResult) {
		edge.Acknowledged(ctx)
	})
	return hooks
}
