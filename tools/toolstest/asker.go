package toolstest

import (
	"encoding/json"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/tools"
)

// Asker is a client of revision 2026-07-28 that can ask its user.
type Asker struct {
	*Bench
	Elicitation *mcp.ElicitationCapability // nil: it cannot
}

// What a user answers.
const (
	Agrees    = `{"action":"accept","content":{"confirm":true}}`
	Disagrees = `{"action":"accept","content":{"confirm":false}}`
	Declines  = `{"action":"decline"}`
	Cancels   = `{"action":"cancel"}`
)

// NewAsker is a client of a server that asks about what confirm says.
func NewAsker(t *testing.T, confirm string) Asker {
	t.Helper()
	b := New(t)
	b.Change(t, func(c *tools.Config) { c.Confirm = confirm })
	return Asker{b, &mcp.ElicitationCapability{}}
}

// Try makes a call with answers to what an earlier one asked.
func (a Asker) Try(
	t *testing.T, tool, args, state string, answers map[string]string,
) (*mcp.CallToolResult, *exchange.Refusal) {
	t.Helper()
	x := &exchange.Exchange{Modern: true, RequestState: state, InputResponses: mcp.InputResponses{}, Notify: func(string, any) {}}
	x.Capabilities.Elicitation = a.Elicitation
	raw := map[string]json.RawMessage{}
	for id, answer := range answers {
		raw[id] = json.RawMessage(answer)
	}
	body, err := json.Marshal(raw)
	if err == nil {
		err = json.Unmarshal(body, &x.InputResponses)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, known := a.Call(exchange.With(t.Context(), x), tool, json.RawMessage(args), nil)
	if !known {
		t.Fatalf("no tool %s", tool)
	}
	return out.Result, out.Refusal
}

// Asks makes a call that must ask whether the user agrees, and gives the question and the state.
func (a Asker) Asks(t *testing.T, tool, args string) (mcp.ElicitationParams, string) {
	t.Helper()
	res, _ := a.Try(t, tool, args, "", nil)
	if res == nil {
		t.Fatalf("%s %s was rejected", tool, args)
	}
	asked, ok := res.InputRequests["confirm"]
	if res.ResultType != mcp.ResultTypeInputRequired || !ok || len(res.InputRequests) != 1 || res.RequestState == "" {
		t.Fatalf("%s %s: %+v", tool, args, res)
	}
	return *asked.Elicitation, res.RequestState
}

// Code is the code of a refusal.
func Code(t *testing.T, res *mcp.CallToolResult) string {
	t.Helper()
	var r struct {
		Code string `json:"error_code"`
	}
	if err := json.Unmarshal(res.RawStructuredContent, &r); err != nil {
		t.Fatalf("%v in %+v", err, res)
	}
	return r.Code
}

// Quote is s as a JSON string.
func Quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}
