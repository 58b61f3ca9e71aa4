package transport_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/transport/edge/edgetest"
)

// The tests of this file hold the faults of mcp-go v1.2.1 in what it takes and sends as HTTP, as those of
// mcpgo_test.go hold what it does with callers: each fails once its fault is mended.

// Messages that are none, and those that a stateless server cannot want, get an empty success, a plain
// text, or an id back that is none or not theirs: edge.parse and edge.rounded refuse them.
func TestMCPGoTakesWhatIsNoMessage(t *testing.T) {
	t.Parallel()
	s, _ := bare(t)
	for body, want := range map[string]struct {
		status int
		text   string
	}{
		`{"id":1}`:                                                              {http.StatusAccepted, ""},
		`{"jsonrpc":"2.0","id":1,"result":{}}`:                                  {http.StatusAccepted, ""},
		`{"jsonrpc":"2.0","id":1,"result":{"x":1}}`:                             {http.StatusBadRequest, "session"},
		`{"jsonrpc":"2.0","id":{"a":[1]},"method":"ping"}`:                      {http.StatusOK, `"id":{"a":[1]}`},
		`{"jsonrpc":"2.0","id":9007199254740993,"method":"no/such"}`:            {http.StatusOK, `"id":9007199254740992`},
		`{"jsonrpc":"2.0","id":"` + strings.Repeat("x", 9000) + `"}`:            {http.StatusAccepted, ""},
		`{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("x", 9000) + `"}`: {http.StatusOK, strings.Repeat("x", 9000)},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL, body, nil)
		if got := edgetest.Text(t, res); res.StatusCode != want.status || !strings.Contains(strings.ToLower(got), want.text) || want.text == "" && got != "" {
			t.Errorf("%.60s: mcp-go answers %d %.300s", body, res.StatusCode, got)
		}
	}
}

// A message of any length is read and answered: transport bounds it with edge.LimitBody.
func TestMCPGoTakesAnyLength(t *testing.T) {
	t.Parallel()
	s, _ := bare(t)
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "ping", `{"x":"`+strings.Repeat("x", 8<<20)+`"}`), nil)
	if res.StatusCode != http.StatusOK {
		t.Errorf("mcp-go bounds a message: %d", res.StatusCode)
	}
}

// Another content type is refused in plain text: edge.read refuses it first. And 405 does not say what is
// allowed: edge.notAllowed does.
func TestMCPGoRefusesWithoutABody(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(server.NewStreamableHTTPServer(server.NewMCPServer("bare", "1"), server.WithStateLess(true),
		server.WithDisableStreaming(true), server.WithStreamableHTTPLogger(slog.New(slog.DiscardHandler))))
	t.Cleanup(s.Close)
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "ping", `{}`), func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") })
	if got := edgetest.Text(t, res); strings.Contains(got, "jsonrpc") {
		t.Errorf("mcp-go refuses a content type in JSON-RPC: %s", got)
	}
	res = edgetest.Send(t.Context(), t, "GET", s.URL, "", nil)
	if got := edgetest.Text(t, res); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "" || strings.Contains(got, "jsonrpc") {
		t.Errorf("mcp-go answers GET with %d, Allow %q, %s", res.StatusCode, res.Header.Get("Allow"), got)
	}
}

// Of a header that is given twice the first counts, and a proxy may have judged by the other: edge.doubled
// refuses that.
func TestMCPGoTakesDoubledHeaders(t *testing.T) {
	t.Parallel()
	s, _ := bare(t)
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "tools/list", `{"_meta":{`+edgetest.ModernMeta+`}}`), func(r *http.Request) {
		edgetest.Modern("tools/list", "")(r)
		r.Header.Add("Mcp-Method", "tools/call")
	})
	if got := edgetest.Text(t, res); res.StatusCode != http.StatusOK {
		t.Errorf("mcp-go refuses a doubled header: %d %s", res.StatusCode, got)
	}
}

// A stream goes to a client that did not ask for one: edge.serve hides from mcp-go that it could stream.
// Its head lets nginx keep the events to itself and speaks of the connection, which is net/http's affair:
// edge's writer sets the head.
func TestMCPGoStreamsUnasked(t *testing.T) {
	t.Parallel()
	s, _ := bare(t)
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "subscriptions/listen", `{"notifications":{"toolsListChanged":true},"_meta":{`+edgetest.ModernMeta+`}}`), func(r *http.Request) {
		edgetest.Modern("subscriptions/listen", "")(r)
		r.Header.Set("Accept", "application/json")
	})
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("mcp-go reads Accept: it answers with %s", got)
	}
	if got := res.Header.Get("X-Accel-Buffering"); got != "" {
		t.Errorf("mcp-go tells proxies not to wait: %s", got)
	}
	m := server.NewMCPServer("bare", "1")
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(edgetest.RPC(1, "subscriptions/listen", `{"notifications":{},"_meta":{`+edgetest.ModernMeta+`}}`)))
	req.Header.Set("Content-Type", "application/json")
	edgetest.Modern("subscriptions/listen", "")(req)
	rec := httptest.NewRecorder() // the client's own end of a connection hides the header
	server.NewStreamableHTTPServer(m, server.WithStateLess(true)).ServeHTTP(rec, req)
	if got := rec.Header().Get("Connection"); got != "keep-alive" && rec.Header().Get("Content-Type") == "text/event-stream" {
		t.Errorf("mcp-go leaves Connection alone: %q", got)
	}
}

// A response that takes long is silent until it comes, though a heartbeat was asked for: edge's writer
// keeps it alive.
func TestMCPGoIsSilent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := server.NewMCPServer("bare", "1")
		m.AddPrompt(mcp.NewPrompt("slow"), func(context.Context, mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			time.Sleep(time.Hour) // in the bubble
			return mcp.NewGetPromptResult("done", nil), nil
		})
		srv := &http.Server{Handler: server.NewStreamableHTTPServer(m, server.WithStateLess(true), server.WithHeartbeatInterval(time.Second)), ReadHeaderTimeout: time.Second}
		ln := newPipes()
		ended := make(chan error, 1)
		go func() { ended <- srv.Serve(ln) }()
		conn := ln.dial()
		body, begun := edgetest.RPC(1, "prompts/get", `{"name":"slow"}`), time.Now()
		if _, err := io.WriteString(conn, "POST / HTTP/1.0\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: "+strconv.Itoa(len(body))+"\r\n\r\n"+body); err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(conn).ReadByte(); err != nil {
			t.Fatal(err)
		}
		if time.Since(begun) < time.Hour {
			t.Errorf("mcp-go said something after %v", time.Since(begun))
		}
		_, _ = io.Copy(io.Discard, conn)
		_ = conn.Close()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
}

// What a handler's Go error says goes to the client, and so do the words of Go for what cannot be parsed,
// all that was sent of a name, and two sentences that say the same: transport.failures says it otherwise.
// A panic ends the request, and only recovery answers.
func TestMCPGoTellsGoErrors(t *testing.T) {
	t.Parallel()
	m := server.NewMCPServer("bare", "1", server.WithCompletions(), server.WithPromptCompletionProvider(leaky{}))
	m.AddPrompt(mcp.NewPrompt("p"), func(context.Context, mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		return nil, errors.New("the secret")
	})
	m.AddPrompt(mcp.NewPrompt("panics"), func(context.Context, mcp.GetPromptRequest) (*mcp.GetPromptResult, error) { panic("the secret") })
	m.AddResource(mcp.NewResource("r://r", "r"), func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
		return nil, errors.New("the secret")
	})
	h := server.NewStreamableHTTPServer(m, server.WithStateLess(true))
	panicked := make(chan any, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				panicked <- p
			}
		}()
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	for _, c := range []struct{ method, params, says string }{
		{"prompts/get", `{"name":"p"}`, `-32603,"message":"the secret"`},
		{"resources/read", `{"uri":"r://r"}`, `-32603,"message":"the secret"`},
		{"completion/complete", `{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""}}`, `-32603,"message":"the secret"`},
		{"prompts/get", `{"name":7}`, `-32600,"message":"unparsable prompts/get request: json: cannot unmarshal`},
		{"prompts/list", `{"cursor":"%"}`, "illegal base64 data"},
		{"prompts/get", `{"name":"` + strings.Repeat("z", 9000) + `"}`, strings.Repeat("z", 9000) + "' not found: prompt not found"},
		{"resources/read", `{"uri":"x"}`, "handler not found for resource URI 'x': resource not found"},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, c.method, c.params), nil)
		if got := edgetest.Text(t, res); !strings.Contains(got, c.says) {
			t.Errorf("%s %.40s: mcp-go says %.300s", c.method, c.params, got)
		}
	}
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "prompts/get", `{"name":"panics"}`), nil)
	if got := edgetest.Text(t, res); got != "" || len(panicked) != 1 {
		t.Errorf("mcp-go answers after a panic: %s", got)
	}
}

type leaky struct{}

// CompletePromptArgument implements server.PromptCompletionProvider.
func (leaky) CompletePromptArgument(context.Context, string, mcp.CompleteArgument, mcp.CompleteContext) (*mcp.Completion, error) {
	return nil, errors.New("the secret")
}
