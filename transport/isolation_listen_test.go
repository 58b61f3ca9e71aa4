package transport_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// Every caller listens under the same id while all of them do everything, cancel that id and post as if
// they were each other: each stream stays open, and hears of a change once, and of nothing else.
func TestListensOutliveEverythingElse(t *testing.T) {
	t.Parallel()
	var mcpServer *server.MCPServer
	s := start(t, func(c *transport.Config, p *transport.Parts) {
		secretive(c, p)
		registered := p.Register
		p.Register = func(s *server.MCPServer) {
			mcpServer = s
			registered(s)
		}
	})
	streams := make([]*events, isolated)
	for i := range streams {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp/x/"+nameOf(i), edgetest.RPC(listening, "subscriptions/listen", `{"notifications":{"toolsListChanged":true},"_meta":{`+edgetest.ModernMeta+`}}`), func(r *http.Request) {
			edgetest.Modern("subscriptions/listen", "")(r)
			r.Header.Set("Authorization", nameOf(i))
		})
		streams[i] = newEvents(res.Body)
		edgetest.Wants(t, streams[i].next(t), "notifications/subscriptions/acknowledged")
	}
	shared := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: isolated}}
	defer shared.CloseIdleConnections()
	for _, isModern := range []bool{true, false} {
		var group sync.WaitGroup
		for i := range isolated {
			group.Go(func() { visit(t, shared, s.URL, i, isModern) })
		}
		group.Wait()
	}
	mcpServer.SendNotificationToAllClients(mcp.MethodNotificationToolsListChanged, nil)
	mcpServer.SendNotificationToAllClients(mcp.MethodNotificationToolsListChanged, map[string]any{"last": true})
	for i, e := range streams {
		first, second := e.next(t), e.next(t)
		if !strings.Contains(first, "tools/list_changed") || strings.Contains(first, "last") || !strings.Contains(second, `"last":true`) || strings.Contains(first+second, "caller") {
			t.Errorf("the stream of %s heard %s and %s", nameOf(i), first, second)
		}
	}
}

// A change is told to those who listen, and to each with the id of their own stream; what one of
// them asked for does not widen what another hears.
func TestListenersHearTheirOwn(t *testing.T) {
	t.Parallel()
	var mcpServer *server.MCPServer
	s := start(t, func(_ *transport.Config, p *transport.Parts) {
		p.Register = func(s *server.MCPServer) {
			mcpServer = s
			s.AddTool(mcp.NewTool("echo"), nil)
			server.WithPromptCapabilities(true)(s)
		}
	})
	listen := func(id int, filter string) *events {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(id, "subscriptions/listen", `{"notifications":{`+filter+`},"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("subscriptions/listen", ""))
		e := newEvents(res.Body)
		if first := e.next(t); !strings.Contains(first, "notifications/subscriptions/acknowledged") {
			t.Errorf("the stream began with %s", first)
		}
		return e
	}
	tools, prompts := listen(1, `"toolsListChanged":true`), listen(2, `"promptsListChanged":true`)
	mcpServer.SendNotificationToAllClients(mcp.MethodNotificationToolsListChanged, nil)
	mcpServer.SendNotificationToAllClients(mcp.MethodNotificationPromptsListChanged, nil)
	if got := tools.next(t); !strings.Contains(got, "tools/list_changed") || !strings.Contains(got, `"io.modelcontextprotocol/subscriptionId":1`) {
		t.Errorf("got %v, want %q in it and %q in it", got, "tools/list_changed", `"io.modelcontextprotocol/subscriptionId":1`)
	}
	if got := prompts.next(t); !strings.Contains(got, "prompts/list_changed") || !strings.Contains(got, `"io.modelcontextprotocol/subscriptionId":2`) {
		t.Errorf("got %v, want %q in it and %q in it", got, "prompts/list_changed", `"io.modelcontextprotocol/subscriptionId":2`)
	}
}
