package transport_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// pipes is a listener in memory, so that a bubble's time governs its connections.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080} }

func (p *pipes) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours
}

// serveIn serves in the bubble that t runs in. The function that it gives stops the server and waits.
func serveIn(t *testing.T, s *transport.Server) (ln *pipes, stop func()) {
	t.Helper()
	ln = newPipes()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	return ln, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// A body that comes a byte a second is not waited for, whatever the answer is: net/http reads on
// after a refusal, so each such connection would hold a goroutine for three days.
func TestTrickledBodyEnds(t *testing.T) {
	t.Parallel()
	for name, head := range map[string]string{
		"taken":           "POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nX-In: yes\r\n",
		"not signed in":   "POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\n",
		"foreign origin":  "POST /mcp HTTP/1.1\r\nOrigin: https://evil.example\r\n",
		"no such path":    "POST /nowhere HTTP/1.1\r\n",
		"other type":      "POST /mcp HTTP/1.1\r\nContent-Type: text/plain\r\nX-In: yes\r\n",
		"other method":    "PUT /mcp HTTP/1.1\r\nX-In: yes\r\n",
		"length unknown":  "POST /nowhere HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
		"asks beforehand": "POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nX-In: yes\r\nExpect: 100-continue\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, _, _ := build(t, func(_ *transport.Config, p *transport.Parts) { p.Authenticate = withHeader("X-In") })
				ln, stop := serveIn(t, s)
				defer stop()
				conn := ln.dial()
				begun := time.Now()
				read := make(chan struct{})
				go func() {
					defer close(read)
					_, _ = io.Copy(io.Discard, conn) // it ends when the server closes, which is all that counts
				}()
				unit, length := "x", "Content-Length: 250000\r\n"
				if strings.Contains(head, "chunked") {
					unit, length = "1\r\nx\r\n", ""
				}
				if _, err := io.WriteString(conn, head+"Host: 127.0.0.1\r\n"+length+"\r\n"); err != nil {
					t.Fatal(err)
				}
				for {
					if _, err := io.WriteString(conn, unit); err != nil {
						break
					}
					if time.Since(begun) > time.Minute {
						t.Error("after a minute the server still reads")
						break
					}
					time.Sleep(time.Second) // in the bubble
				}
				_ = conn.Close()
				<-read
			})
		})
	}
}

// withHeader lets in whoever sends a header.
func withHeader(name string) func(bool, func(*http.Request) string) func(http.Handler) http.Handler {
	return func(bool, func(*http.Request) string) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get(name) == "" {
					w.WriteHeader(http.StatusUnauthorized)
					return
				}
				next.ServeHTTP(w, r)
			})
		}
	}
}

// The limit is on the request. What answers it may take minutes, and on a kept connection
// the next request has a limit of its own.
func TestLongAnswersOutliveTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, g, _ := build(t, func(c *transport.Config, _ *transport.Parts) { c.KeepAlive = 10 * time.Second })
		ln, stop := serveIn(t, s)
		defer stop()
		c := &http.Client{Transport: &http.Transport{
			DialContext: func(context.Context, string, string) (net.Conn, error) { return ln.dial(), nil },
		}}
		defer c.CloseIdleConnections()
		for range 2 {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:8080/mcp", strings.NewReader(edgetest.Call(1, "wait", `{}`, "")))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Accept", "application/json, text/event-stream")
			go func() {
				<-g.Entered
				time.Sleep(5 * time.Minute) // in the bubble
				g.Release <- struct{}{}
			}()
			res, err := c.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			edgetest.Wants(t, edgetest.Line(t, bufio.NewReader(res.Body), "data: "), "released")
			if err := res.Body.Close(); err != nil && !errors.Is(err, io.EOF) {
				t.Error(err)
			}
		}
	})
}

// A client that reads nothing of its answer is let go, however the answer is sent.
func TestUnreadAnswersEnd(t *testing.T) {
	t.Parallel()
	list := edgetest.RPC(1, "tools/list", `{}`)
	for name, c := range map[string]struct{ head, body string }{
		"tool":          {"POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nX-In: yes\r\n", edgetest.Call(1, "echo", `{}`, "")},
		"stream":        {"POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nX-In: yes\r\nAccept: text/event-stream\r\n", edgetest.Call(1, "progress", `{}`, `"progressToken":1`)},
		"list":          {"POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nX-In: yes\r\n", list},
		"not signed in": {"POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\n", list},
		"no such path":  {"GET /nowhere HTTP/1.1\r\n", ""},
		"health":        {"GET /healthz HTTP/1.1\r\n", ""},
		"no body":       {"OPTIONS /mcp HTTP/1.1\r\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, _, _ := build(t, func(_ *transport.Config, p *transport.Parts) { p.Authenticate = withHeader("X-In") })
				ln, stop := serveIn(t, s)
				conn := ln.dial()
				defer func() { _ = conn.Close() }()
				if _, err := io.WriteString(conn, c.head+"Host: 127.0.0.1\r\nContent-Length: "+strconv.Itoa(len(c.body))+"\r\n\r\n"+c.body); err != nil {
					t.Fatal(err)
				}
				time.Sleep(35 * time.Second) // in the bubble
				begun := time.Now()
				stop() // fails where a call is still running after 25 s
				if took := time.Since(begun); took > 2*time.Second {
					t.Errorf("the connection was still held: it took %v to stop", took)
				}
			})
		})
	}
}

// A client that reads slowly, but reads, gets an answer of any length.
func TestSlowReadersGetAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		long := `{"text":"` + strings.Repeat("x", 600_000) + `"}`
		s, _, _ := build(t, nil)
		ln, stop := serveIn(t, s)
		defer stop()
		conn := ln.dial()
		defer func() { _ = conn.Close() }()
		body := edgetest.Call(1, "echo", long, "")
		if _, err := io.WriteString(conn, "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "+
			strconv.Itoa(len(body))+"\r\n\r\n"+body); err != nil {
			t.Fatal(err)
		}
		got, piece := 0, make([]byte, 4<<10)
		for {
			n, err := conn.Read(piece)
			got += n
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("after %d bytes: %v", got, err)
			}
			time.Sleep(time.Second) // in the bubble: two and a half minutes in all
		}
		if got < len(long) {
			t.Errorf("%d bytes of %d", got, len(long))
		}
	})
}

// An answer that is read a little at a time is ended when it has had its time as a whole, however steadily
// each piece is read: the server keeps it until then.
func TestTrickledAnswersEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, _, _ := build(t, nil)
		ln, stop := serveIn(t, s)
		defer stop()
		conn := ln.dial()
		defer func() { _ = conn.Close() }()
		body := edgetest.Call(1, "echo", `{"text":"`+strings.Repeat("x", 900_000)+`"}`, "")
		if _, err := io.WriteString(conn, "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "+
			strconv.Itoa(len(body))+"\r\n\r\n"+body); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		piece := make([]byte, 3<<10)
		for {
			if _, err := conn.Read(piece); err != nil {
				break
			}
			time.Sleep(time.Second) // in the bubble
		}
		if took := time.Since(begun); took > 260*time.Second {
			t.Errorf("the answer was held for %v", took)
		}
	})
}

// A long body has a time in proportion to its length, and no more.
func TestTrickledLongBodyEnds(t *testing.T) {
	t.Parallel()
	for rate, whole := range map[int]bool{2 << 10: false, 14 << 10: true} {
		synctest.Test(t, func(t *testing.T) {
			s, _, _ := build(t, nil)
			ln, stop := serveIn(t, s)
			defer stop()
			conn := ln.dial()
			defer func() { _ = conn.Close() }()
			body := edgetest.Call(1, "echo", `{"text":"`+strings.Repeat("x", 900_000)+`"}`, "")
			answered := make(chan string, 1)
			go func() {
				status := make([]byte, len("HTTP/1.1 200"))
				_, _ = io.ReadFull(conn, status) // what did not come is seen below
				answered <- string(status)
				_, _ = io.Copy(io.Discard, conn) // until it is closed
			}()
			if _, err := io.WriteString(conn, "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "+
				strconv.Itoa(len(body))+"\r\n\r\n"); err != nil {
				t.Fatal(err)
			}
			begun := time.Now()
			for sent := 0; sent < len(body); sent += rate {
				if _, err := io.WriteString(conn, body[sent:min(sent+rate, len(body))]); err != nil {
					break
				}
				time.Sleep(time.Second) // in the bubble
			}
			got := <-answered
			if took := time.Since(begun); (got == "HTTP/1.1 200") != whole || took > 100*time.Second {
				t.Errorf("%d bytes a second: %q after %v", rate, got, took)
			}
		})
	}
}
