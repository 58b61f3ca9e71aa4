package keepalive_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"heygen-mcp/transport/keepalive"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// server is an http.Server that answers with what it was asked, and the states that it has told.
type server struct {
	*keepalive.Listener
	srv    *http.Server
	served chan error

	mu     sync.Mutex
	states map[net.Conn][]http.ConnState
	told   chan struct{}
}

// serve starts one.
func serve(t *testing.T, after, idle time.Duration) *server {
	t.Helper()
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{served: make(chan error, 1), states: map[net.Conn][]http.ConnState{}, told: make(chan struct{}, 1)}
	s.Listener = keepalive.Listen(ln, after, s.state)
	s.srv = &http.Server{
		Handler: keepalive.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Errorf("reading the body of %s: %v", r.URL, err)
			}
			_, _ = fmt.Fprintf(w, "%s %s %s", r.Method, r.URL, body) //nolint:gosec // G705: the client is this test
		})),
		ConnState: s.State, ConnContext: s.Context, IdleTimeout: idle, ReadHeaderTimeout: time.Minute,
	}
	go func() { s.served <- s.srv.Serve(s.Listener) }()
	t.Cleanup(func() {
		if err := s.srv.Shutdown(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("shutting down: %v", err)
		}
		if err := <-s.served; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serving ended with %v", err)
		}
	})
	return s
}

func (s *server) state(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	s.states[c] = append(s.states[c], state)
	s.mu.Unlock()
	select {
	case s.told <- struct{}{}:
	default:
	}
}

// until waits until something is true of the server.
func (s *server) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	limit := time.After(10 * time.Second)
	for !is() {
		select {
		case <-s.told:
		case <-time.After(time.Millisecond): // what is kept is told to nobody
		case <-limit:
			t.Fatalf("after ten seconds not: %s", what)
		}
	}
}

// client is a connection, and what comes back on it.
type client struct {
	net.Conn
	in *bufio.Reader
}

func (s *server) dial(t *testing.T) *client {
	t.Helper()
	c, err := new(net.Dialer).DialContext(t.Context(), "tcp", s.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	return &client{c, bufio.NewReader(c)}
}

func (c *client) send(t *testing.T, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatalf("sending %q: %v", text, err)
	}
}

func (c *client) wants(t *testing.T, want string) {
	t.Helper()
	res, err := http.ReadResponse(c.in, nil)
	if err != nil {
		t.Fatalf("the answer is %v, want %q", err, want)
	}
	got, err := io.ReadAll(res.Body)
	if err != nil || string(got) != want {
		t.Errorf("the answer is %q, %v, want %q", got, err, want)
	}
	_ = res.Body.Close()
}

const get = "GET /%d HTTP/1.1\r\nHost: a\r\n\r\n"

// TestAKeptConnectionGoesOn holds that a connection that was kept takes its next request, as often as it is kept, and
// is one connection to whoever is told of states.
func TestAKeptConnectionGoesOn(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Millisecond, time.Minute)
	c := s.dial(t)
	for i := range 3 {
		c.send(t, fmt.Sprintf(get, i))
		c.wants(t, fmt.Sprintf("GET /%d ", i))
		s.until(t, "the connection is kept", func() bool { return s.Kept() == 1 })
	}
	s.mu.Lock()
	var got string
	for _, states := range s.states {
		got += fmt.Sprint(states)
	}
	s.mu.Unlock()
	if want := "[new active idle active idle active idle]"; got != want {
		t.Errorf("the states are %s, want %s", got, want)
	}
	_ = c.Close()
	s.until(t, "the connection is closed", func() bool { return s.Kept() == 0 && s.ends() == 1 })
}

// ends counts the connections whose last state is that they are closed.
func (s *server) ends() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, states := range s.states {
		if states[len(states)-1] == http.StateClosed {
			n++
		}
	}
	return n
}

// TestNothingThatWasReadIsLost holds that a connection on which a part of the next request came with the one before is
// not kept, and one on which a part comes later waits for the rest.
func TestNothingThatWasReadIsLost(t *testing.T) {
	t.Parallel()
	s := serve(t, 0, time.Minute) // so that each is kept that may be
	next := fmt.Sprintf(get, 2)
	for part := 1; part < 5; part++ {
		c := s.dial(t)
		c.send(t, fmt.Sprintf(get, 1)+next[:part])
		c.wants(t, "GET /1 ")
		c.send(t, next[part:])
		c.wants(t, "GET /2 ")
		for _, text := range []string{next[:part], next[part:]} {
			c.send(t, text)
		}
		c.wants(t, "GET /2 ")
	}
	c := s.dial(t)
	c.send(t, "POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
	c.wants(t, "POST /3 ab")
	c.send(t, next)
	c.wants(t, "GET /2 ")
}

// TestIdleTimeoutHolds holds that a connection that is kept is closed when it would have been.
func TestIdleTimeoutHolds(t *testing.T) {
	t.Parallel()
	s := serve(t, 0, 50*time.Millisecond)
	c := s.dial(t)
	c.send(t, fmt.Sprintf(get, 1))
	c.wants(t, "GET /1 ")
	if _, err := c.in.ReadByte(); !errors.Is(err, io.EOF) {
		t.Errorf("reading on gives %v, want the end", err)
	}
	s.until(t, "the connection is closed", func() bool { return s.ends() == 1 && s.Kept() == 0 })
}

// TestWhatIsKeptCanBeClosed holds that whoever was told of a connection may close it while it is kept.
func TestWhatIsKeptCanBeClosed(t *testing.T) {
	t.Parallel()
	s := serve(t, 0, time.Minute)
	c := s.dial(t)
	c.send(t, fmt.Sprintf(get, 1))
	c.wants(t, "GET /1 ")
	s.until(t, "the connection is kept", func() bool { return s.Kept() == 1 })
	s.mu.Lock()
	var kept net.Conn
	for kept = range s.states { //nolint:revive // there is one
	}
	s.mu.Unlock()
	if err := kept.Close(); err != nil {
		t.Errorf("closing gives %v", err)
	}
	if _, err := c.in.ReadByte(); err == nil {
		t.Error("the client reads on")
	}
	if n := s.Kept(); n != 0 {
		t.Errorf("%d connections are kept, want none", n)
	}
}

// TestClosingEndsWhatIsKept holds that the end of the server is the end of all that are kept.
func TestClosingEndsWhatIsKept(t *testing.T) {
	t.Parallel()
	s := serve(t, 0, time.Minute)
	var all []*client
	for i := range 300 { // more than epoll tells of at once
		c := s.dial(t)
		c.send(t, fmt.Sprintf(get, i))
		c.wants(t, fmt.Sprintf("GET /%d ", i))
		all = append(all, c)
	}
	s.until(t, "all are kept", func() bool { return s.Kept() == len(all) })
	if err := s.srv.Shutdown(t.Context()); err != nil {
		t.Errorf("shutting down gives %v", err)
	}
	for _, c := range all {
		if _, err := c.in.ReadByte(); err == nil {
			t.Fatal("a client reads on")
		}
	}
	if got := s.ends(); got != len(all) {
		t.Errorf("%d connections were told to be closed, want %d", got, len(all))
	}
}

// TestManyAtOnce has clients that pause or go on, and end, at once.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, 0, time.Minute)
	var all sync.WaitGroup
	var clients []*client
	for n := range 20 {
		c := s.dial(t)
		clients = append(clients, c)
		all.Go(func() {
			for i := range 50 {
				body := strings.Repeat("x", i*n*10)
				request := fmt.Sprintf("POST /%d HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", i, len(body), body)
				want := fmt.Sprintf("POST /%d %s", i, body)
				times := 1
				if i%7 == n%7 { // two at once
					times = 2
				}
				if _, err := io.WriteString(c, strings.Repeat(request, times)); err != nil {
					t.Error(err)
					return
				}
				for range times {
					c.wants(t, want)
				}
			}
		})
	}
	all.Wait()
	for _, c := range clients {
		_ = c.Close()
	}
	s.until(t, "all are closed", func() bool { return s.ends() == 20 })
}
