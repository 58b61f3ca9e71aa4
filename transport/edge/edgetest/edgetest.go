// Package edgetest has what tests of the edge and of transport share: tools that a test holds and lets
// go, and the requests of clients of both eras. It knows nothing of what is tested.
package edgetest

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
)

// Gate is what a test holds a tool by: the tool says that it runs, then waits.
type Gate struct {
	Entered chan string
	Release chan struct{}
}

// NewGate makes a gate that is closed.
func NewGate() *Gate {
	const room = 10 // for tools that say so and are not waited for
	return &Gate{Entered: make(chan string, room), Release: make(chan struct{})}
}

// names are those of the tools without arguments.
func names() []string { return []string{"echo", "wait", "progress", "panics", "fails", "asks"} }

// Register declares echo, wait, progress, panics, fails (neither result nor refusal), asks and region.
func Register(s *server.MCPServer) {
	for _, name := range names() {
		s.AddTool(mcp.NewTool(name), nil)
	}
	s.AddTool(mcp.NewTool("region", mcp.WithString("region", func(schema map[string]any) { schema["x-mcp-header"] = "Region" })), nil)
}

// IsTool reports whether Register declares a tool.
func IsTool(name string) bool { return name == "region" || slices.Contains(names(), name) }

// Tools runs the tools: echo gives back its arguments as they came, wait blocks on the gate, and
// progress notifies and returns at once or, with wait, after the gate.
func Tools(
	g *Gate,
) func(context.Context, string, json.RawMessage, func(done, total float64, message string)) (exchange.Outcome, bool) {
	return func(ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool) {
		switch name {
		case "echo", "region":
			return exchange.Outcome{Result: mcp.NewToolResultText("echo:" + string(args))}, true
		case "wait":
			g.Entered <- "in"
			select {
			case <-g.Release:
				return exchange.Outcome{Result: mcp.NewToolResultText("released")}, true
			case <-ctx.Done():
				g.Entered <- "cancelled"
				return exchange.Outcome{Result: mcp.NewToolResultError("too late")}, true
			}
		case "progress":
			if progress == nil {
				return exchange.Outcome{Result: mcp.NewToolResultText("nobody asked")}, true
			}
			progress(1, 2, "half")
			if strings.Contains(string(args), "wait") {
				<-g.Release
			}
			return exchange.Outcome{Result: mcp.NewToolResultText("done")}, true
		case "panics":
			panic("the secret in the panic")
		case "fails":
			return exchange.Outcome{}, true
		case "asks":
			if answer := server.ElicitationResponse(exchange.From(ctx).InputResponses, "sure"); answer != nil {
				return exchange.Outcome{Result: mcp.NewToolResultText("state:" + exchange.From(ctx).RequestState)}, true
			}
			return exchange.Outcome{Result: server.NewInputRequestBuilder("so far").Elicit("sure", mcp.ElicitationParams{Message: "Sure?", RequestedSchema: map[string]any{"type": "object"}}).ToolResult()}, true
		}
		return exchange.Outcome{}, false
	}
}

// Client keeps no connections, so that none is left when the test ends.
func Client() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

// Send makes one request; the caller's edits come last. The body is closed when the test ends.
//
//bodyclose:handled
func Send(ctx context.Context, t *testing.T, method, target, body string, edit func(*http.Request)) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	if edit != nil {
		edit(req)
	}
	res, err := Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// Text reads the body.
func Text(t *testing.T, res *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Call is the body of an older client's tools/call.
func Call(id int, tool, args, meta string) string {
	return RPC(id, "tools/call", `{"name":"`+tool+`","arguments":`+args+`,"_meta":{`+meta+`}}`)
}

// RPC is the body of a request.
func RPC(id int, method, params string) string {
	b, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": json.RawMessage(params)})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// ModernMeta are the members of _meta that revision 2026-07-28 asks for.
const ModernMeta = `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}`

// Modern sets the headers that revision 2026-07-28 asks for.
func Modern(method, name string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Mcp-Protocol-Version", "2026-07-28")
		r.Header.Set("Mcp-Method", method)
		if name != "" {
			r.Header.Set("Mcp-Name", name)
		}
	}
}

// Line reads up to and with the next line that holds want.
func Line(t *testing.T, r *bufio.Reader, want string) string {
	t.Helper()
	for {
		s, err := r.ReadString('\n')
		if strings.Contains(s, want) {
			return s
		}
		if err != nil {
			t.Fatalf("the stream ended before %q: %v", want, err)
		}
	}
}

// Wants fails the test for each text that is missing.
func Wants(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is missing in %q", w, got)
		}
	}
}
