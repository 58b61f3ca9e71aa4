package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDrainEndsWaits holds that a server which is told to stop does not sit out the minutes that its
// callers wait for their jobs: each gets what is known, as a normal result, and goes on elsewhere.
func TestDrainEndsWaits(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	defer cancel()
	p := start(ctx, t, binary(t), "serve", "--listen", "127.0.0.1:0", "--sandbox")
	s := &stack{mcpURL: p.mcpURL, sandboxURL: p.sandboxURL}
	s.control(t, "clock", `{"hold":true}`)

	// One that hears of progress and would wait for four minutes, and one that does not.
	meta := map[string]string{"heard": `,"_meta":{"progressToken":"p"}`, "silent": ""}
	answers := make(chan string, len(meta))
	for who, meta := range meta {
		id, _ := s.tool(t, who, "create_video_from_avatar", s.create(t, who))["video_id"].(string)
		call := rpc("wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q],"timeout_seconds":240}`, id), meta)
		go func() {
			_, body, err := s.post(ctx, s.mcpURL, who, call)
			if err != nil {
				t.Error(err)
			}
			answers <- body
		}()
	}
	s.until(t, func(calls []call) bool {
		polled := map[string]bool{}
		for _, c := range calls {
			if c.Status == 200 && strings.HasSuffix(c.Path, "/statuses") {
				polled[c.Account] = true
			}
		}
		return len(polled) == len(meta)
	})

	// The waits of four minutes outlast the drain: it ends with status 0 only if they end early.
	p.stop(t)
	for range meta {
		res := result(t, <-answers)
		if pending, _ := res["pending"].([]any); res["finished"] != false || res["error"] != nil || len(pending) != 1 || res["next_step"] == nil {
			t.Errorf("a wait ended with %v", res)
		}
	}
	if log := p.logged(); !strings.Contains(log, `"message":"stopped"`) {
		t.Errorf("it did not say that it stopped:\n%s", log)
	}
}

// TestSecondSignalEndsAtOnce holds that whoever does not want to wait for calls that run need not.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	defer cancel()
	p := start(ctx, t, binary(t), "serve", "--listen", "127.0.0.1:0", "--sandbox")
	// A call whose body never comes holds the drain for as long as the server gives it.
	u, err := url.Parse(p.mcpURL)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_, err = io.WriteString(conn, "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: sk_sandbox_slow\r\n"+
		"Content-Type: application/json\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n")
	if err != nil {
		t.Fatal(err)
	}
	// The server asks for the body, so the call runs.
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "100") {
		t.Fatalf("got %q, %v, want no error and %q in it", line, err, "100")
	}
	ended := make(chan error, 1)
	go func() { ended <- p.wait() }()
	begun, again := time.Now(), time.NewTicker(100*time.Millisecond)
	defer again.Stop()
	for {
		select {
		case err := <-ended:
			if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGINT {
				t.Errorf("it ended with %v\n%s", err, p.logged())
			}
			if took := time.Since(begun); took > 10*time.Second {
				t.Errorf("it took %v", took)
			}
			return
		case <-again.C:
			// Which one comes after the first was noted is not known, so there are some more.
			_ = p.cmd.Process.Signal(os.Interrupt) // it may have ended just now
		}
	}
}
