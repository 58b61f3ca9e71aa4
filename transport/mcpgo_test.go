package transport_test

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/transport/edge/edgetest"
)

// The tests of this file hold the faults of mcp-go v1.2.1 that the edge makes good. Each fails once its
// fault is mended: then what stands against it can go.

// bare is mcp-go as we set it up, less our edge.
func bare(t *testing.T) (*httptest.Server, *server.MCPServer) {
	t.Helper()
	s := server.NewMCPServer("bare", "1", server.WithLogging(), server.WithToolCapabilities(true))
	srv := httptest.NewServer(server.NewStreamableHTTPServer(s, server.WithStateLess(true), server.WithStreamableHTTPLogger(slog.New(slog.DiscardHandler))))
	t.Cleanup(srv.Close)
	return srv, s
}

// A caller's cancel ends the request of another who uses the same id, in both eras: edge.ServeHTTP drops
// cancels. Revision 2026-07-28 has no sessions, so no session id of ours keeps its requests apart.
func TestMCPGoCancelsForStrangers(t *testing.T) {
	t.Parallel()
	for era, dress := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			s, m := bare(t)
			entered := make(chan string, 2)
			m.AddPrompt(mcp.NewPrompt("wait"), func(ctx context.Context, _ mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
				entered <- "in"
				<-ctx.Done()
				entered <- "cancelled"
				return mcp.NewGetPromptResult("cut off", nil), nil
			})
			ctx, leave := context.WithCancel(t.Context())
			answered := make(chan struct{})
			go func() {
				defer close(answered)
				meta, edit := dress("prompts/get", "wait")
				req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, strings.NewReader(edgetest.RPC(1, "prompts/get", `{"name":"wait"`+meta+`}`)))
				if err != nil {
					t.Error(err)
					return
				}
				req.Header.Set("Content-Type", "application/json")
				if edit != nil {
					edit(req)
				}
				if res, err := edgetest.Client().Do(req); err == nil {
					_ = res.Body.Close()
				}
			}()
			<-entered
			meta, edit := dress("notifications/cancelled", "")
			edgetest.Send(t.Context(), t, "POST", s.URL, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1`+meta+`}}`, edit)
			select {
			case <-entered:
			case <-time.After(10 * time.Second): // reached only once the fault is mended
				t.Error("mcp-go keeps cancels of callers without sessions apart")
			}
			leave()
			<-answered
		})
	}
}

// In stateless mode every GET has one session, so one reads what another is told: edge.ServeHTTP
// closes GET.
func TestMCPGoSharesTheGETStream(t *testing.T) {
	t.Parallel()
	s, _ := bare(t)
	res := edgetest.Send(t.Context(), t, "GET", s.URL, "", func(r *http.Request) { r.Header.Set("Accept", "text/event-stream") })
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("mcp-go refuses GET in stateless mode: %d", res.StatusCode)
	}
}

// A refusal of mcp-go's is plain text, which clients take for a server of another kind:
// edge's writer respells it.
func TestMCPGoRefusesInPlainText(t *testing.T) {
	t.Parallel()
	s, _ := bare(t)
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "ping", `{}`), func(r *http.Request) { r.Header.Set("Mcp-Protocol-Version", "1999-01-01") })
	if body := edgetest.Text(t, res); res.StatusCode != http.StatusBadRequest || strings.Contains(body, "jsonrpc") {
		t.Errorf("mcp-go refuses in JSON-RPC: %d %s", res.StatusCode, body)
	}
}

// One caller's log level holds for all that have no session: edge gives each request a session of its own.
func TestMCPGoSharesLogLevels(t *testing.T) {
	t.Parallel()
	s, m := bare(t)
	level := make(chan mcp.LoggingLevel, 1)
	m.AddTool(mcp.NewTool("level"), func(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if session, ok := server.ClientSessionFromContext(ctx).(server.SessionWithLogging); ok {
			level <- session.GetLogLevel()
		}
		return mcp.NewToolResultText("ok"), nil
	})
	edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "logging/setLevel", `{"level":"emergency"}`), nil)
	edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.Call(1, "level", `{}`, ""), nil)
	if got := <-level; got != "emergency" {
		t.Errorf("mcp-go keeps the level of a request without a session to itself: %s", got)
	}
}

// The check of Host refuses a proxy on the same machine that keeps the public name, so transport
// switches it off and checks Host itself.
func TestMCPGoRefusesALocalProxy(t *testing.T) {
	t.Parallel()
	s, _ := bare(t)
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(1, "ping", `{}`), func(r *http.Request) { r.Host = "mcp.example.com" })
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("mcp-go takes a local proxy's request: %d", res.StatusCode)
	}
}

// A listen stream whose request ends has no closing result: edge writes one when the server drains.
func TestMCPGoLeavesListensOpenEnded(t *testing.T) {
	t.Parallel()
	m := server.NewMCPServer("bare", "1", server.WithToolCapabilities(true))
	h := server.NewStreamableHTTPServer(m, server.WithStateLess(true))
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		h.ServeHTTP(w, r.WithContext(ctx))
	}))
	t.Cleanup(srv.Close)
	res := edgetest.Send(t.Context(), t, "POST", srv.URL, edgetest.RPC(1, "subscriptions/listen", `{"notifications":{"toolsListChanged":true},"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("subscriptions/listen", ""))
	r := bufio.NewReader(res.Body)
	edgetest.Line(t, r, "acknowledged")
	end()
	<-ended
	for {
		got, err := r.ReadString('\n')
		if strings.Contains(got, `"result"`) {
			t.Errorf("mcp-go closes the stream itself: %s", got)
		}
		if err != nil {
			return
		}
	}
}

// The acknowledgement of a listen stream that ends at once is lost now and then: transport waits
// for it.
func TestMCPGoLosesAcknowledgements(t *testing.T) {
	t.Parallel()
	m := server.NewMCPServer("bare", "1", server.WithToolCapabilities(false))
	h := server.NewStreamableHTTPServer(m, server.WithStateLess(true))
	const tries = 20_000
	for range tries {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(edgetest.RPC(1, "subscriptions/listen", `{"notifications":{},"_meta":{`+edgetest.ModernMeta+`}}`)))
		req.Header.Set("Content-Type", "application/json")
		edgetest.Modern("subscriptions/listen", "")(req)
		res := httptest.NewRecorder()
		h.ServeHTTP(res, req)
		if !strings.Contains(res.Body.String(), "acknowledged") {
			return
		}
	}
	t.Errorf("none of %d acknowledgements was lost", tries)
}
