package transport_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
)

// A drain ends listen streams with their result and lets a running call finish.
func TestDrain(t *testing.T) {
	t.Parallel()
	s, g, _ := build(t, func(c *transport.Config, _ *transport.Parts) { c.KeepAlive = time.Millisecond })
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	target := "http://" + ln.Addr().String()

	listen := edgetest.Send(t.Context(), t, "POST", target+"/mcp",
		edgetest.RPC(9, "subscriptions/listen", `{"notifications":{"toolsListChanged":true},"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("subscriptions/listen", ""))
	events := bufio.NewReader(listen.Body)
	edgetest.Wants(t, edgetest.Line(t, events, "data: "), "notifications/subscriptions/acknowledged")
	edgetest.Line(t, events, ": keep-alive")

	running := edgetest.Send(t.Context(), t, "POST", target+"/mcp", edgetest.Call(1, "wait", `{}`, ""), nil)
	<-g.Entered
	stop()
	edgetest.Wants(t, edgetest.Line(t, events, "data: "), `"id":9`, `"resultType":"complete"`, `subscriptionId":9`)
	if rest, err := io.ReadAll(events); err != nil || len(rest) > 1 {
		t.Errorf("after the end: %q, %v", rest, err)
	}
	select {
	case err := <-ended:
		t.Fatalf("the server ended during a call: %v", err)
	default:
	}
	g.Release <- struct{}{}
	edgetest.Wants(t, edgetest.Line(t, bufio.NewReader(running.Body), "data: "), "released")
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A stream could not be ended under an id that is not to be repeated, so none begins under one.
func TestListenNeedsAnID(t *testing.T) {
	t.Parallel()
	s, _, _ := build(t, nil)
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	for _, id := range []string{`true`, `{}`, `[1]`, `"` + strings.Repeat("x", 300) + `"`} {
		res := edgetest.Send(t.Context(), t, "POST", "http://"+ln.Addr().String()+"/mcp",
			`{"jsonrpc":"2.0","id":`+id+`,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},"_meta":{`+edgetest.ModernMeta+`}}}`,
			edgetest.Modern("subscriptions/listen", ""))
		if got := edgetest.Text(t, res); res.StatusCode != 400 || !strings.Contains(got, `"id":null`) || !strings.Contains(got, "-32600") {
			t.Errorf("%.20s: got %d %s, want %v, %q in it and %q in it", id, res.StatusCode, got, 400, `"id":null`, "-32600")
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A listen stream with nothing to tell ends at once, acknowledged.
func TestEmptyListenIsAcknowledged(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for range 20 {
		res := edgetest.Send(t.Context(), t, "POST", s.URL+"/mcp",
			edgetest.RPC(3, "subscriptions/listen", `{"notifications":{},"_meta":{`+edgetest.ModernMeta+`}}`), edgetest.Modern("subscriptions/listen", ""))
		edgetest.Wants(t, edgetest.Text(t, res), "notifications/subscriptions/acknowledged", `"id":3`)
	}
}

// With a delay a server that is told to stop says so and serves on, new connections too, until the delay is over.
func TestDrainDelay(t *testing.T) {
	t.Parallel()
	drained := make(chan struct{})
	s, _, _ := build(t, func(c *transport.Config, p *transport.Parts) {
		c.DrainDelay = time.Second
		p.Drain = func() { close(drained) }
	})
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, ln) }()
	target := "http://" + ln.Addr().String()
	if got := edgetest.Text(t, edgetest.Send(t.Context(), t, "GET", target+"/readyz", "", nil)); !strings.Contains(got, "ready") {
		t.Fatalf("got %v, want %q in it", got, "ready")
	}
	begun := time.Now()
	stop()
	for draining := false; !draining; {
		ready := edgetest.Text(t, edgetest.Send(t.Context(), t, "GET", target+"/readyz", "", nil))
		call := edgetest.Text(t, edgetest.Send(t.Context(), t, "POST", target+"/mcp", edgetest.Call(1, "echo", `{"text":"still"}`, ""), nil))
		if !strings.Contains(call, "still") {
			t.Fatalf("a call while it drains: %s", call)
		}
		draining = strings.Contains(ready, "draining")
	}
	<-drained
	if took := time.Since(begun); took < time.Second {
		t.Errorf("it began to end after %v", took)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
