package transport_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

const tasksMeta = `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}`

// withTasks has tasks that panic.
func withTasks(_ *transport.Config, p *transport.Parts) {
	p.Tasks = &transport.Tasks{
		Get: func(context.Context, string) (exchange.Outcome, bool) { panic("the secret in the panic") },
		Update: func(context.Context, string, mcp.InputResponses) (exchange.Outcome, bool) {
			panic("the secret in the panic")
		},
		Cancel: func(context.Context, string) (exchange.Outcome, bool) { panic("the secret in the panic") },
	}
}

// A client is told of a panic by the request's id, and the log has the rest.
func TestPanicsOfTasksStayInside(t *testing.T) {
	t.Parallel()
	s := start(t, withTasks)
	for _, method := range []string{"tasks/get", "tasks/update", "tasks/cancel"} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, method, `{"taskId":"x","_meta":{`+tasksMeta+`}}`), edgetest.Modern(method, "x"))
		body := edgetest.Text(t, res)
		edgetest.Wants(t, body, `"code":-32603`, "internal error (request "+res.Header.Get("X-Request-Id"))
		edgetest.Wants(t, s.log.String(), "a handler panicked", `"tool":"`+method+`"`)
		if strings.Contains(body+s.log.String(), "secret") {
			t.Errorf("%s: the words of the panic are told: %s\n%s", method, body, s.log)
		}
	}
}
