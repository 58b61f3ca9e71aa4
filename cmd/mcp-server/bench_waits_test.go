package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/memory"
)

const (
	// waitAccounts have waitJobs videos each, for which the waits are: an account of the sandbox
	// cannot have more at work.
	waitAccounts, waitJobs = 10, 10
	// waitWatched is for how long the server is watched while nothing happens.
	waitWatched = 24 * time.Second
)

// BenchmarkWaits has b.N clients wait for videos at once, each with a connection of its own and
// told of progress, on ten accounts. The server and the sandbox are processes of their own. It
// reports what the server holds and spends for the waits, and how often it asks for states in 24 s.
//
//	go test ./cmd/mcp-server -run '^$' -bench Waits -benchtime 10000x
func BenchmarkWaits(b *testing.B) {
	if b.N == 1 {
		return // the benchmark's own trial
	}
	box := startChild(b, "sandbox")
	b.Setenv(upstreamVariable, box.url)
	child := startChild(b, "waits")
	s := &stack{mcpURL: child.url, sandboxURL: box.url}
	s.steer(b, `{"hold":true}`)
	ids := s.jobsFor(b)
	before := child.resident(b)
	_, heapBefore := child.weight(b)

	var conns []*waiting
	b.Cleanup(func() {
		for _, w := range conns {
			_ = w.conn.Close()
		}
	})
	for i := range b.N {
		conns = append(conns, beginWait(b, child.url, i%waitAccounts, ids[i%waitAccounts][i/waitAccounts%waitJobs]))
	}
	for _, w := range conns {
		w.until(b, "notifications/progress")
	}
	b.ResetTimer()
	cpu, asked := child.cpu(b), child.asked(b)
	watched := time.NewTimer(waitWatched)
	<-watched.C
	b.ReportMetric((child.cpu(b)-cpu)/waitWatched.Seconds()/1e4, "%-of-a-core")
	b.ReportMetric(float64(child.asked(b)-asked), "status-calls")
	after := child.resident(b)
	goroutines, heap := child.weight(b)
	b.StopTimer()
	var stacks uint64
	if _, err := fmt.Sscan(child.out.Text(), new(int), new(uint64), &stacks); err != nil {
		b.Fatal(err)
	}
	s.steer(b, `{"advance_seconds":3600}`)
	for _, w := range conns {
		w.until(b, `"finished":true`)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(after)/1024, "MB-in-all")
	b.ReportMetric(float64(after-before)/float64(b.N), "kB-each")
	b.ReportMetric(float64(heap-heapBefore)/1024/float64(b.N), "heap-kB-each")
	b.ReportMetric(float64(stacks)/1024/float64(b.N), "stack-kB-each")
	b.ReportMetric(float64(goroutines)/float64(b.N), "goroutines-each")
}

// waiting is one client that waits.
type waiting struct {
	conn net.Conn
	in   *bufio.Reader
}

// beginWait sends the request of a wait and does not read its answer.
func beginWait(b *testing.B, mcpURL string, account int, id string) *waiting {
	b.Helper()
	u, err := url.Parse(mcpURL)
	if err != nil {
		b.Fatal(err)
	}
	conn, err := new(net.Dialer).DialContext(b.Context(), "tcp", u.Host)
	if err != nil {
		b.Fatal(err)
	}
	body := rpc("wait_for_jobs", fmt.Sprintf(`{"kind":"video","ids":[%q],"timeout_seconds":240}`, id), `,"_meta":{"progressToken":"p"}`)
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nX-Api-Key: sk_sandbox_waits%d\r\nContent-Type: application/json\r\n"+
		"Accept: application/json, text/event-stream\r\nContent-Length: %d\r\n\r\n%s", u.Path, u.Host, account, len(body), body)
	if err != nil {
		b.Fatal(err)
	}
	return &waiting{conn: conn, in: bufio.NewReaderSize(conn, 512)}
}

// until reads lines of the answer until one has a text.
func (w *waiting) until(b *testing.B, text string) {
	b.Helper()
	if err := w.conn.SetReadDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		b.Fatal(err)
	}
	for {
		line, err := w.in.ReadString('\n')
		if err != nil {
			b.Fatalf("waiting for %s: %v, after %s", text, err, line)
		}
		if strings.Contains(line, text) {
			return
		}
	}
}

// jobsFor makes the videos of each account.
func (s *stack) jobsFor(b *testing.B) (ids [waitAccounts][]string) {
	b.Helper()
	say := func(account, tool, args, member string) string {
		_, body, err := s.post(b.Context(), s.mcpURL, account, rpc(tool, args, ""))
		_, content, _ := strings.Cut(body, `"structuredContent"`)
		_, rest, found := strings.Cut(content, `"`+member+`":"`)
		if err != nil || !found {
			b.Fatalf("%s: %s, %v", tool, body, err)
		}
		id, _, _ := strings.Cut(rest, `"`)
		return id
	}
	for i := range waitAccounts {
		account := fmt.Sprintf("waits%d", i)
		look := say(account, "list_avatar_looks", `{"limit":1,"ownership":"public"}`, "look_id")
		for j := range waitJobs {
			ids[i] = append(ids[i], say(account, "create_video_from_avatar",
				fmt.Sprintf(`{"avatar_id":%q,"script":"Hello.","title":"%d"}`, look, j), "video_id"))
		}
	}
	return ids
}

// steer drives the sandbox's clock.
func (s *stack) steer(b *testing.B, body string) {
	b.Helper()
	if status, answer, err := s.post(b.Context(), s.sandboxURL+"/_sandbox/clock", "", body); err != nil || status >= 300 {
		b.Fatalf("%d %s %v", status, answer, err)
	}
}

// resident is what the child has of the machine's memory, in kB.
func (c *child) resident(b *testing.B) (kB int) {
	b.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.pid))
	if err != nil {
		b.Skip("this machine does not tell what a process has of its memory")
	}
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	if _, err := fmt.Sscan(rest, &kB); err != nil {
		b.Fatal(err)
	}
	return kB
}

// asked is how often the child has asked HeyGen for states.
func (c *child) asked(b *testing.B) (n int) {
	b.Helper()
	if _, err := fmt.Fprintln(c.in, tellAsked); err != nil || !c.out.Scan() {
		b.Fatal("the server has gone")
	}
	if _, err := fmt.Sscan(c.out.Text(), &n); err != nil {
		b.Fatal(err)
	}
	return n
}

// serveSandbox is the HeyGen of the waits.
func serveSandbox(ctx context.Context) (string, error) {
	cfg, err := settings.Load("serve", []string{"--sandbox", "--listen", "127.0.0.1:0"}, nil)
	if err != nil {
		return "", err
	}
	box, err := app.StartSandbox(ctx, cfg)
	if err != nil {
		return "", err
	}
	return box.URL.String(), nil
}

// statusCounter counts the requests for states that pass it.
type statusCounter struct{ base http.RoundTripper }

func (c statusCounter) RoundTrip(req *http.Request) (*http.Response, error) {
	if strings.HasSuffix(req.URL.Path, "/statuses") {
		statusCalls.Add(1)
	}
	return c.base.RoundTrip(req)
}

// serveWaits is the whole server in front of the sandbox that the environment names, with room for many who wait.
func serveWaits(ctx context.Context) (string, error) {
	of := os.Getenv(upstreamVariable)
	cfg, err := settings.Load("serve", []string{"--listen", "127.0.0.1:0", "--auth", "direct", "--heygen-url", of, "--authorization-server", of}, nil)
	if err != nil {
		return "", err
	}
	if cfg.Upstream, err = app.Network(cfg); err != nil {
		return "", err
	}
	cfg.Upstream = statusCounter{cfg.Upstream}
	const most = 20_000
	cfg.Limits.Requests, cfg.Limits.Streams, cfg.Limits.Connections = most, most, most
	cfg.Limits.CallerRequests, cfg.Limits.CallerStreams, cfg.Limits.Strangers, cfg.Limits.SourceRequests = most, most, most, most
	memory.Tune(os.Environ())
	a, err := app.Build(ctx, cfg, observe.NewLog(io.Discard, settings.LogJSON))
	if err != nil {
		return "", err
	}
	go func() { _ = a.Server.Serve(ctx, a.Listener) }()
	return a.MCPURL, nil
}
