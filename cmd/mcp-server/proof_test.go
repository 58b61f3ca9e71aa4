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
)

// stack is the whole server in front of its sandbox, in this process.
type stack struct {
	mcpURL, sandboxURL string
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

// newStackWith serves what the arguments say until the test ends, and then expects a clean drain.
func newStackWith(t *testing.T, log io.Writer, pause func(context.Context, time.Duration) error, args ...string) *stack {
	t.Helper()
	cfg, err := load("serve", args, nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.pause = pause
	a, err := build(t.Context(), cfg, newLog(log))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	served := make(chan error, 1)
	go func() { served <- a.server.Serve(ctx, a.listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
		a.close()
		http.DefaultClient.CloseIdleConnections()
	})
	s := &stack{mcpURL: a.mcpURL}
	if a.sandbox != nil {
		s.sandboxURL = a.sandbox.url.String()
	}
	return s
}

// post sends a body as one account of the sandbox and gives the whole answer.
func (s *stack) post(ctx context.Context, url, account, body string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	if account != "" {
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
		t.Fatalf("%s: %d %s %v", what, status, answer, err)
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
	look, _ := items[0].(map[string]any)["id"].(string)
	return fmt.Sprintf(`{"avatar_id":%q,"script":"Hello there, and welcome."}`, look)
}

// TestOneVideoForOneWish holds, through every layer, that a create makes and costs one video: when
// its answer is lost, when the client leaves, and when the client repeats it.
func TestOneVideoForOneWish(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for _, fault := range []string{"lost", "html_502", "rate_limit", "none"} {
		account := "one-" + strings.ReplaceAll(fault, "_", "-")
		args := s.create(t, account)
		if fault != "none" {
			s.control(t, "faults", fmt.Sprintf(`{"method":"POST","path":"/v3/videos","fault":%q,"times":1}`, fault))
		}
		first := s.tool(t, account, "create_video_from_avatar", args)
		again := s.tool(t, account, "create_video_from_avatar", args)
		if first["video_id"] == nil || first["video_id"] != again["video_id"] {
			t.Errorf("%s: %v, then %v", fault, first, again)
		}
		if n := s.videos(t, account); n != 1 {
			t.Errorf("%s: %d videos", fault, n)
		}
		before := s.tool(t, account, "get_current_user", `{}`)["wallet"].(map[string]any)["remaining_balance"].(float64)
		s.control(t, "clock", `{"advance_seconds":3600}`)
		after := s.tool(t, account, "get_current_user", `{}`)["wallet"].(map[string]any)["remaining_balance"].(float64)
		if cost := 100 - after; before < after || cost <= 0 || cost > 0.2 {
			t.Errorf("%s: a video of two seconds cost %.4f USD", fault, cost)
		}
	}
}

// TestClientLeavesACreate holds that a create goes on when its client goes.
func TestClientLeavesACreate(t *testing.T) {
	t.Parallel()
	refused, gone := make(chan struct{}), make(chan struct{})
	s := newStackWith(t, io.Discard, func(ctx context.Context, _ time.Duration) error {
		close(refused)
		<-gone
		return ctx.Err()
	}, fastSandbox()...)
	args := s.create(t, "leaver")
	// The first try is refused, so that the client has certainly left before the one that counts.
	s.control(t, "faults", `{"method":"POST","path":"/v3/videos","fault":"rate_limit","times":1}`)
	ctx, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, _, err := s.post(ctx, s.mcpURL, "leaver", rpc("create_video_from_avatar", args, ""))
		left <- err
	}()
	<-refused
	leave()
	if err := <-left; err == nil {
		t.Error("the client did not leave")
	}
	close(gone)
	s.until(t, func(calls []call) bool {
		tries := only(calls, "leaver", "POST")
		return len(tries) == 2 && tries[1].Status == http.StatusOK && tries[1].Key == tries[0].Key
	})
	if n := s.videos(t, "leaver"); n != 1 {
		t.Errorf("%d videos", n)
	}
	if again := s.tool(t, "leaver", "create_video_from_avatar", args); again["video_id"] == nil || s.videos(t, "leaver") != 1 {
		t.Errorf("asked again: %v", again)
	}
}

// TestTwoCallers holds that callers who use the same ids at the same time keep to themselves.
func TestTwoCallers(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	s.control(t, "clock", `{"hold":true}`)
	callers := []string{"ana", "bo"}
	ids := map[string]string{}
	for _, who := range callers {
		id, _ := s.tool(t, who, "create_video_from_avatar", s.create(t, who))["video_id"].(string)
		ids[who] = id
	}
	// ana waits for one job and bo for two, so that their progress can be told apart.
	wait := map[string]string{
		"ana": fmt.Sprintf(`{"kind":"video","ids":[%q]}`, ids["ana"]),
		"bo":  fmt.Sprintf(`{"kind":"video","ids":[%q,%q]}`, ids["bo"], ids["ana"]),
	}
	answers := map[string]string{}
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, who := range callers {
		all.Go(func() {
			_, body, err := s.post(t.Context(), s.mcpURL, who, rpc("wait_for_jobs", wait[who], `,"_meta":{"progressToken":"p"}`))
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			answers[who] = body
			mu.Unlock()
		})
	}
	polls := func(calls []call, who string) int {
		n := 0
		for _, c := range calls {
			if c.Account == who && strings.HasSuffix(c.Path, "/statuses") {
				n++
			}
		}
		return n
	}
	s.until(t, func(calls []call) bool { return polls(calls, "ana") > 0 && polls(calls, "bo") > 0 })
	if status, body, err := s.post(t.Context(), s.mcpURL, "bo", `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`); err != nil || status != http.StatusAccepted {
		t.Errorf("a cancel: %d %s %v", status, body, err)
	}
	s.control(t, "clock", `{"advance_seconds":3600}`)
	all.Wait()

	if res := result(t, answers["ana"]); res["finished"] != true || len(res["done"].([]any)) != 1 {
		t.Errorf("ana: %v", res)
	}
	if res := result(t, answers["bo"]); res["finished"] != true || len(res["unknown"].([]any)) != 1 {
		t.Errorf("bo sees more than what is hers: %v", res)
	}
	if !strings.Contains(answers["ana"], "of 1 done") || strings.Contains(answers["ana"], "of 2 done") ||
		!strings.Contains(answers["bo"], "of 2 done") || strings.Contains(answers["bo"], "of 1 done") {
		t.Errorf("progress went astray:\n%s\n%s", answers["ana"], answers["bo"])
	}
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
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.sandboxURL+"/_sandbox/calls", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatalf("the sandbox never saw what was hoped for: %v", err)
		}
		var calls []call
		err = json.NewDecoder(res.Body).Decode(&calls)
		_ = res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if hoped(calls) {
			return
		}
	}
}
