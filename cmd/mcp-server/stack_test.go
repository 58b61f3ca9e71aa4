package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/heygen"
	"heygen-mcp/internal/sandbox/contract/contracttest"
)

// stack is the whole server in front of its sandbox, in this process.
type stack struct {
	mcpURL, sandboxURL string
	// bearers are the tokens of the accounts that have signed in; nil where an account comes with its key.
	bearers *bearers
	// session is the session id of requests of the older era, "" for none.
	session string
}

// newStack serves in front of a sandbox that is fast.
func newStack(t *testing.T, more ...string) *stack {
	t.Helper()
	return newStackWith(t, io.Discard, noPause, append(fastSandbox(), more...)...)
}

func fastSandbox() []string {
	return []string{"--sandbox", "--listen", "127.0.0.1:0", "--sandbox-speed", "50"}
}

// noPause repeats a call to HeyGen at once.
func noPause(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// slotBegins is a clock that starts at the beginning of a slot of ten minutes, so that a create and its
// repeat in a test never fall into two.
func slotBegins() func() time.Time {
	begun := time.Now()
	return func() time.Time {
		return time.Date(2026, time.November, 24, 12, 0, 0, 0, time.UTC).Add(time.Since(begun))
	}
}

// newStackWith serves what the arguments say until the test ends, and then expects a clean drain.
func newStackWith(t testing.TB, log io.Writer, pause func(context.Context, time.Duration) error, args ...string) *stack {
	t.Helper()
	cfg, err := settings.Load("serve", args, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pause, cfg.Clock = pause, slotBegins()
	a := serving(t, cfg, log)
	s := &stack{mcpURL: a.MCPURL}
	if a.Sandbox != nil {
		s.sandboxURL = a.Sandbox.URL.String()
	}
	return s
}

// contract is HeyGen's document, read once for all tests.
var contract = sync.OnceValues(func() (*contracttest.Document, error) { //nolint:gochecknoglobals // it is constant
	return contracttest.Read(strings.NewReader(heygen.Document()))
})

// watching puts a recorder before the sandbox, by which the test fails for each request of the server and
// each answer of the sandbox that HeyGen's document does not have. Benchmarks have none, which measure
// the server.
func watching(t testing.TB) func(http.Handler) http.Handler {
	t.Helper()
	if _, measures := t.(*testing.B); measures {
		return nil
	}
	doc, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	return func(box http.Handler) http.Handler { return contracttest.Watch(t, doc, box) }
}

// serving builds and serves until the test ends.
func serving(t testing.TB, cfg *settings.Config, log io.Writer) *app.App {
	t.Helper()
	cfg.Watch = watching(t)
	a, err := app.Build(t.Context(), cfg, observe.NewLog(log, settings.LogJSON))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- a.Server.Serve(ctx, a.Listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		a.Close()
		http.DefaultClient.CloseIdleConnections()
	})
	return a
}

// post sends a body as one account of the sandbox, by its key, or with a bearer, and gives the whole
// answer.
func (s *stack) post(ctx context.Context, url, account, body string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	if s.session != "" {
		req.Header.Set("Mcp-Session-Id", s.session)
	}
	if s.bearers != nil && account != "" && strings.HasPrefix(url, s.mcpURL) {
		if account, err = s.bearers.of(ctx, s.mcpURL, account); err != nil {
			return 0, "", err
		}
	}
	if token, ok := strings.CutPrefix(account, "Bearer "); ok {
		req.Header.Set("Authorization", "Bearer "+token)
	} else if account != "" {
		req.Header.Set("X-Api-Key", "sk_sandbox_"+account)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	return res.StatusCode, string(raw), err
}

// control drives the sandbox.
func (s *stack) control(t *testing.T, what, body string) {
	t.Helper()
	if status, answer, err := s.post(t.Context(), s.sandboxURL+"/_sandbox/"+what, "", body); err != nil || status >= 300 {
		t.Fatalf("%s: got %d %s %v, want no error and status below %v", what, status, answer, err, 300)
	}
}

// rpc is a tools/call of the older era.
func rpc(tool, args, meta string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":%q,"arguments":%s%s}}`, tool, args, meta)
}

// tool calls a tool and reads its result, sent as JSON or as the last event of a stream.
func (s *stack) tool(t *testing.T, account, tool, args string) map[string]any {
	t.Helper()
	_, body, err := s.post(t.Context(), s.mcpURL, account, rpc(tool, args, ""))
	if err != nil {
		t.Fatal(err)
	}
	return result(t, body)
}

// result is the structured content in an answer.
func result(t *testing.T, body string) map[string]any {
	t.Helper()
	for line := range strings.Lines(body) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "data: ")
		var reply struct {
			Result struct {
				Structured map[string]any `json:"structuredContent"`
			} `json:"result"`
		}
		if json.Unmarshal([]byte(line), &reply) == nil && reply.Result.Structured != nil {
			return reply.Result.Structured
		}
	}
	t.Fatalf("no result in %q", body)
	return nil
}

// videos counts what an account has, and create is the arguments of one more.
func (s *stack) videos(t *testing.T, account string) int {
	t.Helper()
	items, _ := s.tool(t, account, "list_videos", `{"limit":100}`)["items"].([]any)
	return len(items)
}

func (s *stack) create(t *testing.T, account string) string {
	t.Helper()
	items, _ := s.tool(t, account, "list_avatar_looks", `{"limit":1,"ownership":"public"}`)["items"].([]any)
	look, _ := items[0].(map[string]any)["look_id"].(string)
	return fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there, and welcome."}`, look)
}

// call is one request that the sandbox saw.
type call struct {
	Method  string `json:"method"`
	Path    string `json:"path"`
	Account string `json:"account"`
	Key     string `json:"idempotency_key"`
	Status  int    `json:"status"`
	Done    bool   `json:"done"`
}

// only are the calls of one account with one method.
func only(calls []call, account, method string) []call {
	var out []call
	for _, c := range calls {
		if c.Account == account && c.Method == method {
			out = append(out, c)
		}
	}
	return out
}

// seen is what the sandbox was asked so far.
func (s *stack) seen(t *testing.T) []call {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.sandboxURL+"/_sandbox/calls", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var calls []call
	if err := json.NewDecoder(res.Body).Decode(&calls); err != nil {
		t.Fatal(err)
	}
	return calls
}

// until asks the sandbox again and again what it saw, until it saw what is hoped for.
func (s *stack) until(t *testing.T, hoped func([]call) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond) // a busy loop would keep the server from its work
	defer again.Stop()
	for !hoped(s.seen(t)) {
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatal("the sandbox never saw what was hoped for")
		}
	}
}
