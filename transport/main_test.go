package transport_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/logtest"
	"heygen-mcp/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// gate is what a test holds a tool by: the tool says that it runs, then waits.
type gate struct {
	entered chan string
	release chan struct{}
}

// stack is one running server with its tools and its log.
type stack struct {
	*httptest.Server
	gate *gate
	log  *logtest.Buffer
}

// register declares echo, wait, progress, panics, fails (neither result nor refusal) and asks.
func register(s *server.MCPServer) {
	for _, name := range []string{"echo", "wait", "progress", "panics", "fails", "asks"} {
		s.AddTool(mcp.NewTool(name), nil)
	}
	s.AddTool(mcp.NewTool("region", mcp.WithString("region", func(schema map[string]any) { schema["x-mcp-header"] = "Region" })), nil)
}

// caller runs the tools: echo gives back its arguments as they came, wait blocks on the gate, and
// progress notifies and returns at once or, with wait, after the gate.
func caller(g *gate) func(context.Context, string, json.RawMessage, func(done, total float64, message string)) (exchange.Outcome, bool) {
	return func(ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool) {
		switch name {
		case "echo", "region":
			return exchange.Outcome{Result: mcp.NewToolResultText("echo:" + string(args))}, true
		case "wait":
			g.entered <- "in"
			select {
			case <-g.release:
				return exchange.Outcome{Result: mcp.NewToolResultText("released")}, true
			case <-ctx.Done():
				g.entered <- "cancelled"
				return exchange.Outcome{Result: mcp.NewToolResultError("too late")}, true
			}
		case "progress":
			if progress == nil {
				return exchange.Outcome{Result: mcp.NewToolResultText("nobody asked")}, true
			}
			progress(1, 2, "half")
			if strings.Contains(string(args), "wait") {
				<-g.release
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

func build(t *testing.T, change func(*transport.Config, *transport.Parts)) (*transport.Server, *gate, *logtest.Buffer) {
	t.Helper()
	g := &gate{entered: make(chan string, 10), release: make(chan struct{})}
	log := &logtest.Buffer{}
	cfg := transport.Config{
		PublicURL: parseURL(t, "http://127.0.0.1:8080"),
		Name:      "test", Version: "1", Instructions: "Call echo.",
		Log: zerolog.New(log), KeepAlive: time.Hour,
	}
	parts := transport.Parts{Register: register, Call: caller(g)}
	if change != nil {
		change(&cfg, &parts)
	}
	s, err := transport.New(cfg, parts)
	if err != nil {
		t.Fatal(err)
	}
	return s, g, log
}

func start(t *testing.T, change func(*transport.Config, *transport.Parts)) *stack {
	t.Helper()
	s, g, log := build(t, change)
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return &stack{Server: srv, gate: g, log: log}
}

func parseURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	return mustURL(raw)
}

// mustURL is for URLs that stand in tests.
func mustURL(raw string) *url.URL {
	u, err := url.Parse(raw)
	if err != nil {
		panic(err)
	}
	return u
}

// client keeps no connections, so that none is left when the test ends.
func client() *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

// send makes one request; the caller's edits come last. The body is closed when the test ends.
//
//bodyclose:handled
func send(ctx context.Context, t *testing.T, method, target, body string, edit func(*http.Request)) *http.Response {
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
	res, err := client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func text(t *testing.T, res *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// call is the body of an older client's tools/call.
func call(id int, tool, args, meta string) string {
	return rpc(id, "tools/call", `{"name":"`+tool+`","arguments":`+args+`,"_meta":{`+meta+`}}`)
}

func rpc(id int, method, params string) string {
	b, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": json.RawMessage(params)})
	if err != nil {
		panic(err)
	}
	return string(b)
}

const modernMeta = `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}`

// modern sets the headers that revision 2026-07-28 asks for.
func modern(method, name string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Mcp-Protocol-Version", "2026-07-28")
		r.Header.Set("Mcp-Method", method)
		if name != "" {
			r.Header.Set("Mcp-Name", name)
		}
	}
}

// line reads up to and with the next line that holds want.
func line(t *testing.T, r *bufio.Reader, want string) string {
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

func wants(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is missing in %q", w, got)
		}
	}
}

// events reads the messages of a stream.
type events struct{ r *bufio.Reader }

func newEvents(body io.Reader) *events { return &events{bufio.NewReader(body)} }

func (e *events) next(t *testing.T) string {
	t.Helper()
	return line(t, e.r, "data: ")
}
