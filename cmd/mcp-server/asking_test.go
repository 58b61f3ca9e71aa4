package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// ask2026 calls a tool of the account ana as a client of 2026-07-28 that can ask its person, with
// what more the params hold, and gives the result.
func (s *stack) ask2026(t *testing.T, tool, args, more string) map[string]any {
	t.Helper()
	params := `"name":"` + tool + `","arguments":` + args + more
	_, body := s.askWith(t, "ana", "tools/call", tool, params, `{"elicitation":{}}`)
	var reply struct {
		Result map[string]any `json:"result"`
	}
	if err := json.Unmarshal([]byte(body), &reply); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return reply.Result
}

// TestCallbacksLeadWhereTheOperatorSaid holds the setting against the whole server: set, others are refused; unset, a
// client that cannot ask its person is refused, the server's own host passes, and a client that can asks for any other.
func TestCallbacksLeadWhereTheOperatorSaid(t *testing.T) {
	t.Parallel()
	const evil = `{"url":"https://evil.example/hook"}`
	set := newStack(t, "--toolsets", "all", "--callback-hosts", "hooks.example")
	if res := set.tool(t, "ana", "create_webhook_endpoint", `{"url":"https://hooks.example/a"}`); res["error"] != nil {
		t.Errorf("a named host: %v", res)
	}
	for _, res := range []map[string]any{set.tool(t, "ana", "create_webhook_endpoint", evil), set.ask2026(t, "create_webhook_endpoint", evil, "")["structuredContent"].(map[string]any)} {
		if text, _ := json.Marshal(res); res["error_code"] != "callback_not_allowed" || res["param"] != "url" || !strings.Contains(string(text), "--callback-hosts") {
			t.Errorf("another host: %s", text)
		}
	}
	unset := newStack(t, "--toolsets", "all")
	if res := unset.tool(t, "ana", "create_webhook_endpoint", evil); res["error_code"] != "callback_not_allowed" {
		t.Errorf("without asking: %v", res)
	}
	if res := unset.tool(t, "ana", "create_webhook_endpoint", `{"url":"http://127.0.0.1:9/hook"}`); res["error"] != nil {
		t.Errorf("its own host: %v", res)
	}
	question, _ := json.Marshal(unset.ask2026(t, "create_webhook_endpoint", evil, ""))
	if !strings.Contains(string(question), `"input_required"`) || !strings.Contains(string(question), "https://evil.example") {
		t.Errorf("it asks %s", question)
	}
}

// TestStrictWantsAPerson holds that no argument stands for the user's answer where the operator said so.
func TestStrictWantsAPerson(t *testing.T) {
	t.Parallel()
	s := newStack(t, "--toolsets", "all", "--confirm", "all", "--confirm-strict")
	for _, args := range []string{`{"name":"Drafts"}`, `{"name":"Drafts","confirm":true}`} {
		res := s.tool(t, "ana", "create_folder", args)
		if text, _ := json.Marshal(res); res["error_code"] != "confirmation_required" || !strings.Contains(string(text), "elicitation") || !strings.Contains(string(text), "--confirm-strict") {
			t.Errorf("%s: got %s, want error_code %q, %q in it and %q in it", args, text, "confirmation_required", "elicitation", "--confirm-strict")
		}
	}
	asked := s.ask2026(t, "create_folder", `{"name":"Drafts"}`, "")
	state, _ := json.Marshal(asked["requestState"])
	yes := `,"requestState":` + string(state) + `,"inputResponses":{"confirm":{"action":"accept","content":{"confirm":true}}}`
	if res := s.ask2026(t, "create_folder", `{"name":"Drafts"}`, yes); res["isError"] == true || res["structuredContent"] == nil {
		t.Errorf("the user agreed: %v", res)
	}
}
