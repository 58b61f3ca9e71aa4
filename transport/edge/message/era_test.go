package message

import (
	"net/http"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

// parsed is a message that nothing is wrong with so far.
func parsed(t *testing.T, body string) Message {
	t.Helper()
	m, bad := Parse([]byte(body))
	if bad != nil {
		t.Fatalf("%s was refused: %s", body, bad.Text)
	}
	return m
}

// modern is a message of the newer revision, with these params beside _meta and these members in it.
func modern(t *testing.T, method, params, meta string) Message {
	t.Helper()
	return parsed(t, `{"jsonrpc":"2.0","id":1,"method":"`+method+`","params":{`+params+
		`"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"`+meta+`}}}`)
}

// headers are those of the newer revision, with others in their place, each written as name: value.
func headersOf(method string, others ...string) http.Header {
	h := http.Header{"Mcp-Protocol-Version": {"2026-07-28"}, "Mcp-Method": {method}}
	for _, other := range others {
		name, value, _ := strings.Cut(other, ": ")
		h.Set(name, value)
	}
	return h
}

// holds compares a fault with a code, 0 for none, and a part of its text.
func holds(t *testing.T, what string, bad *Fault, code int, text string) {
	t.Helper()
	switch {
	case bad == nil && code != 0:
		t.Errorf("%s was taken, want %d with %q", what, code, text)
	case bad != nil && (bad.Code != code || !strings.Contains(bad.Text, text)):
		t.Errorf("%s: got %d %q, want %d with %q", what, bad.Code, bad.Text, code, text)
	}
}

// TestModern holds what makes a message one of the newer revision: its header or its body.
func TestModern(t *testing.T) {
	t.Parallel()
	old := parsed(t, `{"id":1,"method":"ping"}`)
	for version, want := range map[string]bool{"": false, "2025-11-25": false, "2026-07-28": true} {
		if got := old.Modern(http.Header{"Mcp-Protocol-Version": {version}}); got != want {
			t.Errorf("by the header %q: got %t, want %t", version, got, want)
		}
	}
	if !modern(t, "ping", "", "").Modern(nil) {
		t.Error("a message is not known by its body")
	}
}

func TestLegacyFault(t *testing.T) {
	t.Parallel()
	m := parsed(t, `{"id":1,"method":"ping"}`)
	holds(t, "no version", m.LegacyFault(nil), 0, "")
	holds(t, "a version", m.LegacyFault(http.Header{"Mcp-Protocol-Version": {"2025-06-18"}}), 0, "")
	holds(t, "no version that there is", m.LegacyFault(http.Header{"Mcp-Protocol-Version": {"1"}}), mcp.INVALID_REQUEST, "Unsupported protocol version: 1")
}

// TestModernFault holds what headers must repeat of a body: proxies judge by them.
func TestModernFault(t *testing.T) {
	t.Parallel()
	call := modern(t, "tools/call", `"name":"a",`, "")
	for _, c := range []struct {
		name string
		m    Message
		h    http.Header
		code int
		text string
	}{
		{"a ping", modern(t, "ping", "", ""), headersOf("ping"), 0, ""},
		{"a call", call, headersOf("tools/call", "Mcp-Name: a"), 0, ""},
		{"an encoded name", call, headersOf("tools/call", "Mcp-Name: =?base64?YQ==?="), 0, ""},
		{"a task", modern(t, "tasks/get", `"taskId":"b",`, ""), headersOf("tasks/get", "Mcp-Name: b"), 0, ""},
		{"a name that is not needed", modern(t, "ping", "", ""), headersOf("ping", "Mcp-Name: a"), 0, ""},
		{"resumption", call, headersOf("tools/call", "Mcp-Name: a", "Last-Event-Id: 1"), mcp.HEADER_MISMATCH, "streams are not resumed"},
		{"no version", call, http.Header{"Mcp-Method": {"tools/call"}, "Mcp-Name": {"a"}}, mcp.HEADER_MISMATCH, "is missing"},
		{"an older body", parsed(t, `{"id":1,"method":"ping"}`), headersOf("ping"), mcp.INVALID_PARAMS, "params._meta needs"},
		{"two versions", call, headersOf("tools/call", "Mcp-Protocol-Version: 2025-06-18"), mcp.HEADER_MISMATCH, "differs from"},
		{"no method", call, http.Header{"Mcp-Protocol-Version": {"2026-07-28"}}, mcp.HEADER_MISMATCH, "the header Mcp-Method is missing"},
		{"another method", call, headersOf("tools/list"), mcp.HEADER_MISMATCH, "differs from the method"},
		{"no name", call, headersOf("tools/call"), mcp.HEADER_MISMATCH, "the header Mcp-Name is missing"},
		{"another name", call, headersOf("tools/call", "Mcp-Name: b"), mcp.HEADER_MISMATCH, "differs from params.name"},
		{"another task", modern(t, "tasks/cancel", `"taskId":"b",`, ""), headersOf("tasks/cancel", "Mcp-Name: c"), mcp.HEADER_MISMATCH, "differs from params.taskId"},
		{"a name that cannot be read", call, headersOf("tools/call", "Mcp-Name: =?base64?!?="), mcp.HEADER_MISMATCH, "is not well encoded"},
	} {
		holds(t, c.name, c.m.ModernFault(c.h), c.code, c.text)
	}
	future := parsed(t, `{"id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2031-01-01"}}}`)
	bad := future.ModernFault(headersOf("ping", "Mcp-Protocol-Version: 2031-01-01"))
	holds(t, "a version to come", bad, mcp.UNSUPPORTED_PROTOCOL_VERSION, "data.supported")
	if got := string(bad.Body(future.ID)); !strings.Contains(got, `"requested":"2031-01-01"`) || !strings.HasPrefix(got, `{"jsonrpc":"2.0","id":1,`) {
		t.Errorf("a version to come is answered with %s", got)
	}
}

// TestParamFault holds that an argument that also travels in a header says the same there.
func TestParamFault(t *testing.T) {
	t.Parallel()
	tool := mcp.NewToolWithRawSchema("a", "", []byte(`{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}}`))
	m := modern(t, "tools/call", `"name":"a","arguments":{"region":"eu"},`, "")
	holds(t, "the same", m.ParamFault(&tool, http.Header{"Mcp-Param-Region": {"eu"}}), 0, "")
	holds(t, "another", m.ParamFault(&tool, http.Header{"Mcp-Param-Region": {"us"}}), mcp.HEADER_MISMATCH, "")
	holds(t, "none", m.ParamFault(&tool, http.Header{}), mcp.HEADER_MISMATCH, "")
	none := modern(t, "tools/call", `"name":"a","arguments":{},`, "")
	holds(t, "neither", none.ParamFault(&tool, http.Header{}), 0, "")
	m.Params.Arguments = []byte("{")
	holds(t, "no JSON", m.ParamFault(&tool, http.Header{}), mcp.INVALID_PARAMS, "the arguments are not JSON")
}

// TestExchange holds what a tool may know of a request.
func TestExchange(t *testing.T) {
	t.Parallel()
	const caps = `,"io.modelcontextprotocol/clientCapabilities":`
	m := modern(t, "tools/call", `"requestState":"s","inputResponses":{"sure":{"action":"accept"}},`, caps+`{"elicitation":{}},"io.modelcontextprotocol/logLevel":"debug"`)
	x, bad := m.Exchange(nil)
	if bad != nil || !x.Modern || x.RequestState != "s" || x.LogLevel != "debug" || x.Capabilities.Elicitation == nil || len(x.InputResponses) != 1 {
		t.Errorf("got %+v and %+v", x, bad)
	}
	if x, bad := modern(t, "ping", "", caps+"{}").Exchange(nil); bad != nil || x.InputResponses != nil {
		t.Errorf("got %+v and %+v, want no answers", x, bad)
	}
	for name, c := range map[string]struct {
		m    Message
		text string
	}{
		"no capabilities":              {modern(t, "ping", "", ""), "clientCapabilities, an object"},
		"capabilities that are a list": {modern(t, "ping", "", caps+"[]"), "clientCapabilities, an object"},
		"answers that are a list":      {modern(t, "ping", `"inputResponses":[],`, caps+"{}"), "must be an object of responses"},
	} {
		_, bad := c.m.Exchange(nil)
		holds(t, name, bad, mcp.INVALID_PARAMS, c.text)
	}
}
