package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// modern sends a request of revision 2026-07-28, of a client that can be asked for everything, and gives its result or
// its error. name is what the method is about, and more are members of its params.
func modern(t *testing.T, url, method, name, more string) (result map[string]any, refusal string) {
	t.Helper()
	const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":` +
		`{"elicitation":{"form":{}},"sampling":{},"roots":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}}`
	about := "name"
	if strings.HasPrefix(method, "tasks/") {
		about = "taskId"
	}
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":1,"method":%q,"params":{%q:%q,%s%s}}`, method, about, name, meta, more)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for header, value := range map[string]string{
		"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
		"Mcp-Protocol-Version": "2026-07-28", "Mcp-Method": method, "Mcp-Name": name,
	} {
		req.Header.Set(header, value)
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
	var reply struct {
		Result map[string]any `json:"result"`
		Error  *struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.Unmarshal(raw, &reply); err != nil {
		t.Fatalf("%s: %s", err, raw)
	}
	if reply.Error != nil {
		return nil, reply.Error.Message
	}
	return reply.Result, ""
}

// said is the first text of a result, or what it asks for.
func said(result map[string]any) string {
	if result["resultType"] == "input_required" {
		asked, _ := json.Marshal(result["inputRequests"])
		return string(asked)
	}
	for _, name := range []string{"content", "messages"} {
		if all, _ := result[name].([]any); len(all) > 0 {
			text, _ := json.Marshal(all[0])
			return string(text)
		}
	}
	return ""
}

// Answers to what a fixture may ask.
const (
	ana   = `{"action":"accept","content":{"name":"Ana"}}`
	paris = `{"role":"assistant","model":"m","content":{"type":"text","text":"Paris"}}`
	roots = `{"roots":[{"uri":"file:///srv"}]}`
)

// TestFixturesThatAsk holds that a fixture asks until it has an answer of the right kind, and then tells it.
func TestFixturesThatAsk(t *testing.T) {
	t.Parallel()
	url := serving(t)
	for _, c := range []struct{ method, name, question, answers, want string }{
		{"tools/call", "test_input_required_result_elicitation", "What is your name?", `"user_name":` + ana, "Hello, Ana!"},
		{"tools/call", "test_input_required_result_sampling", "capital of France", `"capital_question":` + paris, "Paris"},
		{"tools/call", "test_input_required_result_list_roots", "roots/list", `"client_roots":` + roots, "file:///srv"},
		{"tools/call", "test_input_required_result_capabilities", "Generate a greeting", "", "Generate a greeting"},
		{"prompts/get", "test_input_required_result_prompt", "What context", `"user_context":{"action":"accept","content":{"context":"x"}}`, "With your context."},
	} {
		asked, refusal := modern(t, url, c.method, c.name, "")
		if !strings.Contains(said(asked), c.question) {
			t.Errorf("%s asks %v %s, want %s", c.name, asked, refusal, c.question)
		}
		if c.answers == "" {
			continue
		}
		for answers, want := range map[string]string{c.answers: c.want, `"other":` + ana: c.question} {
			if got, refusal := modern(t, url, c.method, c.name, `,"inputResponses":{`+answers+`}`); !strings.Contains(said(got), want) {
				t.Errorf("%s answered with %s says %v %s, want %s", c.name, answers, got, refusal, want)
			}
		}
	}
	if got, refusal := modern(t, url, "tools/call", "test_input_required_result_elicitation", `,"inputResponses":{"user_name":{"action":"decline"}}`); got["isError"] == true || said(got) == "" {
		t.Errorf("somebody who says no is asked again: %v %s", got, refusal)
	}
}

// TestStatesOfRounds holds that a fixture of two rounds knows by its state which is over, and takes no state that it
// has not signed.
func TestStatesOfRounds(t *testing.T) {
	t.Parallel()
	url := serving(t)
	const tool = "test_input_required_result_multi_round"
	answered := func(state, step string) (map[string]any, string) {
		return modern(t, url, "tools/call", tool, fmt.Sprintf(`,"requestState":%q,"inputResponses":{%q:%s}`, state, step, ana))
	}
	first, _ := modern(t, url, "tools/call", tool, "")
	state, _ := first["requestState"].(string)
	if !strings.Contains(said(first), "Step 1") || state == "" {
		t.Fatalf("the first round is %v", first)
	}
	again, _ := answered(state, "step2")
	second, _ := answered(state, "step1")
	next, _ := second["requestState"].(string)
	if !strings.Contains(said(again), "Step 1") || !strings.Contains(said(second), "Step 2") {
		t.Errorf("without an answer the round is %v, with one %v", again, second)
	}
	if last, refusal := answered(next, "step2"); !strings.Contains(said(last), "state-ok") {
		t.Errorf("the last round ends with %v %s", last, refusal)
	}
	if got, refusal := answered("rr"+next, "step2"); !strings.Contains(refusal, "not one of ours") {
		t.Errorf("a state of others is taken: %v", got)
	}
}
