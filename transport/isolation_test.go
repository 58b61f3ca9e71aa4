package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
)

const (
	isolated = 16 // callers
	rounds   = 8
)

type whoKey struct{}

func who(ctx context.Context) string {
	name, _ := ctx.Value(whoKey{}).(string)
	return name
}

// barrier lets nobody through until all callers of a round are there, so that their calls overlap
// without anyone sleeping.
type barrier struct {
	mu      sync.Mutex
	waiting int
	open    chan struct{}
}

func (b *barrier) wait(ctx context.Context) error {
	b.mu.Lock()
	if b.waiting == 0 {
		b.open = make(chan struct{})
	}
	open := b.open
	if b.waiting++; b.waiting == isolated {
		b.waiting = 0
		close(open)
	}
	b.mu.Unlock()
	select {
	case <-open:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// secretive is a server on which everything says who called, so that a word of one caller's in
// another's answer is found.
func secretive(_ *transport.Config, p *transport.Parts) {
	b := &barrier{}
	p.Authenticate = func(bool, func(*http.Request) string) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), whoKey{}, r.Header.Get("Authorization"))))
			})
		}
	}
	p.Choose = func(ctx context.Context, sets [][]string, _ []string, _ bool) (context.Context, error) {
		return context.WithValue(ctx, choiceKey{}, sets[0][0]), nil
	}
	p.Visible = func(ctx context.Context, all []mcp.Tool) []mcp.Tool {
		choice, _ := ctx.Value(choiceKey{}).(string)
		return []mcp.Tool{{Name: "of_" + who(ctx), Description: choice, RawInputSchema: all[0].RawInputSchema}}
	}
	p.Call = func(ctx context.Context, _ string, args json.RawMessage, progress func(done, total float64, message string)) (*mcp.CallToolResult, bool) {
		if progress != nil {
			progress(1, 2, who(ctx))
		}
		exchange.From(ctx).Notify("notifications/message", map[string]any{"level": "info", "data": who(ctx)})
		if err := b.wait(ctx); err != nil {
			return mcp.NewToolResultError("cut off"), true
		}
		if progress != nil {
			progress(2, 2, who(ctx))
		}
		return mcp.NewToolResultText(who(ctx) + string(args)), true
	}
	p.Register = func(s *server.MCPServer) {
		for _, option := range []server.ServerOption{server.WithLogging(), server.WithCompletions(), server.WithPromptCompletionProvider(whoCompletes{}),
			server.WithResourceCapabilities(true, true), server.WithPromptCapabilities(true)} {
			option(s)
		}
		s.AddTool(mcp.NewTool("secret"), nil)
		s.AddPrompt(mcp.NewPrompt("p"), func(ctx context.Context, _ mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return mcp.NewGetPromptResult("", []mcp.PromptMessage{mcp.NewPromptMessage(mcp.RoleUser, mcp.NewTextContent(who(ctx)))}), nil
		})
		s.AddResource(mcp.NewResource("r://r", "r"), func(ctx context.Context, _ mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			return []mcp.ResourceContents{mcp.TextResourceContents{URI: "r://r", Text: who(ctx)}}, nil
		})
	}
}

type whoCompletes struct{}

// CompletePromptArgument implements server.PromptCompletionProvider.
func (whoCompletes) CompletePromptArgument(ctx context.Context, _ string, _ mcp.CompleteArgument, _ mcp.CompleteContext) (*mcp.Completion, error) {
	return &mcp.Completion{Values: []string{who(ctx)}}, nil
}

// Many callers do everything at once, with the same ids, the same progress tokens and each other's
// session ids, in both eras; none reads a word of another's, and nobody's call is cut off.
func TestNothingOfOneReachesAnother(t *testing.T) {
	t.Parallel()
	s := start(t, secretive)
	shared := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: isolated}}
	defer shared.CloseIdleConnections()
	for round := range rounds {
		var group sync.WaitGroup
		for i := range isolated {
			name := fmt.Sprintf("caller%02d-", i)
			group.Go(func() {
				other := fmt.Sprint((i + 1) % isolated)
				for _, m := range everything(name, round%2 == 1) {
					body, err := ask(t.Context(), shared, s.URL+"/mcp/x/"+name, name, other, m)
					if err != nil {
						t.Error(err)
						return
					}
					alone(t, name, m, body)
				}
			})
		}
		group.Wait()
	}
}

// message is a request as it is sent.
type message struct {
	verb, method, body string
	modern             bool
	want               string // in the answer
}

// everything is what a caller does in a round; the call comes last, where all callers meet, and the
// cancel before it has an id that a call of everybody's has.
func everything(name string, isModern bool) []message {
	meta := ""
	if isModern {
		meta = modernMeta + ","
	}
	post := func(method, params, want string) message {
		if params != "" {
			params += ","
		}
		return message{"POST", method, rpc(1, method, `{`+params+`"_meta":{`+meta+`"progressToken":"p"}}`), isModern, want}
	}
	list := []message{
		post("tools/list", "", `"of_`+name+`"`),
		post("prompts/get", `"name":"p"`, name),
		post("resources/read", `"uri":"r://r"`, name),
		post("completion/complete", `"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""}`, name),
		{"POST", "notifications/cancelled", `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`, isModern, ""},
		{"GET", "", "", false, "stateless"},
		{"DELETE", "", "", false, "stateless"},
		{"POST", "", `{"jsonrpc":"2.0","id":1,"result":{"stolen":true}}`, false, "takes no responses"},
	}
	if isModern {
		list = append(list, post("server/discover", "", "2026-07-28"))
	} else {
		list = append(list, post("logging/setLevel", `"level":"emergency"`, `"result"`), post("resources/subscribe", `"uri":"r://r"`, `"result"`), post("ping", "", `"result"`))
	}
	return append(list, post("tools/call", `"name":"secret","arguments":{"a":1}`, name))
}

func ask(ctx context.Context, client *http.Client, url, name, other string, m message) (string, error) {
	req, err := http.NewRequestWithContext(ctx, m.verb, url, bytes.NewBufferString(m.body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	req.Header.Set("Authorization", name)
	req.Header.Set("Mcp-Session-Id", other)
	if m.modern {
		modern(m.method, map[string]string{"tools/call": "secret", "prompts/get": "p", "resources/read": "r://r"}[m.method])(req)
	} else {
		req.Header.Set("Last-Event-ID", other)
	}
	res, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	return string(raw), err
}

// alone looks for words of others in an answer, and for what must be in it.
func alone(t *testing.T, name string, m message, body string) {
	t.Helper()
	if !strings.Contains(body, m.want) {
		t.Errorf("%s %s of %s: %s", m.verb, m.method, name, body)
	}
	if rest := strings.ReplaceAll(body, name, ""); strings.Contains(rest, "caller") || strings.Contains(rest, "cut off") {
		t.Errorf("%s %s of %s has what is another's: %s", m.verb, m.method, name, body)
	}
	if m.method == "tools/call" && strings.Count(body, name) != 4 {
		t.Errorf("the stream of %s lacks something: %s", name, body)
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
		res := send(t.Context(), t, "POST", s.URL+"/mcp", rpc(id, "subscriptions/listen", `{"notifications":{`+filter+`},"_meta":{`+modernMeta+`}}`), modern("subscriptions/listen", ""))
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
		t.Error(got)
	}
	if got := prompts.next(t); !strings.Contains(got, "prompts/list_changed") || !strings.Contains(got, `"io.modelcontextprotocol/subscriptionId":2`) {
		t.Error(got)
	}
}
