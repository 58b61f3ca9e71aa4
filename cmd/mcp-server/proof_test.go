package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/cmd/mcp-server/demo"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/tools"
)

// TestOneVideoForOneWish holds, through every layer, that a create makes and costs one video: when
// its answer is lost, when the client leaves, and when the client repeats it.
func TestOneVideoForOneWish(t *testing.T) {
	t.Parallel()
	oneForOneWish(t, newStack(t))
}

func oneForOneWish(t *testing.T, s *stack) {
	t.Helper()
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

// TestRenewedTokenIsTheSameCaller holds that a create which is repeated after a token was renewed makes
// one video: the key of the create comes from the account and not from the token.
func TestRenewedTokenIsTheSameCaller(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	args := s.create(t, "renewer")
	made := map[any]string{}
	for range 2 {
		token, err := demo.SignIn(t.Context(), s.mcpURL, "renewer", func(string, string) {})
		if err != nil {
			t.Fatal(err)
		}
		made[s.tool(t, "Bearer "+token, "create_video_from_avatar", args)["video_id"]] = token
	}
	if n := s.videos(t, "renewer"); n != 1 || len(made) != 1 {
		t.Errorf("%d videos: %v", n, made)
	}
}

// TestReadOnly holds that --read-only leaves out, over HTTP, whatever changes anything.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	s := newStack(t, "--read-only", "--toolsets", "all")
	client, err := demo.Connect(t.Context(), s.mcpURL+"/key", settings.SandboxKey, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Close() }()
	page, err := client.Client.ListTools(t.Context(), mcp.ListToolsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, tool := range page.Tools {
		listed[tool.Name] = true
		if tool.Annotations.ReadOnlyHint == nil || !*tool.Annotations.ReadOnlyHint {
			t.Errorf("%s is listed", tool.Name)
		}
	}
	for _, info := range tools.Describe() {
		if info.Effect == tools.Reads && slices.Contains(info.Toolsets, tools.Core) && !listed[info.Name] {
			t.Errorf("%s is missing, though it only reads", info.Name)
		}
		if info.Effect == tools.Reads {
			continue
		}
		// Not listed is not enough: a client may know the name.
		_, body, err := s.post(t.Context(), s.mcpURL, "demo", rpc(info.Name, `{}`, ""))
		if err != nil || !strings.Contains(body, `"error"`) || strings.Contains(body, "structuredContent") {
			t.Errorf("%s: got %s, %v, want no error, %q in it and no %q in it", info.Name, body, err, `"error"`, "structuredContent")
		}
	}
	for _, c := range s.seen(t) {
		if c.Method != http.MethodGet {
			t.Errorf("HeyGen was asked for %s %s", c.Method, c.Path)
		}
	}
}

// TestSingleNamesNoAuthorizationServer holds that nobody is sent to sign in where one key serves all.
func TestSingleNamesNoAuthorizationServer(t *testing.T) {
	t.Parallel()
	s := newStack(t, "--auth", "single")
	for _, path := range []string{"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, strings.TrimSuffix(s.mcpURL, "/mcp")+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: got %s, %v, want no error and res.StatusCode %v", path, res.Status, err, http.StatusNotFound)
		}
	}
	if user := s.tool(t, "", "get_current_user", `{}`); user["username"] != "demo" {
		t.Errorf("the operator's key belongs to %v", user)
	}
}

// TestTwoCallers holds that callers who use the same ids at the same time keep to themselves.
func TestTwoCallers(t *testing.T) {
	t.Parallel()
	twoCallers(t, newStack(t))
}

func twoCallers(t *testing.T, s *stack) {
	t.Helper()
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
	if res := result(t, answers["bo"]); res["finished"] != true || len(res["done"].([]any)) != 1 || len(res["unknown"].([]any)) != 1 {
		t.Errorf("bo sees more than what is hers: %v", res)
	}
	if !strings.Contains(answers["ana"], "of 1 done") || strings.Contains(answers["ana"], "of 2 done") ||
		!strings.Contains(answers["bo"], "of 2 done") || strings.Contains(answers["bo"], "of 1 done") {
		t.Errorf("progress went astray:\n%s\n%s", answers["ana"], answers["bo"])
	}
}
