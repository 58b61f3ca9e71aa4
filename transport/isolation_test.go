package transport_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
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
	"heygen-mcp/transport/edge/edgetest"
)

const (
	isolated = 16 // callers
	rounds   = 8
	// listening is the id of everybody's listen stream. No other request has it: where the ids are
	// confused, one that ends would hide a stream from cancels.
	listening = 99
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
	p.Call = func(ctx context.Context, _ string, args json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool) {
		if progress != nil {
			progress(1, 2, who(ctx))
		}
		exchange.From(ctx).Notify("notifications/message", map[string]any{"level": "info", "data": who(ctx)})
		if err := b.wait(ctx); err != nil {
			return exchange.Outcome{Result: mcp.NewToolResultError("cut off")}, true
		}
		if progress != nil {
			progress(2, 2, who(ctx))
		}
		x := exchange.From(ctx)
		return exchange.Outcome{Result: mcp.NewToolResultText(fmt.Sprint(who(ctx), string(args), " level:", x.LogLevel, " state:", x.RequestState))}, true
	}
	own := func(ctx context.Context, id string) bool { return id == "task"+numberOf(who(ctx)) }
	p.Tasks = &transport.Tasks{
		Get: func(ctx context.Context, id string) (exchange.Outcome, bool) {
			return exchange.Outcome{Task: &exchange.Task{ID: id, Status: exchange.Working, Message: who(ctx)}}, own(ctx, id)
		},
		Update: func(ctx context.Context, id string, _ mcp.InputResponses) (exchange.Outcome, bool) {
			return exchange.Outcome{}, own(ctx, id)
		},
		Cancel: func(ctx context.Context, id string) (exchange.Outcome, bool) { return exchange.Outcome{}, own(ctx, id) },
	}
	p.Register = func(s *server.MCPServer) {
		for _, option := range []server.ServerOption{server.WithLogging(), server.WithCompletions(), server.WithPromptCompletionProvider(whoCompletes{}),
			server.WithResourceCompletionProvider(whoCompletes{}), server.WithResourceCapabilities(true, true), server.WithPromptCapabilities(true)} {
			option(s)
		}
		s.AddTool(mcp.NewTool("secret"), nil)
		s.AddPrompt(mcp.NewPrompt("p"), func(ctx context.Context, _ mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return mcp.NewGetPromptResult("", []mcp.PromptMessage{mcp.NewPromptMessage(mcp.RoleUser, mcp.NewTextContent(who(ctx)))}), nil
		})
		s.AddResource(mcp.NewResource("r://r", "r"), func(ctx context.Context, _ mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			return []mcp.ResourceContents{mcp.TextResourceContents{URI: "r://r", Text: who(ctx)}}, nil
		})
		s.AddPrompt(mcp.NewPrompt("fails"), func(ctx context.Context, _ mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return nil, errors.New(who(ctx))
		})
		s.AddResourceTemplate(mcp.NewResourceTemplate("r://of/{number}", "of"), func(ctx context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
			if req.Params.URI != "r://of/"+numberOf(who(ctx)) {
				return nil, &exchange.Refusal{Code: exchange.From(ctx).NotFound(), Message: "not of " + who(ctx)}
			}
			return []mcp.ResourceContents{mcp.TextResourceContents{URI: req.Params.URI, Text: who(ctx)}}, nil
		})
	}
}

type whoCompletes struct{}

// CompletePromptArgument implements server.PromptCompletionProvider.
func (whoCompletes) CompletePromptArgument(ctx context.Context, _ string, _ mcp.CompleteArgument, _ mcp.CompleteContext) (*mcp.Completion, error) {
	return &mcp.Completion{Values: []string{who(ctx)}}, nil
}

// CompleteResourceArgument implements server.ResourceCompletionProvider.
func (whoCompletes) CompleteResourceArgument(ctx context.Context, _ string, _ mcp.CompleteArgument, _ mcp.CompleteContext) (*mcp.Completion, error) {
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
			group.Go(func() { visit(t, shared, s.URL, i, round%2 == 1) })
		}
		group.Wait()
	}
}

// nameOf is a caller's name, and numberOf the caller's number as a handle has it.
func nameOf(i int) string { return fmt.Sprintf("caller%02d-", i) }

func numberOf(name string) string {
	return strings.TrimSuffix(strings.TrimPrefix(name, "caller"), "-")
}

// visit does everything as one caller, with the handles of the next.
func visit(t *testing.T, client *http.Client, url string, i int, isModern bool) {
	t.Helper()
	name, other := nameOf(i), numberOf(nameOf((i+1)%isolated))
	for _, m := range everything(name, other, isModern) {
		body, err := ask(t.Context(), client, url+"/mcp/x/"+name, name, other, m)
		if err != nil {
			t.Error(err)
			return
		}
		alone(t, name, m, body)
	}
}

// message is a request as it is sent.
type message struct {
	verb, method, named, body string
	modern                    bool
	want                      string // in the answer
}

// everything is what a caller does in a round; the call comes last, where all callers meet, and the
// cancels before it have ids that calls of everybody's have. A handle that a server gives out (a
// resource, a cursor, a session, a task, a state) is that of another here: who adds a kind of them adds
// a message with it, and what its answer may be.
func everything(name, other string, isModern bool) []message {
	meta := ""
	if isModern {
		meta = edgetest.ModernMeta + `,"io.modelcontextprotocol/logLevel":"` + levelOf(name) + `",`
	}
	named := func(method, header, params, want string) message {
		if params != "" {
			params += ","
		}
		return message{"POST", method, header, edgetest.RPC(1, method, `{`+params+`"_meta":{`+meta+`"progressToken":"p"}}`), isModern, want}
	}
	post := func(method, params, want string) message { return named(method, "", params, want) }
	cancel := func(id string) message {
		return message{"POST", "notifications/cancelled", "", `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":` + id + `,"_meta":{` + meta + `"x":1}}}`, isModern, ""}
	}
	cursor := base64.StdEncoding.EncodeToString([]byte("of_caller" + other + "-"))
	list := []message{
		post("tools/list", "", `"of_`+name+`"`),
		post("tools/list", `"cursor":""`, `"of_`+name+`"`),
		post("tools/list", `"cursor":"`+cursor+`"`, `"tools":[`),
		post("prompts/list", `"cursor":"`+cursor+`"`, `"prompts":[`),
		post("resources/list", "", "r://r"),
		post("resources/templates/list", "", "r://of/{number}"),
		named("prompts/get", "p", `"name":"p"`, name),
		named("prompts/get", "fails", `"name":"fails"`, "internal error"),
		named("resources/read", "r://r", `"uri":"r://r"`, name),
		named("resources/read", "r://of/"+numberOf(name), `"uri":"r://of/`+numberOf(name)+`"`, `"text":"`+name+`"`),
		named("resources/read", "r://of/"+other, `"uri":"r://of/`+other+`"`, "not of "+name),
		post("completion/complete", `"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""}`, name),
		post("completion/complete", `"ref":{"type":"ref/resource","uri":"r://of/{number}"},"argument":{"name":"number","value":""}`, name),
		post("subscriptions/listen", `"notifications":{}`, map[bool]string{true: "acknowledged", false: "-32601"}[isModern]),
		post("no/such", "", "-32601"),
		cancel("1"), cancel(`"1"`), cancel(other), cancel(fmt.Sprint(listening)),
		{"GET", "", "", "", false, "stateless"},
		{"DELETE", "", "", "", false, "stateless"},
		{"POST", "", "", `{"jsonrpc":"2.0","id":1,"result":{"stolen":true}}`, false, "takes no responses"},
	}
	if isModern {
		list = append(list, post("server/discover", "", "2026-07-28"))
		list = append(list, ofTasks(numberOf(name), `"statusMessage":"`+name+`"`)...)
		list = append(list, ofTasks(other, "-32602")...)
	} else {
		list = append(list, post("logging/setLevel", `"level":"emergency"`, `"result"`), post("resources/subscribe", `"uri":"r://r"`, `"result"`), post("ping", "", `"result"`))
	}
	level, state := "", name
	if isModern {
		level = levelOf(name)
	}
	return append(list, named("tools/call", "secret", `"name":"secret","requestState":"`+state+`","arguments":{"a":1}`, " level:"+level+" state:"+state+`"`))
}

// ofTasks asks for a caller's task in each way.
func ofTasks(number, want string) []message {
	var list []message
	for _, method := range []string{"tasks/update", "tasks/cancel", "tasks/get"} {
		told := want
		if want != "-32602" && method != "tasks/get" {
			told = `"resultType":"complete"`
		}
		id := "task" + number
		list = append(list, message{"POST", method, id, edgetest.RPC(1, method, `{"taskId":"`+id+`","_meta":{`+tasksMeta+`}}`), true, told})
	}
	return list
}

// levelOf is the level of logs that a caller wants: a word of each one's own.
func levelOf(name string) string { return "level" + numberOf(name) }

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
		edgetest.Modern(m.method, m.named)(req)
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
	if m.method == "tools/call" && strings.Count(body, name) != 5 {
		t.Errorf("the stream of %s lacks something: %s", name, body)
	}
}
