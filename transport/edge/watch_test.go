package edge

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
)

// TestTheFirstCodeCounts holds which code a message is said to have ended with.
func TestTheFirstCodeCounts(t *testing.T) {
	t.Parallel()
	for want, codes := range map[string][]int{"": {0}, "-32600": {0, -32600, -32601}, "7": {7, 0}} {
		told := "none"
		e := &ending{told: func(code string) { told = code }}
		for _, code := range codes {
			e.failed(code)
		}
		if e.over(); told != want {
			t.Errorf("after the codes %v it is %q, want %q", codes, told, want)
		}
	}
	var nobody *ending
	nobody.failed(1)
	nobody.over()
}

type watchedKey struct{}

// TestACallIsMadeInWhatWatchGives holds that a call, and what asks whether it may be made, have the context that Watch
// gives it.
func TestACallIsMadeInWhatWatchGives(t *testing.T) {
	t.Parallel()
	var seen []any
	see := func(ctx context.Context) { seen = append(seen, ctx.Value(watchedKey{})) }
	e, err := New(Config{
		Watch: func(ctx context.Context, o Operation) (context.Context, func(string)) {
			return context.WithValue(ctx, watchedKey{}, o.Method), func(string) {}
		},
		Forbids: func(ctx context.Context, _ string, _ json.RawMessage) string {
			see(ctx)
			return ""
		},
		Call: func(ctx context.Context, _ string, _ json.RawMessage, _ Progress) (exchange.Outcome, bool) {
			see(ctx)
			return exchange.Outcome{Result: mcp.NewToolResultText("")}, true
		},
	}, http.NotFoundHandler())
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/mcp", strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}`))
	req.Header.Set("Content-Type", "application/json")
	e.ServeHTTP(httptest.NewRecorder(), req)
	if len(seen) != 2 || seen[0] != "tools/call" || seen[1] != "tools/call" {
		t.Errorf("the contexts have %v, want tools/call twice", seen)
	}
}

// TestWatch holds what is told of messages, and with which code they are said to have ended.
func TestWatch(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		message string
		left    bool
		method  string
		tool    string
		code    string
	}{
		"a tool":                         {`"method":"tools/call","params":{"name":"a"}`, false, "tools/call", "a", ""},
		"no tool":                        {`"method":"tools/call","params":{"name":"b"}`, false, "tools/call", "", ""},
		"a prompt of a tool's name":      {`"method":"prompts/get","params":{"name":"a"}`, false, "prompts/get", "", ""},
		"no method of MCP's":             {`"method":"no/such"`, false, OtherMethod, "", "-32601"},
		"an answer":                      {`"result":{}`, false, OtherMethod, "", "-32600"},
		"a client that has left":         {`"method":"ping"`, true, "ping", "", codeCanceled},
		"one that has stopped to listen": {`"method":"subscriptions/listen","params":{"notifications":{}}`, true, MethodListen, "", ""},
	} {
		var told Operation
		ended := "nothing"
		e, err := New(Config{
			IsTool: func(name string) bool { return name == "a" },
			Watch: func(ctx context.Context, o Operation) (context.Context, func(string)) {
				told = o
				return ctx, func(code string) { ended = code }
			},
			Call: func(context.Context, string, json.RawMessage, Progress) (exchange.Outcome, bool) {
				return exchange.Outcome{Result: mcp.NewToolResultText("")}, true
			},
		}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusAccepted) }))
		if err != nil {
			t.Fatal(err)
		}
		ctx, leave := context.WithCancel(t.Context())
		if c.left {
			leave()
		}
		req := httptest.NewRequestWithContext(ctx, http.MethodPost, "/mcp", strings.NewReader(`{"jsonrpc":"2.0","id":1,`+c.message+`}`))
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Accept", "application/json, text/event-stream")
		e.ServeHTTP(httptest.NewRecorder(), req)
		leave()
		if told.Method != c.method || told.Tool != c.tool || ended != c.code {
			t.Errorf("%s: told of %q with the tool %q, ended with %q, want %q, %q and %q", name, told.Method, told.Tool, ended, c.method, c.tool, c.code)
		}
	}
}
