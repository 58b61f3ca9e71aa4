package edge_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

// A message may be long, and an answer that gives it back would be too.
func TestLongWordsAreNotRepeated(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	long := strings.Repeat("z", 400_000)
	inHeader := long[:20_000]
	for _, c := range []struct {
		method, params string
		edit           func(*http.Request)
		status         int
	}{
		{long, `{}`, nil, 400},
		{long, `{"_meta":{` + edgetest.ModernMeta + `}}`, edgetest.Modern("tools/list", ""), 413},
		{"tools/call", `{"name":"` + long + `"}`, nil, 200},
		{"tools/call", `{"name":"` + inHeader + `","_meta":{` + edgetest.ModernMeta + `}}`, edgetest.Modern("tools/call", inHeader), 400},
		{"tools/list", `{"_meta":{` + edgetest.ModernMeta + `}}`, edgetest.Modern(inHeader, ""), 400},
		{"prompts/get", `{"name":"` + long + `","_meta":{` + edgetest.ModernMeta + `}}`, edgetest.Modern("prompts/get", inHeader), 400},
		{"resources/read", `{"uri":"` + long + `","_meta":{` + edgetest.ModernMeta + `}}`, edgetest.Modern("resources/read", "x"), 413},
		{"tools/list", `{}`, func(r *http.Request) { r.Header.Set("Mcp-Protocol-Version", inHeader) }, 400},
		{"initialize", `{"protocolVersion":"` + long + `","capabilities":{},"clientInfo":{"name":"` + long + `","version":"1"}}`, nil, 413},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", `{"jsonrpc":"2.0","id":7,"method":"`+c.method+`","params":`+c.params+`}`, c.edit)
		got := edgetest.Text(t, res)
		if len(got) > 600 || res.StatusCode != c.status || res.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%.20s: %d, %d bytes: %.300s", c.method, res.StatusCode, len(got), got)
		}
		edgetest.Wants(t, got, `"id":7`)
	}
}

func TestBadMessages(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.MaxBody = 1000 })
	twice := func(r *http.Request) { r.Header["Mcp-Method"] = []string{"tools/call", "tools/list"} }
	for _, c := range []struct {
		name, body string
		edit       func(*http.Request)
		status     int
		want       string
	}{
		{"too large", strings.Repeat(" ", 1001), nil, 413, "larger than 1000"},
		{"too large, length unknown", strings.Repeat(" ", 1001), func(r *http.Request) { r.ContentLength = -1 }, 413, "larger than 1000"},
		{"content type", `{}`, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415, "application/json"},
		{"not JSON", `{`, nil, 400, "-32700"},
		{"batch", ` [{}]`, nil, 400, "batches"},
		{"no method", `{"jsonrpc":"2.0","id":1}`, nil, 400, `"id":1`},
		{"response", `{"jsonrpc":"2.0","id":1,"result":{}}`, nil, 400, "no responses"},
		{"two headers", edgetest.Call(1, "echo", `{}`, ""), twice, 400, "-32020"},
		{"unknown version", edgetest.Call(7, "echo", `{}`, ""), func(r *http.Request) { r.Header.Set("Mcp-Protocol-Version", "1999-01-01") }, 400, `"id":7`},
		{"listen without stream", edgetest.RPC(1, "subscriptions/listen", `{"_meta":{`+edgetest.ModernMeta+`}}`),
			func(r *http.Request) { r.Header.Set("Accept", "application/json") }, 406, "text/event-stream"},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, c.edit)
		got := edgetest.Text(t, res)
		if res.StatusCode != c.status || res.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s: %s", c.name, res.StatusCode, res.Header.Get("Content-Type"), got)
		}
		edgetest.Wants(t, got, `"jsonrpc":"2.0"`, c.want)
	}
}

// A cancel that names an id ends nobody's call, whoever sends it.
func TestCancelReachesNobody(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.KeepAlive = time.Millisecond })
	running := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "wait", `{}`, ""), nil)
	<-s.Gate.Entered
	cancel := `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`
	for _, edit := range []func(*http.Request){nil, edgetest.Modern("notifications/cancelled", "")} {
		for _, body := range []string{cancel, strings.Replace(cancel, `"method"`, `"METHOD"`, 1)} {
			if res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", body, edit); res.StatusCode != http.StatusAccepted {
				t.Errorf("cancel: %d", res.StatusCode)
			}
		}
	}
	close(s.Gate.Release)
	edgetest.Wants(t, edgetest.Text(t, running), "released")
}

// Closing the response is how a caller cancels.
func TestLeavingCancels(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.KeepAlive = time.Millisecond })
	ctx, leave := context.WithCancel(t.Context())
	res := edgetest.Send(ctx, t, "POST", s.URL+"/mcp", edgetest.Call(1, "wait", `{}`, edgetest.ModernMeta), edgetest.Modern("tools/call", "wait"))
	<-s.Gate.Entered
	leave()
	_ = res.Body.Close()
	if got := <-s.Gate.Entered; got != "cancelled" {
		t.Error(got)
	}
}

func TestKeepAliveUpgrades(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.KeepAlive = time.Millisecond })
	for _, c := range []struct {
		meta string
		edit func(*http.Request)
	}{{"", nil}, {edgetest.ModernMeta, edgetest.Modern("tools/call", "wait")}} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(5, "wait", `{}`, c.meta), c.edit)
		h := res.Header
		if res.StatusCode != 200 || h.Get("Content-Type") != "text/event-stream" || h.Get("Cache-Control") != "no-cache" || h.Get("X-Accel-Buffering") != "no" {
			t.Fatalf("%d %v", res.StatusCode, h)
		}
		r := bufio.NewReader(res.Body)
		edgetest.Line(t, r, ": keep-alive")
		edgetest.Line(t, r, ": keep-alive")
		s.Gate.Release <- struct{}{}
		edgetest.Line(t, r, "event: message")
		edgetest.Wants(t, edgetest.Line(t, r, "data: "), `"id":5`, "released")
	}
}

// A client that cannot read events gets one JSON body, however long it takes.
func TestNoStreamForJSONClients(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.KeepAlive = time.Millisecond })
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "progress", `{}`, `"progressToken":"p"`),
		func(r *http.Request) { r.Header.Set("Accept", "application/json") })
	if typ := res.Header.Get("Content-Type"); typ != "application/json" {
		t.Error(typ)
	}
	edgetest.Wants(t, edgetest.Text(t, res), "nobody asked")
}

// A client that reads events and did not ask for progress gets none.
func TestNoProgressUnasked(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, meta := range []string{``, `"progressToken":null`} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "progress", `{}`, meta), nil)
		if got := edgetest.Text(t, res); !strings.Contains(got, "nobody asked") || strings.Contains(got, "notifications") {
			t.Errorf("%q: got %s, want no progress", meta, got)
		}
	}
}

func TestProgressIsDelivered(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "progress", `{"wait":1}`, `"progressToken":"p"`), nil)
	if res.Header.Get("X-Accel-Buffering") != "no" || res.Header.Get("Mcp-Session-Id") != "" {
		t.Error(res.Header)
	}
	r := bufio.NewReader(res.Body)
	edgetest.Wants(t, edgetest.Line(t, r, "data: "), "notifications/progress")
	s.Gate.Release <- struct{}{}
	edgetest.Wants(t, edgetest.Line(t, r, "data: "), `"id":1`, "done")
}

// mcp-go v1.2.1 would lose a notification sent just before the tool returns.
func TestLastProgressIsDelivered(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for range 20 {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "progress", `{}`, `"progressToken":"p"`), nil)
		edgetest.Wants(t, edgetest.Text(t, res), "notifications/progress", "done")
	}
}

// Comments stand between events, never inside one.
func TestKeepAliveInStream(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.KeepAlive = time.Millisecond })
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "progress", `{"wait":1}`, `"progressToken":"p"`), nil)
	r := bufio.NewReader(res.Body)
	edgetest.Line(t, r, "notifications/progress")
	if end, _ := r.ReadString('\n'); end != "\n" {
		t.Errorf("the event did not end: %q", end)
	}
	edgetest.Line(t, r, ": keep-alive")
	s.Gate.Release <- struct{}{}
	edgetest.Wants(t, edgetest.Line(t, r, "data: "), "done")
}

// The challenge of a call that the caller may not make comes with a status, which alone sends a
// client to ask its user for more.
func TestForbiddenCalls(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) {
		c.Forbids = func(_ context.Context, name string, args json.RawMessage) string {
			if name == "echo" && string(args) == `{"a":1}` {
				return "Bearer scope"
			}
			return ""
		}
	})
	for args, status := range map[string]int{`{"a":1}`: 403, `{"a":2}`: 200} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.Call(1, "echo", args, ""), nil)
		body := edgetest.Text(t, res)
		if res.StatusCode != status || (status == 403) != (res.Header.Get("WWW-Authenticate") == "Bearer scope") ||
			(status == 403) != strings.Contains(body, "this sign-in does not allow echo; connect again and allow what the tool needs") {
			t.Errorf("%s: got %d %q %s, want %d", args, res.StatusCode, res.Header.Get("WWW-Authenticate"), body, status)
		}
	}
}

// A drain ends listens with their result and leaves calls alone.
func TestDrain(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	listen := edgetest.RPC(7, "subscriptions/listen", `{"notifications":{"toolsListChanged":true},"_meta":{`+edgetest.ModernMeta+`}}`)
	open := func() *bufio.Reader {
		return bufio.NewReader(edgetest.Send(t.Context(), t, "POST", s.URL, listen, edgetest.Modern("subscriptions/listen", "")).Body)
	}
	before := open()
	edgetest.Line(t, before, "acknowledged")
	s.Drain()
	s.Drain()
	const end = `data: {"jsonrpc":"2.0","id":7,"result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":7}}}`
	edgetest.Line(t, before, end)
	edgetest.Line(t, open(), end)
	if got := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.Call(1, "echo", `{}`, ""), nil)); !strings.Contains(got, "echo:") {
		t.Errorf("a call after the drain: %s", got)
	}
}

// A stream has to find room, and a call does not.
func TestListensNeedRoom(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) {
		c.Hold = func(_ context.Context, n edge.Need) *edge.Busy {
			if n == edge.Stream {
				return &edge.Busy{Status: http.StatusTooManyRequests, Text: "full"}
			}
			return nil
		}
	})
	res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.RPC(7, "subscriptions/listen", `{"notifications":{},"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("subscriptions/listen", ""))
	if got := edgetest.Text(t, res); res.StatusCode != 429 || res.Header.Get("Retry-After") != "5" || !strings.Contains(got, `"id":7,"error":{"code":-32600,"message":"full; try again in 5 seconds"}`) {
		t.Errorf("got %d %s, want 429", res.StatusCode, got)
	}
	if res := edgetest.Send(t.Context(), t, "POST", s.URL, edgetest.Call(1, "echo", `{}`, ""), nil); res.StatusCode != 200 {
		t.Errorf("a call: got %d, want 200", res.StatusCode)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	call := edgetest.Tools(nil)
	for name, c := range map[string]struct {
		cfg  edge.Config
		next http.Handler
	}{
		"no handler":             {edge.Config{Call: call}, nil},
		"no call":                {edge.Config{}, http.NotFoundHandler()},
		"a negative keep-alive":  {edge.Config{Call: call, KeepAlive: -1}, http.NotFoundHandler()},
		"a negative body length": {edge.Config{Call: call, MaxBody: -1}, http.NotFoundHandler()},
	} {
		if e, err := edge.New(c.cfg, c.next); err == nil {
			t.Errorf("%s: got %v, want an error", name, e)
		}
	}
	if _, err := edge.New(edge.Config{Call: call}, http.NotFoundHandler()); err != nil {
		t.Errorf("a call alone: %v", err)
	}
}

// TestTheLongestMessage holds that a message may be as long as one of its method, though that stands at its end.
func TestTheLongestMessage(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	const begin, end, most = `{"jsonrpc":"2.0","id":7,"params":{"a":"`, `"},"method":"ping"}`, 16 << 10
	for length, status := range map[int]int{most: 200, most + 1: 413} {
		body := begin + strings.Repeat("x", length-len(begin)-len(end)) + end
		if res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", body, nil); res.StatusCode != status {
			t.Errorf("%d bytes: got %d %s, want %d", length, res.StatusCode, edgetest.Text(t, res), status)
		}
	}
}

// TestHeadersOfArguments holds that headers that repeat arguments are bounded where there is a tool whose schema has
// them sent, and nobody's business where there is none.
func TestHeadersOfArguments(t *testing.T) {
	t.Parallel()
	long := func(r *http.Request) { r.Header.Set("Mcp-Param-Region", strings.Repeat("x", 20_000)) }
	for status, change := range map[int]func(*edge.Config){400: nil, 200: func(c *edge.Config) { c.HeaderTools = nil }} {
		if res := edgetest.Send(t.Context(), t, "POST", start(t, change).URL+"/mcp", edgetest.RPC(1, "ping", `{}`), long); res.StatusCode != status {
			t.Errorf("got %d %s, want %d", res.StatusCode, edgetest.Text(t, res), status)
		}
	}
}
