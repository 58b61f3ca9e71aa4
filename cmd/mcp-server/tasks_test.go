package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// What a client of 2026-07-28 declares that takes tasks and can ask its person.
const (
	takesTasks = `"extensions":{"io.modelcontextprotocol/tasks":{}}`
	canAsk     = `"elicitation":{}`
)

// modernReply is what these tests read of a result.
type modernReply struct {
	Result struct {
		Type      string                     `json:"resultType"`
		TaskID    string                     `json:"taskId"`
		Status    string                     `json:"status"`
		Poll      int                        `json:"pollIntervalMs"`
		State     string                     `json:"requestState"`
		Questions map[string]json.RawMessage `json:"inputRequests"`
		Error     bool                       `json:"isError"`
		Data      map[string]any             `json:"structuredContent"`
		Result    struct {
			Error bool           `json:"isError"`
			Data  map[string]any `json:"structuredContent"`
		} `json:"result"`
	} `json:"result"`
	Error struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// modern makes a request of 2026-07-28 as an account; named is what its header Mcp-Name says.
func (s *stack) modern(t *testing.T, account, method, named, params, capabilities string) modernReply {
	t.Helper()
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":%q,"params":{%s,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{%s}}}}`,
		method, params, capabilities)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.mcpURL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "X-Api-Key": "sk_sandbox_" + account,
		"Mcp-Protocol-Version": "2026-07-28", "Mcp-Method": method, "Mcp-Name": named,
	} {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimPrefix(strings.TrimSpace(string(raw)), "event: message\ndata: ")
	var reply modernReply
	if err := json.Unmarshal([]byte(text), &reply); err != nil {
		t.Fatalf("%v in %s", err, raw)
	}
	return reply
}

// call makes a tools/call, with more members of its params.
func (s *stack) modernCall(t *testing.T, account, tool, args, more, capabilities string) modernReply {
	t.Helper()
	return s.modern(t, account, "tools/call", tool, fmt.Sprintf(`"name":%q,"arguments":%s%s`, tool, args, more), capabilities)
}

func (s *stack) task(t *testing.T, account, method, id string) modernReply {
	t.Helper()
	return s.modern(t, account, method, id, fmt.Sprintf(`"taskId":%q`, id), takesTasks)
}

// replicas are two servers on one HeyGen and one directory, as behind a balancer.
func replicas(t *testing.T, more ...string) (one, two *stack) {
	t.Helper()
	dir := t.TempDir()
	one = newStack(t, append(more, "--data-dir", dir)...)
	two = newStackWith(t, io.Discard, noPause, append(more, "--data-dir", dir, "--listen", "127.0.0.1:0", "--auth", "direct",
		"--heygen-url", one.sandboxURL, "--authorization-server", one.sandboxURL)...)
	two.sandboxURL = one.sandboxURL
	return one, two
}

// A task belongs to its account, on whichever replica it is asked for.
func TestTasksAcrossReplicas(t *testing.T) {
	t.Parallel()
	one, two := replicas(t)
	made := one.modernCall(t, "ann", "create_video_from_avatar", one.create(t, "ann"), "", takesTasks)
	id := made.Result.TaskID
	if made.Result.Type != "task" || id == "" || made.Result.Status != "working" || made.Result.Poll <= 0 {
		t.Fatalf("got %+v, want %q, id not empty, %q and made.Result.Poll above %v", made, "task", "working", 0)
	}
	if strings.Contains(id, "video") || len(id) > 400 {
		t.Errorf("the id says too much: %s", id)
	}
	for _, s := range []*stack{one, two} {
		if got := s.task(t, "ann", "tasks/get", id); got.Result.TaskID != id {
			t.Errorf("got %+v, want %v", got, id)
		}
		for _, method := range []string{"tasks/get", "tasks/update", "tasks/cancel"} {
			if got := s.task(t, "bob", method, id); got.Error.Code != -32602 || got.Result.Type != "" {
				t.Errorf("%s as another account: %+v", method, got)
			}
		}
	}
	one.control(t, "clock", `{"advance_seconds":3600}`)
	done := two.task(t, "ann", "tasks/get", id)
	if done.Result.Status != "completed" || done.Result.Result.Error || done.Result.Result.Data["video_url"] == nil {
		t.Errorf("got %+v, want %q, done.Result.Result.Error false and video_url not nil", done, "completed")
	}
	if again := one.task(t, "ann", "tasks/cancel", id); again.Result.Type != "complete" {
		t.Errorf("got %+v, want %q", again, "complete")
	}
}

// A question belongs to its account and call, whichever replica hears the answer.
func TestQuestionsAcrossReplicas(t *testing.T) {
	t.Parallel()
	one, two := replicas(t, "--confirm", "deletes")
	made := one.tool(t, "ann", "create_video_from_avatar", one.create(t, "ann"))
	args := fmt.Sprintf(`{"video_id":%q}`, made["video_id"])
	asked := one.modernCall(t, "ann", "delete_video", args, "", canAsk)
	if asked.Result.Type != "input_required" || asked.Result.State == "" || len(asked.Result.Questions) != 1 {
		t.Fatalf("got %+v, want %q, asked.Result.State not empty and len(asked.Result.Questions) %v", asked, "input_required", 1)
	}
	answer := fmt.Sprintf(`,"requestState":%q,"inputResponses":{"confirm":{"action":"accept","content":{"confirm":true}}}`, asked.Result.State)
	if foreign := two.modernCall(t, "bob", "delete_video", args, answer, canAsk); foreign.Error.Code != -32602 {
		t.Errorf("another account: %+v", foreign)
	}
	if other := two.modernCall(t, "ann", "delete_video", `{"video_id":"v"}`, answer, canAsk); other.Error.Code != -32602 {
		t.Errorf("another video: %+v", other)
	}
	if n := one.videos(t, "ann"); n != 1 {
		t.Fatalf("%d videos are left", n)
	}
	if done := two.modernCall(t, "ann", "delete_video", args, answer, canAsk); done.Error.Code != 0 || done.Result.Error || done.Result.Data["deleted"] != true {
		t.Errorf("got %+v, want %v, done.Result.Error false and %v", done, 0, true)
	}
	if n := two.videos(t, "ann"); n != 0 {
		t.Errorf("%d videos are left", n)
	}
	// A client that cannot ask, of either era, says that it has.
	for _, refused := range []map[string]any{
		one.tool(t, "ann", "delete_video", `{"video_id":"v"}`),
		one.modernCall(t, "ann", "delete_video", `{"video_id":"v"}`, "", "").Result.Data,
	} {
		if refused["error_code"] != "confirmation_required" {
			t.Errorf("got %v, want %q", refused, "confirmation_required")
		}
	}
	if gone := one.tool(t, "ann", "delete_video", `{"video_id":"v","confirm":true}`); gone["error_code"] == "confirmation_required" {
		t.Errorf("got %v, want another error_code than %v", gone, "confirmation_required")
	}
}
