package transport_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mark3labs/mcp-go/mcp"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/transport"
	"heygen-mcp/transport/edge/edgetest"
	"heygen-mcp/transport/inflight"
)

// pausing is a tool that waits until it is told to end, or its client leaves.
type pausing struct {
	end  chan exchange.Outcome
	left chan struct{}
}

func newPausing() *pausing {
	return &pausing{end: make(chan exchange.Outcome, 1), left: make(chan struct{}, 1)}
}

func (p *pausing) call(ctx context.Context, _ string, _ json.RawMessage, progress func(done, total float64, message string)) (exchange.Outcome, bool) {
	var out exchange.Outcome
	ended, told := false, false
	pause := &exchange.Pause{
		Sleep: func() {
			select {
			case out = <-p.end:
			case <-ctx.Done():
				p.left <- struct{}{}
				out = exchange.Outcome{Refusal: &exchange.Refusal{Code: 1, Message: "left"}}
			}
			ended = true
		},
		Resume: func() (exchange.Outcome, bool) {
			if progress != nil && !told {
				progress(1, 2, "one of two")
			}
			told = true
			if out.Code == "panic" {
				panic(out.Code)
			}
			return out, ended
		},
	}
	if !exchange.From(ctx).Pauses {
		return pause.Finish(), true
	}
	return exchange.Outcome{Pause: pause}, true
}

// serve serves the tool in the bubble of t.
func (p *pausing) serve(t *testing.T, limits inflight.Limits) (ln *pipes, stop func()) {
	t.Helper()
	s, err := transport.New(transport.Config{PublicURL: parseURL(t, "http://127.0.0.1:8080"), Name: "n", Version: "v", Limits: limits}, transport.Parts{
		Register: edgetest.Register, ParamHeaders: true, Call: p.call, Waits: func(tool string) bool { return tool == "wait" },
	})
	if err != nil {
		t.Fatal(err)
	}
	ln, ends := serveIn(t, s)
	return ln, func() {
		ends()
		time.Sleep(time.Second) // until idle goroutines have ended
	}
}

// asks sends a call of the tool.
func asks(conn net.Conn, accept, meta string) {
	body := fmt.Sprintf(`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"wait","arguments":{}%s}}`, meta)
	go func() {
		_, _ = fmt.Fprintf(conn, "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\nAccept: %s\r\nContent-Length: %d\r\n\r\n%s",
			accept, len(body), body)
	}()
}

const (
	bothTypes = "application/json, text/event-stream"
	withToken = `,"_meta":{"progressToken":"p"}` //nolint:gosec // G101: it marks a call, and opens nothing
)

func ok() exchange.Outcome { return exchange.Outcome{Result: mcp.NewToolResultText("done")} }

// TestAWaitIsAnswered holds what a client gets that waits: a stream, or JSON, and the end of the connection.
func TestAWaitIsAnswered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ accept, meta, kind string }{
		{bothTypes, withToken, "text/event-stream"}, {bothTypes, "", "application/json"}, {"application/json", withToken, "application/json"},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := newPausing()
			ln, stop := p.serve(t, inflight.Limits{})
			defer stop()
			conn := ln.dial()
			asks(conn, c.accept, c.meta)
			go func() {
				time.Sleep(3 * time.Second)
				p.end <- ok()
			}()
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != http.StatusOK || !res.Close || res.Header.Get("Content-Type") != c.kind ||
				res.Header.Get("X-Request-Id") == "" || res.Header.Get("Date") == "" {
				t.Errorf("%+v: got %d %v, %v, want no error, %v, res.Close true, Content-Type %v, X-Request-Id not empty and Date not empty", c, res.StatusCode, res.Header, err, http.StatusOK, c.kind)
			}
			if told := strings.Contains(string(body), "one of two"); told != (c.kind != "application/json") || !strings.Contains(string(body), `"id":7`) ||
				!strings.Contains(string(body), "done") {
				t.Errorf("%+v: got %s, want told %v, %q in it and %q in it", c, body, (c.kind != "application/json"), `"id":7`, "done")
			}
			if n, err := conn.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
				t.Errorf("%+v: after the answer there is %v, want the end of the connection", c, err)
			}
		})
	}
}

// TestASilentWaitIsKeptAlive holds that comments come while there is nothing to tell.
func TestASilentWaitIsKeptAlive(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPausing()
		ln, stop := p.serve(t, inflight.Limits{})
		defer stop()
		conn := ln.dial()
		asks(conn, bothTypes, "")
		go func() {
			time.Sleep(25 * time.Second)
			p.end <- ok()
		}()
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		if err != nil || strings.Count(string(body), ": keep-alive") != 2 || !strings.Contains(string(body), "done") {
			t.Errorf("got %s, %v, want no error, strings.Count(string(body), \": keep-alive\") %v and %q in it", body, err, 2, "done")
		}
	})
}

// TestAWaitEndsWithItsClient holds that what waits is told when its client has left.
func TestAWaitEndsWithItsClient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPausing()
		ln, stop := p.serve(t, inflight.Limits{})
		defer stop()
		conn := ln.dial()
		asks(conn, bothTypes, "")
		synctest.Wait()
		_ = conn.Close()
		<-p.left
	})
}

// TestWaitsAreNoRequests holds that waits have limits of their own, beyond which they are requests as others.
func TestWaitsAreNoRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPausing()
		ln, stop := p.serve(t, inflight.Limits{Requests: 2, Strangers: 2, Waits: 3})
		defer stop()
		var conns []net.Conn
		for range 5 { // of which two are requests
			conns = append(conns, ln.dial())
			asks(conns[len(conns)-1], bothTypes, "")
			synctest.Wait()
		}
		more := ln.dial()
		asks(more, bothTypes, "")
		res, err := http.ReadResponse(bufio.NewReader(more), nil)
		if err != nil || res.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("the sixth is answered with %v, %v, want that there is no room", res, err)
		}
		if err == nil {
			_ = res.Body.Close()
		}
		for _, conn := range append(conns, more) {
			_ = conn.Close()
		}
		for range conns {
			<-p.left
		}
	})
}

// TestAServerEndsWithItsWaits holds that a drain waits for what waits, and that a panic ends one alone.
func TestAServerEndsWithItsWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPausing()
		ln, stop := p.serve(t, inflight.Limits{})
		conn := ln.dial()
		asks(conn, bothTypes, "")
		synctest.Wait()
		p.end <- exchange.Outcome{Code: "panic"}
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		if body, _ := io.ReadAll(res.Body); !strings.Contains(string(body), "internal error") {
			t.Errorf("a panic is answered with %s", body)
		}
		conn = ln.dial()
		asks(conn, bothTypes, "")
		synctest.Wait()
		go func() {
			time.Sleep(2 * time.Second)
			p.end <- ok()
		}()
		answered := make(chan string)
		go func() {
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				answered <- err.Error()
				return
			}
			defer func() { _ = res.Body.Close() }()
			body, _ := io.ReadAll(res.Body)
			answered <- string(body)
		}()
		begun := time.Now()
		stopped := make(chan struct{})
		go func() {
			defer close(stopped)
			stop()
		}()
		if body := <-answered; !strings.Contains(body, "done") || time.Since(begun) != 2*time.Second {
			t.Errorf("%s after %v, want the answer after 2 s", body, time.Since(begun))
		}
		<-stopped
	})
}
