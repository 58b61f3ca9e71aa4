package transport_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
	"heygen-mcp/transport/inflight"
)

// sharing lets in whoever says who they are, and gives each a share.
func sharing(limits inflight.Limits) func(*transport.Config, *transport.Parts) {
	return func(c *transport.Config, p *transport.Parts) {
		c.Limits = limits
		p.Authenticate = func(bool, func(*http.Request) string) func(http.Handler) http.Handler {
			return func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					name := r.Header.Get("Authorization")
					if name == "" {
						w.WriteHeader(http.StatusUnauthorized)
						return
					}
					next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), whoKey{}, name)))
				})
			}
		}
		p.Caller = who
	}
}

// as says who calls.
func as(name string, more func(*http.Request)) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", name)
		if more != nil {
			more(r)
		}
	}
}

// refusedBusy holds a refusal to what a client needs to come back.
func refusedBusy(t *testing.T, res *http.Response, status int, want string) {
	t.Helper()
	body := edgetest.Text(t, res)
	if res.StatusCode != status || res.Header.Get("Retry-After") == "" {
		t.Errorf("%d, Retry-After %q, %s", res.StatusCode, res.Header.Get("Retry-After"), body)
	}
	edgetest.Wants(t, body, `"jsonrpc":"2.0"`, `"error"`, want)
}

// postAs sends a message as a caller.
//
//bodyclose:handled
func postAs(t *testing.T, s *stack, name, body string) *http.Response {
	t.Helper()
	return edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", body, as(name, nil))
}

// listenAs opens a stream as a caller.
//
//bodyclose:handled
func listenAs(ctx context.Context, t *testing.T, s *stack, name string) *http.Response {
	t.Helper()
	return edgetest.Send(ctx, t, "POST", s.URL+"/mcp", edgetest.RPC(5, "subscriptions/listen", `{"notifications":{"toolsListChanged":true},"_meta":{`+edgetest.ModernMeta+`}}`),
		as(name, edgetest.Modern("subscriptions/listen", "")))
}

// A caller has so many calls at once and no more; others are served meanwhile, until all places are taken.
func TestCallsAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t, sharing(inflight.Limits{CallerRequests: 3, Requests: 7}))
	var group sync.WaitGroup
	hold := func(name string) {
		group.Go(func() {
			if got := edgetest.Text(t, postAs(t, s, name, edgetest.Call(1, "wait", `{}`, ""))); !strings.Contains(got, "released") {
				t.Errorf("a call that was let in gave %s", got)
			}
		})
		<-s.gate.Entered
	}
	for range 3 {
		hold("a")
	}
	refusedBusy(t, postAs(t, s, "a", edgetest.Call(1, "echo", `{}`, "")), http.StatusTooManyRequests, "you have 3 requests in flight")
	for _, name := range []string{"b", "b", "b", "c"} {
		hold(name)
	}
	refusedBusy(t, postAs(t, s, "c", edgetest.Call(1, "echo", `{}`, "")), http.StatusServiceUnavailable, "as many requests as it can")
	if res := edgetest.Send(t.Context(), t, "GET", s.URL+"/healthz", "", nil); res.StatusCode != http.StatusOK {
		t.Errorf("health: %d", res.StatusCode)
	}
	close(s.gate.Release)
	group.Wait()
	for range 20 { // every place was given back
		if res := postAs(t, s, "a", edgetest.Call(1, "echo", `{}`, "")); res.StatusCode != http.StatusOK {
			t.Errorf("afterwards: %d %s", res.StatusCode, edgetest.Text(t, res))
		}
	}
}

// A caller has so many streams open, which are no calls; one that ends makes room.
func TestStreamsAtOnce(t *testing.T) {
	t.Parallel()
	s := start(t, sharing(inflight.Limits{CallerStreams: 2, Streams: 3, CallerRequests: 1}))
	open := func(name string) (leave func()) {
		ctx, leave := context.WithCancel(t.Context())
		edgetest.Wants(t, newEvents(listenAs(ctx, t, s, name).Body).next(t), "acknowledged")
		return leave
	}
	leave := open("a")
	open("a")
	refusedBusy(t, listenAs(t.Context(), t, s, "a"), http.StatusTooManyRequests, `"id":5`)
	if res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp", edgetest.Call(1, "echo", `{}`, ""), as("a", nil)); res.StatusCode != http.StatusOK {
		t.Errorf("a call beside the streams: %d", res.StatusCode)
	}
	open("b")
	refusedBusy(t, listenAs(t.Context(), t, s, "b"), http.StatusServiceUnavailable, "as many streams open as it can")
	leave()
	soon(t, func() {
		for {
			res := listenAs(t.Context(), t, s, "b")
			if res.StatusCode == http.StatusOK {
				return
			}
			_ = res.Body.Close()
		}
	})
}

// What strangers hold open leaves the places of those who are known.
func TestStrangersAtOnce(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}, 10), make(chan struct{})
	s := start(t, func(c *transport.Config, p *transport.Parts) {
		sharing(inflight.Limits{SourceRequests: 2})(c, p)
		p.SignIn = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			entered <- struct{}{}
			<-release
		})
		p.ServerMetadata = p.SignIn
	})
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() { edgetest.Send(t.Context(), t, "POST", s.URL+"/oauth/token", "", nil) })
		<-entered
	}
	refusedBusy(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/oauth/token", "", nil), http.StatusTooManyRequests, "from your network")
	for path, edit := range map[string]func(*http.Request){"/mcp": as("a", nil), "/healthz": func(r *http.Request) { r.Method = "GET" }} {
		if res := edgetest.Send(t.Context(), t, "POST", s.URL+path, edgetest.Call(1, "echo", `{}`, ""), edit); res.StatusCode != http.StatusOK {
			t.Errorf("%s: got %d, want %v", path, res.StatusCode, http.StatusOK)
		}
	}
	close(release)
	group.Wait()
}

// What strangers behind a trusted proxy hold open leaves the places of the proxy's other clients.
func TestStrangersBehindAProxyAtOnce(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}, 10), make(chan struct{})
	s := start(t, func(c *transport.Config, p *transport.Parts) {
		sharing(inflight.Limits{SourceRequests: 1})(c, p)
		c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
		p.SignIn = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Forwarded-For") == "192.0.2.1" {
				entered <- struct{}{}
				<-release
			}
		})
		p.ServerMetadata = p.SignIn
	})
	from := func(address string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("X-Forwarded-For", address) }
	}
	var group sync.WaitGroup
	group.Go(func() { edgetest.Send(t.Context(), t, "POST", s.URL+"/oauth/token", "", from("192.0.2.1")) })
	<-entered
	refusedBusy(t, edgetest.Send(t.Context(), t, "POST", s.URL+"/oauth/token", "", from("192.0.2.1")), http.StatusTooManyRequests, "from your network")
	if res := edgetest.Send(t.Context(), t, "POST", s.URL+"/oauth/token", "", from("192.0.2.2")); res.StatusCode != http.StatusOK {
		t.Errorf("another client of the proxy got %d, want 200", res.StatusCode)
	}
	close(release)
	group.Wait()
}

// Connections that wait for nothing give way to new ones.
func TestIdleConnectionsGiveWay(t *testing.T) {
	t.Parallel()
	s, _, _ := build(t, func(c *transport.Config, _ *transport.Parts) { c.Limits.Connections = 4 })
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, ln) }()
	defer func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	}()
	dial := func(first string) net.Conn {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, first); err != nil {
			t.Fatal(err)
		}
		return conn
	}
	var slow []net.Conn
	for range 40 { // refused at once, and then read on
		slow = append(slow, dial("POST /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 200000\r\n\r\n"))
	}
	for range 40 {
		slow = append(slow, dial("POST /mcp HTTP/1.1\r\nX-Sl"))
	}
	for range 10 {
		kept := dial("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
		if err := kept.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		status := make([]byte, len("HTTP/1.1 200"))
		if _, err := io.ReadFull(kept, status); err != nil || string(status) != "HTTP/1.1 200" {
			t.Errorf("got %q, %v, want no error and string(status) %q", status, err, "HTTP/1.1 200")
		}
		defer func() { _ = kept.Close() }()
	}
	open := 0
	for _, conn := range slow {
		_ = conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		if _, err := conn.Read(make([]byte, 1)); err != nil && strings.Contains(err.Error(), "timeout") {
			open++
		}
		_ = conn.Close()
	}
	if open > 4 {
		t.Errorf("%d connections were left open", open)
	}
}
