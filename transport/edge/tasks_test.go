package edge_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

const tasksMeta = `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}`

// withTasks has a tool that defers, and tasks of every state by their names.
func withTasks(p *edge.Config) {
	at := time.Date(2026, 11, 1, 12, 0, 0, 5e6, time.UTC)
	task := func(id, status string) *exchange.Task {
		return &exchange.Task{ID: id, Status: status, Created: at, Seen: at.Add(time.Second), Life: time.Hour, Poll: 5 * time.Second}
	}
	tools := p.Call
	p.Call = func(ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool) {
		if name == "asks" && exchange.From(ctx).TakesTasks() {
			made := task("new", exchange.Working)
			made.Message, made.Result = "has begun", mcp.NewToolResultText("must not be told yet")
			return exchange.Outcome{Task: made}, true
		}
		return tools(ctx, name, args, progress)
	}
	known := func(id string) bool { return id != "unknown" }
	p.Tasks = &edge.Tasks{
		Get: func(_ context.Context, id string) (exchange.Outcome, bool) {
			switch id {
			case "refused":
				return exchange.Refused(mcp.INTERNAL_ERROR, "HeyGen is away", nil), true
			case "done":
				t := task(id, exchange.Completed)
				t.Result = mcp.NewToolResultError("it failed & <was> told")
				return exchange.Outcome{Task: t}, true
			case "failed":
				t := task(id, exchange.Failed)
				t.Fault = &exchange.Refusal{Code: mcp.INTERNAL_ERROR, Message: "it broke"}
				return exchange.Outcome{Task: t}, true
			case "working":
				return exchange.Outcome{Task: task(id, exchange.Working)}, true
			}
			return exchange.Outcome{}, false
		},
		Update: func(_ context.Context, id string, _ mcp.InputResponses) (exchange.Outcome, bool) {
			return exchange.Outcome{}, known(id)
		},
		Cancel: func(_ context.Context, id string) (exchange.Outcome, bool) {
			if id == "unstoppable" {
				return exchange.Outcome{Note: "it goes on"}, true
			}
			return exchange.Outcome{}, known(id)
		},
		ForbidsCancel: func(ctx context.Context) string {
			if who(ctx) == "reader" {
				return `Bearer error="insufficient_scope"`
			}
			return ""
		},
	}
}

// askTask makes a request of the Tasks extension.
func askTask(t *testing.T, s *stack, method, id, meta string) (int, string) {
	t.Helper()
	raw, err := json.Marshal(id)
	if err != nil {
		t.Fatal(err)
	}
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, method, `{"taskId":`+string(raw)+`,"_meta":{`+meta+`}}`), edgetest.Modern(method, id))
	return res.StatusCode, edgetest.Text(t, res)
}

func TestACallBecomesATask(t *testing.T) {
	t.Parallel()
	s := start(t, withTasks)
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "asks", `{}`, tasksMeta), edgetest.Modern("tools/call", "asks"))
	body := edgetest.Text(t, res)
	edgetest.Wants(t, body, `"resultType":"task"`, `"taskId":"new"`, `"status":"working"`, `"statusMessage":"has begun"`, `"createdAt":"2026-11-01T12:00:00.005Z"`,
		`"lastUpdatedAt":"2026-11-01T12:00:01.005Z"`, `"ttlMs":3600000`, `"pollIntervalMs":5000`, `"io.modelcontextprotocol/serverInfo"`)
	if res.StatusCode != http.StatusOK || strings.Contains(body, "must not be told") || strings.Contains(body, `"content"`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	// Without the declaration, and in the older era, the same call is none.
	for name, edit := range map[string]struct {
		meta string
		edit func(*http.Request)
	}{"undeclared": {edgetest.ModernMeta, edgetest.Modern("tools/call", "asks")}, "older": {`"x":1`, nil}} {
		if body := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "asks", `{}`, edit.meta), edit.edit)); strings.Contains(body, "taskId") {
			t.Errorf("%s: %s", name, body)
		}
	}
}

func TestTasksAreTold(t *testing.T) {
	t.Parallel()
	s := start(t, withTasks)
	for _, c := range []struct {
		method, id, meta string
		status           int
		wants            []string
		lacks            string
	}{
		{"tasks/get", "working", tasksMeta, 200, []string{`"resultType":"complete"`, `"taskId":"working"`, `"status":"working"`}, `"result":{"content`},
		{"tasks/get", "done", tasksMeta, 200, []string{`"status":"completed"`, `"text":"it failed & <was> told"`, `"isError":true`}, `"error":`},
		{"tasks/get", "failed", tasksMeta, 200, []string{`"status":"failed"`, `"error":{"code":-32603,"message":"it broke"}`}, `"content"`},
		{"tasks/get", "refused", tasksMeta, 200, []string{`"code":-32603`, "HeyGen is away"}, `"result"`},
		{"tasks/get", "unknown", tasksMeta, 400, []string{`"code":-32602`, "no such task"}, `"result"`},
		{"tasks/get", "", tasksMeta, 400, []string{`"code":-32020`}, `"result"`},
		{"tasks/get", "working", edgetest.ModernMeta, 400, []string{`"code":-32021`, `"requiredCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}`}, `"result"`},
		{"tasks/update", "working", tasksMeta, 200, []string{`"resultType":"complete"`}, "taskId"},
		{"tasks/update", "unknown", tasksMeta, 400, []string{`"code":-32602`}, `"result"`},
		{"tasks/update", "working", edgetest.ModernMeta, 400, []string{`"code":-32021`}, `"result"`},
		{"tasks/cancel", "working", tasksMeta, 200, []string{`"resultType":"complete"`}, "taskId"},
		{"tasks/cancel", "unstoppable", tasksMeta, 200, []string{`"resultType":"complete"`, `"message":"it goes on"`, `"io.modelcontextprotocol/serverInfo"`}, "taskId"},
		{"tasks/cancel", "unknown", tasksMeta, 400, []string{`"code":-32602`}, `"result"`},
		{"tasks/cancel", "working", edgetest.ModernMeta, 400, []string{`"code":-32021`}, `"result"`},
		{"tasks/list", "x", tasksMeta, 404, []string{`"code":-32601`}, `"result"`},
		{"tasks/result", "working", tasksMeta, 404, []string{`"code":-32601`}, `"result"`},
	} {
		status, body := askTask(t, s, c.method, c.id, c.meta)
		edgetest.Wants(t, body, append(c.wants, `"jsonrpc":"2.0"`, `"id":1`)...)
		if status != c.status || strings.Contains(body, c.lacks) {
			t.Errorf("%s %s: %d %s", c.method, c.id, status, body)
		}
	}
}

// A proxy routes by the header, so it must say what the body does.
func TestTaskHeaders(t *testing.T) {
	t.Parallel()
	s := start(t, withTasks)
	body := edgetest.RPC(1, "tasks/get", `{"taskId":"working","_meta":{`+tasksMeta+`}}`)
	for name, edit := range map[string]func(*http.Request){
		"another task":   edgetest.Modern("tasks/get", "done"),
		"no task":        edgetest.Modern("tasks/get", ""),
		"another method": edgetest.Modern("tasks/cancel", "working"),
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", body, edit)
		if got := edgetest.Text(t, res); res.StatusCode != http.StatusBadRequest || !strings.Contains(got, `"code":-32020`) {
			t.Errorf("%s: %d %s", name, res.StatusCode, got)
		}
	}
}

func TestTasksOfTheOlderEra(t *testing.T) {
	t.Parallel()
	s := start(t, withTasks)
	for _, method := range []string{"tasks/get", "tasks/update", "tasks/cancel", "tasks/list", "tasks/result"} {
		body := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, method, `{"taskId":"working"}`), nil))
		edgetest.Wants(t, body, `"code":-32601`)
	}
}

func TestCancelNeedsItsScope(t *testing.T) {
	t.Parallel()
	s := start(t, withTasks)
	ask := func(method, as string) (status int, challenge string) {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, method, `{"taskId":"working","_meta":{`+tasksMeta+`}}`), func(r *http.Request) {
			edgetest.Modern(method, "working")(r)
			r.Header.Set("Authorization", as)
		})
		return res.StatusCode, res.Header.Get("WWW-Authenticate")
	}
	if status, challenge := ask("tasks/cancel", "reader"); status != http.StatusForbidden || !strings.Contains(challenge, "insufficient_scope") {
		t.Errorf("%d %s", status, challenge)
	}
	for method, as := range map[string]string{"tasks/cancel": "writer", "tasks/get": "reader"} {
		if status, _ := ask(method, as); status != http.StatusOK {
			t.Errorf("%s as %s: %d", method, as, status)
		}
	}
}

// Whoever wants to be told of tasks must have declared that it knows them.
func TestListensToTasks(t *testing.T) {
	t.Parallel()
	s := start(t, withTasks)
	listen := func(meta string) (status int, first string) {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.RPC(1, "subscriptions/listen", `{"notifications":{"taskIds":["working"],"toolsListChanged":true},"_meta":{`+meta+`}}`), edgetest.Modern("subscriptions/listen", ""))
		return res.StatusCode, edgetest.Line(t, bufio.NewReader(res.Body), `"jsonrpc"`)
	}
	if status, body := listen(edgetest.ModernMeta); status != http.StatusBadRequest || !strings.Contains(body, `"code":-32021`) {
		t.Errorf("%d %s", status, body)
	}
	if status, body := listen(tasksMeta); status != http.StatusOK || !strings.Contains(body, "acknowledged") || strings.Contains(body, "taskIds") {
		t.Errorf("%d %s", status, body)
	}
}
