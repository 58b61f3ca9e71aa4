package transport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/rs/zerolog"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// seen is what the one tool was called with in a fuzzed request.
type seen struct {
	calls int
	args  json.RawMessage
}

type seenKey struct{}

// fuzzed is the whole stack with one of everything and a tool that answers its arguments.
func fuzzed(f *testing.F) http.Handler {
	f.Helper()
	cfg := transport.Config{PublicURL: mustURL("http://127.0.0.1"), Name: "n", Version: "v", Log: zerolog.Nop(), KeepAlive: time.Hour, MaxBody: 1 << 16}
	parts := transport.Parts{Call: func(ctx context.Context, name string, args json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool) {
		if name != "echo" {
			return exchange.Outcome{}, false
		}
		if s, ok := ctx.Value(seenKey{}).(*seen); ok {
			s.calls, s.args = s.calls+1, args
		}
		if progress != nil {
			progress(1, 2, "half")
		}
		return exchange.Outcome{Result: mcp.NewToolResultText(string(args))}, true
	}}
	furnished(&cfg, &parts)
	s, err := transport.New(cfg, parts)
	if err != nil {
		f.Fatal(err)
	}
	return s.Handler()
}

// FuzzMessage sends any bytes under any of the headers that decide: whatever comes, the answer is
// one that a client can read, a tool runs at most once for a message and with the bytes that were sent, and a modern
// call runs only if its headers say what its body does.
func FuzzMessage(f *testing.F) {
	modernCall := `{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo","arguments":{"n":1e400},"_meta":{"progressToken":0,` + edgetest.ModernMeta + `}}}`
	for _, seed := range []struct{ body, accept, version, method, name string }{
		{edgetest.Call(1, "echo", `{"text":"a"}`, `"progressToken":"p"`), "text/event-stream", "2025-06-18", "", ""},
		{modernCall, "*/*", "2026-07-28", "tools/call", "echo"},
		{modernCall, "text/event-stream", "2026-07-28", "tools/call", "=?base64?ZWNobw==?="},
		{modernCall, "", "2025-06-18", "tools/call", "other"},
		{`{"jsonrpc":"2.0","ID":1,"METHOD":"tools/call","method":"ping","Params":{"NAME":"echo"}}`, "", "", "", ""},
		{edgetest.RPC(1, "initialize", `{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}`), "", "", "", ""},
		{edgetest.RPC(1, "server/discover", `{"_meta":{`+edgetest.ModernMeta+`}}`), "", "2026-07-28", "server/discover", ""},
		{`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`, "", "", "", ""},
		{`{"jsonrpc":"2.0","id":1,"result":{}}`, "", "", "", ""},
		{`[{}]`, "", "1999-01-01", "", ""},
		{`[` + edgetest.Call(1, "echo", `{"n":1}`, "") + `,` + edgetest.Call(2, "echo", `{}`, `"progressToken":1`) + `]`, "text/event-stream", "2025-03-26", "", ""},
		{` [{"jsonrpc":"2.0","method":"notifications/initialized"},[],{"jsonrpc":"2.0","id":null,"method":"ping"}]`, "", "", "", ""},
		{edgetest.RPC(1, "prompts/get", `{"name":"p","arguments":{"a":7,"b":null,"c":[],"d":true}}`), "", "", "", ""},
		{"\xef\xbb\xbf" + edgetest.Call(1, "echo", `{}`, ""), "", "", "", ""},
		{"\xff\xfe{\x00}\x00", "", "", "", ""},
		{edgetest.RPC(1, "prompts/get", `{"name":"p","arguments":{"a":"b"}}`), "", "2025-11-25", "", ""},
		{edgetest.RPC(1, "prompts/get", `{"name":"p","arguments":{"a":7},"_meta":{`+edgetest.ModernMeta+`}}`), "", "2026-07-28", "prompts/get", "p"},
		{edgetest.RPC(1, "resources/read", `{"uri":"r://own/%20","_meta":{`+edgetest.ModernMeta+`}}`), "", "2026-07-28", "resources/read", "r://own/%20"},
		{edgetest.RPC(1, "resources/read", `{"uri":"r://guide"}`), "text/event-stream", "", "", ""},
		{edgetest.RPC(1, "resources/templates/list", `{"cursor":"b3du"}`), "", "", "", ""},
		{edgetest.RPC(1, "completion/complete", `{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":""},"context":{"arguments":{"b":"c"}}}`), "", "", "", ""},
		{edgetest.RPC(1, "completion/complete", `{"ref":{"type":"ref/resource","uri":"r://own/{id}"},"argument":{"name":"id"},"_meta":{`+edgetest.ModernMeta+`}}`), "", "2026-07-28", "completion/complete", ""},
		{`{"jsonrpc":"2.0","id":9007199254740993,"method":"ping","params":null}`, "", "", "", ""},
		{"{\"jsonrpc\":\"2.0\",\"id\":\"\xff\",\"method\":\"tools/call\",\"params\":{\"name\":\"\xff\"}}", "", "", "", ""},
		{`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"asks","inputResponses":{"a":{}}}}`, "", "", "", ""},
	} {
		f.Add([]byte(seed.body), seed.accept, seed.version, seed.method, seed.name)
	}
	handler := fuzzed(f)
	f.Fuzz(func(t *testing.T, body []byte, accept, version, method, name string) {
		if strings.Contains(string(bytes.ToLower(body)), "subscriptions") || bytes.Contains(body, []byte(`\u`)) {
			t.Skip("a listen stream stays open")
		}
		got := &seen{}
		ctx := context.WithValue(t.Context(), seenKey{}, got)
		req := httptest.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1/mcp", bytes.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		for key, value := range map[string]string{"Accept": accept, "Mcp-Protocol-Version": version, "Mcp-Method": method, "Mcp-Name": name} {
			if value != "" {
				req.Header.Set(key, value)
			}
		}
		res := httptest.NewRecorder()
		soon(t, func() { handler.ServeHTTP(res, req) })
		readable(t, res)
		most, batch := 1, []json.RawMessage{}
		if json.Unmarshal(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), &batch) == nil && (version == "" || version == "2025-03-26") {
			most = len(batch)
		}
		if got.calls > most {
			t.Errorf("the tool ran %d times for %d messages", got.calls, most)
		}
		if got.calls == 1 && !bytes.Contains(body, got.args) {
			t.Errorf("%q was sent and %q arrived", body, got.args)
		}
		if got.calls == 1 && version >= "2026-07-28" && (method != "tools/call" || name != "echo" && !strings.HasPrefix(name, "=?base64?")) {
			t.Errorf("the tool ran under the headers %q and %q", method, name)
		}
	})
}

// soon fails where work does not end.
func soon(t *testing.T, work func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("no answer")
	}
}

// readable holds an answer to what clients can read: JSON-RPC, alone or in events, or nothing at all.
func readable(t *testing.T, res *httptest.ResponseRecorder) {
	t.Helper()
	if res.Code >= 500 {
		t.Errorf("got %d %s, want res.Code below %v", res.Code, res.Body, 500)
	}
	if res.Code == http.StatusAccepted {
		if res.Body.Len() != 0 {
			t.Errorf("an accepted notification was answered: %s", res.Body)
		}
		return
	}
	messages := []string{res.Body.String()}
	var batch []json.RawMessage
	if json.Unmarshal(res.Body.Bytes(), &batch) == nil { // each of which is an answer
		if len(batch) == 0 {
			t.Errorf("a batch is answered with %s", res.Body)
		}
		for _, m := range batch {
			readableMessage(t, res.Code, string(m), true)
		}
		return
	}
	if res.Header().Get("Content-Type") == "text/event-stream" {
		messages = nil
		for event := range strings.SplitSeq(strings.TrimSuffix(res.Body.String(), "\n\n"), "\n\n") {
			data, ok := strings.CutPrefix(event, "event: message\ndata: ")
			if !ok {
				t.Errorf("no event of ours: %q", event)
			}
			messages = append(messages, data)
		}
	}
	for i, m := range messages {
		readableMessage(t, res.Code, m, i == len(messages)-1)
	}
}

// readableMessage holds one message to JSON-RPC: an answer where it is the last, and else a notification.
func readableMessage(t *testing.T, status int, m string, last bool) {
	t.Helper()
	var reply struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Method  string          `json:"method"`
		Result  json.RawMessage `json:"result"`
		Error   json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal([]byte(m), &reply); err != nil || reply.JSONRPC != "2.0" {
		t.Errorf("%d: %q is no JSON-RPC: %v", status, m, err)
	}
	if answer := reply.Result != nil || reply.Error != nil; answer != last || answer == (reply.Method != "") {
		t.Errorf("the message %q is an answer: %t, and should be: %t", m, answer, last)
	}
}

// FuzzChoice sends any path and headers that choose tools: nothing may fail but as a refusal, and a
// choice that was let through was asked for.
func FuzzChoice(f *testing.F) {
	f.Add("x/a,b/readonly", "a", "t", "true")
	f.Add("x/a%2Cb", "", "", "")
	f.Add("readonly", "", "", "no")
	f.Add("key/x/a,/readonly", ",,", " , ", "on")
	f.Add("x/%zz", "none", "none", "1")
	f.Add("x/a/.well-known/oauth-protected-resource", "", "", "")
	var cfg transport.Config
	parts := transport.Parts{Register: edgetest.Register, ParamHeaders: true, Call: edgetest.Tools(nil)}
	choosing(&cfg, &parts)
	cfg.PublicURL, cfg.Name, cfg.Version, cfg.Log = mustURL("http://127.0.0.1"), "n", "v", zerolog.Nop()
	s, err := transport.New(cfg, parts)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, path, sets, tools, readOnly string) {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1/", strings.NewReader(edgetest.RPC(1, "tools/list", `{}`)))
		u, err := req.URL.Parse("/mcp/" + path)
		if err != nil || u.Host != "127.0.0.1" {
			t.Skip("no path of ours")
		}
		req.URL = u
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", "x")
		for key, value := range map[string]string{"X-MCP-Toolsets": sets, "X-MCP-Tools": tools, "X-MCP-Readonly": readOnly} {
			req.Header.Set(key, value)
		}
		res := httptest.NewRecorder()
		s.Handler().ServeHTTP(res, req)
		if res.Code != http.StatusOK && res.Code != http.StatusBadRequest && res.Code != http.StatusNotFound {
			t.Fatalf("%d %s", res.Code, res.Body)
		}
		chosen := strings.Contains(res.Body.String(), `"chosen:`)
		if chosen && strings.HasSuffix(u.Path, "/readonly") && !strings.Contains(res.Body.String(), " true") {
			t.Errorf("%s gave more than it asked for: %s", path, res.Body)
		}
		if chosen && strings.TrimSpace(strings.Trim(sets, ", ")) != "" && strings.Contains(res.Body.String(), `"chosen:"`) {
			t.Errorf("%q was not heard: %s", sets, res.Body)
		}
	})
}
