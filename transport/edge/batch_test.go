package edge_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"heygen-mcp/transport/edge"
	"heygen-mcp/transport/edge/edgetest"
)

// batchOf is an array of messages.
func batchOf(messages ...string) string { return "[" + strings.Join(messages, ",") + "]" }

const initialized = `{"jsonrpc":"2.0","method":"notifications/initialized"}`

// TestBatches holds that a batch is served as version 2025-03-26 has it (Base Protocol, Batching;
// Streamable HTTP, Sending Messages): an array of answers in any order, without any for notifications,
// and 202 where nothing is to be answered. initialize is never part of one (Lifecycle). Later versions
// have no batches, and are told so.
func TestBatches(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	version := func(v string) func(*http.Request) {
		return func(r *http.Request) {
			if v != "" {
				r.Header.Set("Mcp-Protocol-Version", v)
			}
		}
	}
	one, two := edgetest.Call(1, "echo", `{"n":1}`, ""), edgetest.RPC(2, "ping", `{}`)
	for _, c := range []struct {
		name, body, version string
		status              int
		answers             []string // what each has
	}{
		{"two requests", batchOf(one, two), "", 200, []string{`"id":1,"result"`, `"id":2,"result"`}},
		{"of that version", batchOf(one, two), "2025-03-26", 200, []string{`"id":1,"result"`, `"id":2,"result"`}},
		{"one request", batchOf(one), "", 200, []string{`echo:{\"n\":1}`}},
		{"with a notification", " \r\n" + batchOf(initialized, one), "", 200, []string{`"id":1,"result"`}},
		{"with notifications between and behind", batchOf(one, initialized, two, initialized), "", 200, []string{`"id":1,"result"`, `"id":2,"result"`}},
		{"with one that fails", batchOf(edgetest.Call(1, "nothing", `{}`, ""), edgetest.RPC(2, "no/such", `{}`), one), "", 200,
			[]string{`"id":1,"error":{"code":-32602`, `"id":2,"error":{"code":-32601`, `"id":1,"result"`}},
		{"with what is no message", batchOf(one, `1`, `{"jsonrpc":"2.0","id":3}`, `{"jsonrpc":"2.0","id":null,"method":"ping"}`, `[]`), "", 200,
			[]string{`"id":1,"result"`, `"id":null,"error":{"code":-32700`, `"id":3,"error":{"code":-32600`, `"id":null,"error":{"code":-32600`, `"id":null,"error":{"code":-32700`}},
		{"with half of a pair", batchOf(one, `{"jsonrpc":"2.0","id":2,"method":"ping","params":{"a":"\ud83d"}}`), "", 200,
			[]string{`"id":1,"result"`, `params.a: the text has`}},
		{"with initialize", batchOf(edgetest.RPC(1, "initialize", `{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"c","version":"1"}}`), two), "", 200,
			[]string{"initialize must not be part of a batch", `"id":2,"result"`}},
		{"with a request of the other era", batchOf(edgetest.Call(1, "echo", `{}`, edgetest.ModernMeta), two), "", 200, []string{`"id":1,"error":{"code":-32020`, `"id":2,"result"`}},
		{"with a listen", batchOf(edgetest.RPC(1, "subscriptions/listen", `{"notifications":{}}`), two), "", 200, []string{`"id":1,"error"`, `"id":2,"result"`}},
		{"notifications alone", batchOf(initialized, initialized), "", 202, nil},
		{"of 32", batchOf(strings.Split(strings.TrimSuffix(strings.Repeat(two+"\n", 32), "\n"), "\n")...), "", 200, nil},

		{"of 33", batchOf(strings.Split(strings.TrimSuffix(strings.Repeat(two+"\n", 33), "\n"), "\n")...), "", 400, []string{"batches have 1 to 32 messages, and this one has 33"}},
		{"empty", `[]`, "", 400, []string{"batches have 1 to 32 messages, and this one has 0"}},
		{"nothing that is a message", `[{},1]`, "", 400, []string{"batches are of JSON-RPC messages, and nothing in this one is one: the message has no method"}},
		{"broken", `[` + one, "", 400, []string{"-32700"}},
		{"of the next version", batchOf(one), "2025-06-18", 400, []string{"batches are not accepted in version 2025-06-18, but only in 2025-03-26"}},
		{"of the one before", batchOf(one), "2024-11-05", 400, []string{"batches are not accepted in version 2024-11-05"}},
		{"of the newest", batchOf(one), "2026-07-28", 400, []string{"batches are not accepted in version 2026-07-28"}},
	} {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", c.body, version(c.version))
		got := edgetest.Text(t, res)
		if res.StatusCode != c.status {
			t.Errorf("%s: got %d %s, want %d", c.name, res.StatusCode, got, c.status)
			continue
		}
		var answers []json.RawMessage
		switch c.status {
		case 202:
			if kind := res.Header.Get("Content-Type"); got != "" || kind != "" {
				t.Errorf("%s: got %s as %q, want nothing", c.name, got, kind)
			}
			continue
		case 400:
			answers = []json.RawMessage{json.RawMessage(got)}
		default:
			if err := json.Unmarshal([]byte(got), &answers); err != nil || res.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%s: got %s as %s, want an array: %v", c.name, got, res.Header.Get("Content-Type"), err)
			}
		}
		if c.answers != nil && len(answers) != len(c.answers) {
			t.Errorf("%s: got %d answers, want %d: %s", c.name, len(answers), len(c.answers), got)
			continue
		}
		for i, want := range c.answers {
			edgetest.Wants(t, string(answers[i]), want, `"jsonrpc":"2.0"`)
		}
	}
}

// TestLongBatches holds that a batch is kept alive as a call is, and that leaving ends it.
func TestLongBatches(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.KeepAlive = time.Millisecond })
	res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", batchOf(edgetest.Call(1, "wait", `{}`, ""), edgetest.Call(2, "echo", `{}`, "")), nil)
	r := bufio.NewReader(res.Body)
	edgetest.Line(t, r, ": keep-alive")
	<-s.Gate.Entered
	s.Gate.Release <- struct{}{}
	edgetest.Wants(t, edgetest.Line(t, r, "data: "), `data: [{"jsonrpc":"2.0","id":1,`, "released", `"id":2`)
}

// TestBatchesOfLongAnswers holds that the requests of a batch are answered until its answers are 4 MB long, and those
// after that refused.
func TestBatchesOfLongAnswers(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *edge.Config) { c.MaxBody = 8 << 20 })
	answers := func(n int) string {
		first := edgetest.Call(1, "echo", `{"n":"`+strings.Repeat("x", n)+`"}`, "")
		return edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", batchOf(first, initialized, edgetest.RPC(2, "ping", `{}`)), nil))
	}
	const most = 4 << 20
	before, _, _ := strings.Cut(answers(0), `,{"jsonrpc":"2.0","id":2`)
	fits := most - len(before)
	for n, want := range map[int]string{fits: `"id":2,"result"`, fits + 1: `"id":2,"error":{"code":-32600,"message":"the answers before this one are too long`} {
		got := answers(n)
		if before, after, ok := strings.Cut(got, `,{"jsonrpc":"2.0",`); !ok || len(before) != most-fits+n || !strings.HasPrefix(after, want) {
			t.Errorf("after %d bytes: got %s, want %s", len(before), after, want)
		}
	}
}
