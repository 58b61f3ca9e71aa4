package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// What one caller may have in flight, by docs/threats.md.
const (
	callsAtOnce   = 64
	streamsAtOnce = 16
)

// begin sends the head of a request of an account's and not its body, and comes back when the server asks for
// the body: from then on the request holds one of the account's places.
func (s *stack) begin(t *testing.T, account, body string) net.Conn {
	t.Helper()
	u, err := url.Parse(s.mcpURL)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nX-Api-Key: sk_sandbox_%s\r\nContent-Length: %d\r\n\r\n",
		u.Path, u.Host, account, len(body))
	if _, err := io.WriteString(conn, head); err != nil {
		t.Fatal(err)
	}
	const goOn = "HTTP/1.1 100 Continue\r\n\r\n"
	answer := make([]byte, len(goOn))
	if _, err := io.ReadFull(conn, answer); err != nil || string(answer) != goOn {
		t.Fatalf("the head of a request is answered with %q, %v; want %q", answer, err, goOn)
	}
	return conn
}

// ping asks as an account, and gives the status, when to come back, and the answer.
func (s *stack) ping(t *testing.T, account string) (status int, retryAfter, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.mcpURL, strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Api-Key", "sk_sandbox_"+account)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Retry-After"), string(raw)
}

// A caller that sends as much as it can at once is refused what is too much, and nobody else is.
func TestOneCallerDoesNotStarveOthers(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	const ping = `{"jsonrpc":"2.0","id":1,"method":"ping"}`
	var held []net.Conn
	for range callsAtOnce {
		held = append(held, s.begin(t, "greedy", ping))
	}
	status, after, body := s.ping(t, "greedy")
	if status != http.StatusTooManyRequests || after == "" || !strings.Contains(body, fmt.Sprintf("%d requests in flight", callsAtOnce)) {
		t.Errorf("%d, Retry-After %q: %s", status, after, body)
	}
	for _, other := range []string{"a", "b", "c"} {
		if status, body, err := s.post(t.Context(), s.mcpURL, other, rpc("list_videos", `{}`, "")); status != http.StatusOK || err != nil {
			t.Errorf("%s: got %d %s %v, want %v and no error", other, status, body, err, http.StatusOK)
		}
	}
	for _, conn := range held { // those that were let in are answered
		if _, err := io.WriteString(conn, ping); err != nil {
			t.Fatal(err)
		}
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("a request that was let in: %d", res.StatusCode)
		}
	}
	if status, _, body := s.ping(t, "greedy"); status != http.StatusOK {
		t.Errorf("a call after them: %d %s", status, body)
	}
}

// listen opens a stream as an account.
//
//bodyclose:handled
func (s *stack) listen(t *testing.T, account string) *http.Response {
	t.Helper()
	const params = `{"notifications":{"toolsListChanged":true},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}`
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.mcpURL, strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":`+params+`}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "Accept": "text/event-stream", "X-Api-Key": "sk_sandbox_" + account,
		"Mcp-Protocol-Version": "2026-07-28", "Mcp-Method": "subscriptions/listen"} {
		req.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

// A caller's streams are bounded, beside its calls; another's are its own.
func TestOneCallersStreams(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	for range streamsAtOnce {
		if res := s.listen(t, "greedy"); res.StatusCode != http.StatusOK {
			t.Fatal(res.StatusCode)
		}
	}
	res := s.listen(t, "greedy")
	if body, err := io.ReadAll(res.Body); res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" || !strings.Contains(string(body), `"id":1`) {
		t.Errorf("%d, Retry-After %q, %s %v", res.StatusCode, res.Header.Get("Retry-After"), body, err)
	}
	if res := s.listen(t, "other"); res.StatusCode != http.StatusOK {
		t.Errorf("another caller: %d", res.StatusCode)
	}
	if status, _, body := s.ping(t, "greedy"); status != http.StatusOK {
		t.Errorf("a call beside the streams: %d %s", status, body)
	}
}

// A megabyte to complete drew thirty-six.
func TestCompletionOfAMegabyte(t *testing.T) {
	t.Parallel()
	s := newStack(t)
	complete := func(value string) (int, string) {
		status, body, err := s.post(t.Context(), s.mcpURL, "a", `{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"translate_video"},"argument":{"name":"languages","value":"`+value+`"}}}`)
		if err != nil {
			t.Fatal(err)
		}
		return status, body
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if status, body := complete(strings.Repeat("x", 1_000_000) + ","); status != http.StatusRequestEntityTooLarge || len(body) > 300 {
				t.Errorf("%d, %d bytes: %.300s", status, len(body), body)
			}
		})
	}
	group.Wait()
	if _, body := complete(strings.Repeat("x", 256) + ","); !strings.Contains(body, "256 characters") || len(body) > 300 {
		t.Errorf("got %.300s, want %q in it and len(body) at most %v", body, "256 characters", 300)
	}
	if _, body := complete(strings.Repeat("x", 250) + ","); strings.Contains(body, "xxx") {
		t.Errorf("words that are no languages came back: %.300s", body)
	}
}
