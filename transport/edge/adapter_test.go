package edge

import (
	"net/http"
	"strings"
	"testing"
)

func TestAdapterPassesEvents(t *testing.T) {
	t.Parallel()
	c := newClient()
	a := newAdapter(newReplyStream(c, 0, t.FailNow), []byte("7"))
	a.Header().Set("Content-Type", "text/event-stream")
	a.Header().Set("Connection", "keep-alive")
	a.Header().Set("X-Of-The-Library", "yes")
	a.WriteHeader(http.StatusContinue)
	a.WriteHeader(http.StatusOK)
	for _, part := range []string{"data: 1", "\n\n", "data: 2\n\n"} {
		if n, err := a.Write([]byte(part)); n != len(part) || err != nil {
			t.Errorf("%q: wrote %d, %v", part, n, err)
		}
		select {
		case <-a.firstEvent:
			if part == "data: 1" {
				t.Error("half an event was taken for one")
			}
		default:
			if part != "data: 1" {
				t.Error("the first event was not noticed")
			}
		}
	}
	a.Flush()
	if c.flushes != 1 {
		t.Errorf("%d flushes, want 1", c.flushes)
	}
	a.endListen()
	a.finish()
	a.endListen()
	want := "data: 1\n\ndata: 2\n\nevent: message\ndata: " + `{"jsonrpc":"2.0","id":7,"result":{"resultType":"complete","_meta":{"io.modelcontextprotocol/subscriptionId":7}}}` + "\n\n"
	if got := c.Body.String(); got != want || c.Header().Get("Connection") != "" || c.Header().Get("X-Of-The-Library") != "yes" {
		t.Errorf("got %v %q, want %q", c.Header(), got, want)
	}
}

func TestAdapterBuffersTheRest(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		answer func(*adapter)
		code   int
		want   string
	}{
		{"JSON", func(a *adapter) { write(a, 0, "{\n}") }, 200, `{}`},
		{"a plain text", func(a *adapter) { write(a, 404, "no") }, 404, `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"no"}}`},
		{"nothing", func(*adapter) {}, 200, ``},
		{"accepted", func(a *adapter) { a.WriteHeader(202) }, 202, ``},
		{"refused without a word", func(a *adapter) { a.WriteHeader(400) }, 400, `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Bad Request"}}`},
		{"in a stream that has begun", func(a *adapter) {
			a.reply.event([]byte(`1`))
			write(a, 404, "{}")
		}, 200, "event: message\ndata: 1\n\nevent: message\ndata: {}\n\n"},
		{"without a word in a stream that has begun", func(a *adapter) {
			a.reply.event([]byte(`1`))
			a.WriteHeader(202)
		}, 200, "event: message\ndata: 1\n\nevent: message\ndata: " + `{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Accepted"}}` + "\n\n"},
		{"after an answer of ours", func(a *adapter) {
			write(a, 0, "{}")
			a.reply.answer(400, []byte(`1`))
		}, 400, `1`},
	} {
		c := newClient()
		a := newAdapter(newReplyStream(c, 0, t.FailNow), []byte("7"))
		tc.answer(a)
		a.Flush()
		a.endListenIfBuffered()
		a.finish()
		if c.Code != tc.code || c.Body.String() != tc.want {
			t.Errorf("%s: got %d %q, want %d %q", tc.name, c.Code, c.Body, tc.code, tc.want)
		}
		if json := strings.HasPrefix(tc.want, "{"); json && (c.Header().Get("Content-Type") != "application/json" || c.Header().Get("Content-Length") == "") {
			t.Errorf("%s: the headers are %v", tc.name, c.Header())
		}
	}
}

// write answers as mcp-go does.
func write(a *adapter, status int, body string) {
	a.Header().Set("Content-Type", "text/plain")
	if status > 0 {
		a.WriteHeader(status)
	}
	_, _ = a.Write([]byte(body))
}

// endListenIfBuffered ends a listen that mcp-go has answered with something else, which says nothing.
func (a *adapter) endListenIfBuffered() {
	if a.mode == buffered {
		a.endListen()
	}
}
