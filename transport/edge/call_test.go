package edge_test

import (
	"net/http"
	"strings"
	"testing"

	"heygen-mcp/transport/edge/edgetest"
)

const serverMeta = `"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test","version":"1"}}`

// What is written is compared whole: these are the bytes that clients parse.
func TestReplies(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	raw := func(id, params string) string {
		return `{"jsonrpc":"2.0","id":` + id + `,"method":"tools/call","params":` + params + `}`
	}
	for _, c := range []struct{ name, body, want string }{
		{"no arguments", raw(`1`, `{"name":"echo"}`),
			`{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"echo:"}]}}`},
		{"null arguments", raw(`1`, `{"name":"echo","arguments":null}`),
			`{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"echo:"}]}}`},
		{"arguments are kept byte for byte", raw(`"a\u00e9<"`, `{"name":"echo","arguments":{"n":9007199254740993, "n":1e400,"s":"\u003c<&"}}`),
			`{"jsonrpc":"2.0","id":"a\u00e9<","result":{"content":[{"type":"text","text":"echo:{\"n\":9007199254740993, \"n\":1e400,\"s\":\"\\u003c<&\"}"}]}}`},
		{"arguments that are no object", raw(`-1.5`, `{"name":"echo","arguments":[1]}`),
			`{"jsonrpc":"2.0","id":-1.5,"result":{"content":[{"type":"text","text":"echo:[1]"}]}}`},
		{"an older client's _meta", raw(`1`, `{"name":"echo","_meta":{"progressToken":null,"x":1}}`),
			`{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"echo:"}]}}`},
		{"unknown tool", raw(`1`, `{"name":"no\ttool"}`),
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"unknown tool: no\ttool; tools/list names those of this endpoint"}}`},
		{"no name", raw(`1`, `{}`), `{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params.name is missing"}}`},
		{"params of another shape", raw(`1`, `{"name":7}`),
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"the params are not those of a tools/call: name is a string, _meta an object"}}`},
		{"params in a list", raw(`1`, `[]`),
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"the params are not those of a tools/call: name is a string, _meta an object"}}`},
		{"no JSON-RPC", `{"id":1,"method":"tools/call","params":{"name":"echo"}}`,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"the message must say \"jsonrpc\": \"2.0\""}}`},
		{"a token that is no token", raw(`1`, `{"name":"echo","_meta":{"progressToken":{}}}`),
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params._meta.progressToken must be a string or a number of at most 256 bytes"}}`},
		{"input asked of an older client", raw(`1`, `{"name":"asks"}`),
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"this call needs input, which can be asked for from protocol version 2026-07-28 on"}}`},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, nil)
		if got := edgetest.Text(t, res); res.StatusCode != 200 || got != c.want || res.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s\n%s\nwant\n%s", c.name, res.StatusCode, res.Header.Get("Content-Type"), got, c.want)
		}
	}
}

func TestModernReplies(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	meta := func(caps string) string {
		return strings.Replace(edgetest.ModernMeta, `clientCapabilities":{}`, `clientCapabilities":`+caps, 1)
	}
	answered := `{"name":"asks","_meta":{` + meta(`{"elicitation":{}}`) + `},"requestState":"s","inputResponses":{"sure":{"action":"accept","content":{}}}}`
	for _, c := range []struct {
		name, params string
		status       int
		want         string
	}{
		{"echo", `{"name":"echo","arguments":{"a":1},"_meta":{` + edgetest.ModernMeta + `}}`, 200,
			`{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete",` + serverMeta + `,"content":[{"type":"text","text":"echo:{\"a\":1}"}]}}`},
		{"unknown", `{"name":"nothing","_meta":{` + edgetest.ModernMeta + `}}`, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"unknown tool: nothing; tools/list names those of this endpoint"}}`},
		{"asks", `{"name":"asks","_meta":{` + meta(`{"elicitation":{"form":{}}}`) + `}}`, 200,
			`{"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required",` + serverMeta + `,"inputRequests":{"sure":{"method":"elicitation/create","params":` +
				`{"message":"Sure?","requestedSchema":{"type":"object"}}}},"requestState":"so far","content":[]}}`},
		{"asks who cannot answer", `{"name":"asks","_meta":{` + edgetest.ModernMeta + `}}`, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32021,"message":"this call needs a capability that the client did not declare","data":{"requiredCapabilities":{"elicitation":{}}}}}`},
		{"is answered", answered, 200,
			`{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete",` + serverMeta + `,"content":[{"type":"text","text":"state:s"}]}}`},
		{"answers are no answers", `{"name":"asks","_meta":{` + edgetest.ModernMeta + `},"inputResponses":[]}`, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params.inputResponses must be an object of responses"}}`},
		{"no capabilities", `{"name":"echo","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}`, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params._meta needs io.modelcontextprotocol/clientCapabilities, an object"}}`},
		{"capabilities of another shape", `{"name":"echo","_meta":{` + meta(`[]`) + `}}`, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params._meta needs io.modelcontextprotocol/clientCapabilities, an object"}}`},
		{"no _meta", `{"name":"echo"}`, 400,
			`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"params._meta needs io.modelcontextprotocol/protocolVersion"}}`},
	} {
		_, name, _ := strings.Cut(c.params, `"name":"`)
		name, _, _ = strings.Cut(name, `"`)
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", rawRPC(c.params), edgetest.Modern("tools/call", name))
		if got := edgetest.Text(t, res); res.StatusCode != c.status || got != c.want {
			t.Errorf("%s: %d\n%s\nwant\n%s", c.name, res.StatusCode, got, c.want)
		}
	}
}

// rawRPC is a tools/call whose params are sent as they stand.
func rawRPC(params string) string {
	return `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":` + params + `}`
}

// Proxies judge by the headers, so a body that says something else must not get through.
func TestHeadersTellTheBody(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	echo := `{"name":"echo","_meta":{` + edgetest.ModernMeta + `}}`
	region := `{"name":"region","arguments":{"region":"eu"},"_meta":{` + edgetest.ModernMeta + `}}`
	future := strings.Replace(echo, "2026-07-28", "2031-01-01", 1)
	set := func(pairs ...string) func(*http.Request) {
		return func(r *http.Request) {
			edgetest.Modern("tools/call", "echo")(r)
			for i := 0; i < len(pairs); i += 2 {
				r.Header.Set(pairs[i], pairs[i+1])
				if pairs[i+1] == "" {
					r.Header.Del(pairs[i])
				}
			}
		}
	}
	for _, c := range []struct {
		name, params string
		edit         func(*http.Request)
		status       int
		want         string
	}{
		{"all well", echo, set(), 200, "echo:"},
		{"an encoded name", echo, set("Mcp-Name", "=?base64?ZWNobw==?="), 200, "echo:"},
		{"an argument in a header", region, set("Mcp-Name", "region", "Mcp-Param-Region", "eu"), 200, "echo:"},
		{"another argument in a header", region, set("Mcp-Name", "region", "Mcp-Param-Region", "us"), 400, "-32020"},
		{"no argument in a header", region, set("Mcp-Name", "region"), 400, "-32020"},
		{"no version", echo, set("Mcp-Protocol-Version", ""), 400, "-32020"},
		{"an older version", echo, set("Mcp-Protocol-Version", "2025-06-18"), 400, "-32020"},
		{"an older body", `{"name":"echo"}`, set(), 400, "-32602"},
		{"a version to come", future, set("Mcp-Protocol-Version", "2031-01-01"), 400, `"data":{"supported":["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"],"requested":"2031-01-01"}`},
		{"no method", echo, set("Mcp-Method", ""), 400, "-32020"},
		{"another method", echo, set("Mcp-Method", "tools/list"), 400, "-32020"},
		{"no name", echo, set("Mcp-Name", ""), 400, "-32020"},
		{"another name", echo, set("Mcp-Name", "wait"), 400, "-32020"},
		{"a name that cannot be read", echo, set("Mcp-Name", "=?base64?!?="), 400, "-32020"},
		{"resumption", echo, set("Last-Event-Id", "7"), 400, "-32020"},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", rawRPC(c.params), c.edit)
		got := edgetest.Text(t, res)
		if res.StatusCode != c.status || !strings.Contains(got, c.want) || !strings.HasPrefix(got, `{"jsonrpc":"2.0","id":1,`) {
			t.Errorf("%s: %d %s", c.name, res.StatusCode, got)
		}
	}
}

// A client finds its own call by the token, so it comes back as it was sent.
func TestProgressTokens(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, token := range []string{`"p"`, `7`, `0`, `9007199254740993`, `"\u00e9"`} {
		for _, era := range []struct {
			meta string
			edit func(*http.Request)
			want string
		}{{"", nil, ""}, {edgetest.ModernMeta + ",", edgetest.Modern("tools/call", "progress"), `"resultType":"complete",` + serverMeta + `,`}} {
			res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", rawRPC(`{"name":"progress","_meta":{`+era.meta+`"progressToken":`+token+`}}`), era.edit)
			want := "event: message\ndata: " + `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":` + token + `,"progress":1,"total":2,"message":"half"}}` +
				"\n\nevent: message\ndata: " + `{"jsonrpc":"2.0","id":1,"result":{` + era.want + `"content":[{"type":"text","text":"done"}]}}` + "\n\n"
			if got := edgetest.Text(t, res); got != want {
				t.Errorf("%s\nwant\n%s", got, want)
			}
		}
	}
}

// An id that could not be given back is refused, and a call without one is no call: nothing runs.
func TestIDs(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, id := range []string{`true`, `{}`, `[1]`, `"` + strings.Repeat("x", 300) + `"`} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", `{"jsonrpc":"2.0","id":`+id+`,"method":"tools/call","params":{"name":"wait"}}`, nil)
		if got := edgetest.Text(t, res); res.StatusCode != 400 || !strings.Contains(got, `"id":null`) {
			t.Errorf("%s: %d %s", id, res.StatusCode, got)
		}
	}
	for _, c := range []struct {
		id, method string
		status     int
		want       string
	}{
		{``, "tools/call", http.StatusAccepted, ""},
		// JSON-RPC 2.0, 4: the id of a request should not be null; MCP, Requests: it must not be.
		{`"id":null,`, "tools/call", http.StatusBadRequest, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the id of a request must not be null: give it a string or a number"}}`},
		{`"id": null ,`, "ping", http.StatusBadRequest, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the id of a request must not be null: give it a string or a number"}}`},
		{`"id":null,`, "notifications/initialized", http.StatusAccepted, ""},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", `{"jsonrpc":"2.0",`+c.id+`"method":"`+c.method+`","params":{"name":"wait"}}`, nil)
		if got := edgetest.Text(t, res); res.StatusCode != c.status || got != c.want {
			t.Errorf("%s with %q: got %d %s, want %d %s", c.method, c.id, res.StatusCode, got, c.status, c.want)
		}
	}
	if len(s.Gate.Entered) != 0 {
		t.Error("a tool ran")
	}
	// An answer to another id than the one that was sent is none, so such a request is refused.
	for id, rounded := range map[string]bool{"9007199254740991": false, "-7": false, "1.5": false, `"9007199254740993"`: false,
		"9007199254740993": true, "-9007199254740994": true, "1e400": true} {
		for _, c := range []struct{ method, params string }{{"ping", `{}`}, {"tools/call", `{"name":"echo"}`}, {"tools/list", `{}`}} {
			res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", `{"jsonrpc":"2.0","id":`+id+`,"method":"`+c.method+`","params":`+c.params+`}`, nil)
			refused := rounded && c.method == "ping"
			if got := edgetest.Text(t, res); !strings.Contains(got, `"id":`+id+",") || refused != (res.StatusCode == 400) {
				t.Errorf("%s %s: %d %s", c.method, id, res.StatusCode, got)
			}
		}
	}
}
