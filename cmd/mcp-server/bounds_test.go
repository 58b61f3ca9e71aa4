package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// What one caller may have in flight, by docs/threats.md.
const (
	callsAtOnce   = 64
	streamsAtOnce = 16
)

// begin sends the head of a request of an account's and not its body, which holds the account's place.
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
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nX-Api-Key: sk_sandbox_%s\r\nContent-Length: %d\r\n\r\n",
		u.Path, u.Host, account, len(body))
	if _, err := io.WriteString(conn, head); err != nil {
		t.Fatal(err)
	}
	return conn
}

// untilStatus asks as an account until it is answered with a status, and gives when to come back.
func (s *stack) untilStatus(t *testing.T, account string, status int) (retryAfter, body string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.mcpURL, strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-Api-Key", "sk_sandbox_"+account)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode == status {
			return res.Header.Get("Retry-After"), string(raw)
		}
		<-again.C
	}
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
	after, body := s.untilStatus(t, "greedy", http.StatusTooManyRequests)
	if after == "" || !strings.Contains(body, fmt.Sprintf("%d requests in flight", callsAtOnce)) {
		t.Errorf("Retry-After %q: %s", after, body)
	}
	for _, other := range []string{"a", "b", "c"} {
		if status, body, err := s.post(t.Context(), s.mcpURL, other, rpc("list_videos", `{}`, "")); status != http.StatusOK || err != nil {
			t.Errorf("%s: %d %s %v", other, status, body, err)
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
	s.untilStatus(t, "greedy", http.StatusOK)
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
	s.untilStatus(t, "greedy", http.StatusOK)
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
		t.Errorf("%.300s", body)
	}
	if _, body := complete(strings.Repeat("x", 250) + ","); strings.Contains(body, "xxx") {
		t.Errorf("words that are no languages came back: %.300s", body)
	}
}
