package edge

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// client is a ResponseWriter that may have gone.
type client struct {
	*httptest.ResponseRecorder
	mu      sync.Mutex
	gone    bool
	flushes int
}

func (c *client) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone {
		return 0, errors.New("gone")
	}
	return c.ResponseRecorder.Write(p)
}

func (c *client) FlushError() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flushes++
	if c.gone {
		return errors.New("gone")
	}
	return nil
}

func newClient() *client { return &client{ResponseRecorder: httptest.NewRecorder()} }

const ping = `{"jsonrpc":"2.0","method":"ping","params":{"n":1}}`

func TestReplyIsJSONWhereNothingCameBefore(t *testing.T) {
	t.Parallel()
	c := newClient()
	s := newReplyStream(c, 0, t.FailNow)
	s.answer(http.StatusTeapot, []byte(`{"a":`), []byte(`1}`))
	s.answer(http.StatusOK, []byte(`{}`))
	s.notify("ping", nil)
	if c.Code != http.StatusTeapot || c.Body.String() != `{"a":1}` || c.Header().Get("Content-Length") != "7" || c.Header().Get("Content-Type") != "application/json" {
		t.Errorf("got %d %v %s, want the first answer alone", c.Code, c.Header(), c.Body)
	}
}

func TestReplyIsAStreamFromTheFirstEventOn(t *testing.T) {
	t.Parallel()
	c := newClient()
	c.Header().Set("Content-Length", "7")
	s := newReplyStream(c, 0, t.FailNow)
	s.notify("ping", map[string]int{"n": 1})
	s.notify("cannot be written", func() {})
	s.answer(http.StatusTeapot, []byte(`{"a":`), []byte(`1}`))
	s.event([]byte(`{}`))
	want := "event: message\ndata: " + ping + "\n\nevent: message\ndata: {\"a\":1}\n\n"
	if c.Code != http.StatusOK || c.Body.String() != want || c.flushes != 2 {
		t.Errorf("got %d, %d flushes, %q, want 200, 2 and %q", c.Code, c.flushes, c.Body, want)
	}
	for name, want := range map[string]string{"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no", "Content-Length": ""} {
		if got := c.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// A keep-alive comes after each silence of the given length, between events, until the answer.
func TestKeepAlives(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient()
		s := newReplyStream(c, time.Second, t.FailNow)
		sent := func(want string) {
			t.Helper()
			synctest.Wait()
			c.mu.Lock()
			defer c.mu.Unlock()
			if got := c.Body.String(); got != want {
				t.Errorf("after %v: got %q, want %q", time.Now(), got, want)
			}
			c.Body.Reset()
		}
		time.Sleep(time.Second - 1)
		sent("")
		time.Sleep(time.Nanosecond)
		sent(keepAliveEvent)
		time.Sleep(time.Second / 2)
		s.event([]byte(`{}`))
		sent("event: message\ndata: {}\n\n")
		time.Sleep(time.Second - 1)
		sent("")
		time.Sleep(time.Nanosecond)
		sent(keepAliveEvent)

		if _, whole, err := s.pass([]byte("data: half")); whole || err != nil {
			t.Errorf("half an event: whole %t, %v", whole, err)
		}
		time.Sleep(3 * time.Second)
		s.event([]byte(`{}`)) // it would break the other in two
		sent("data: half")
		if _, whole, err := s.pass([]byte("\n\n")); !whole || err != nil {
			t.Errorf("the rest of it: whole %t, %v", whole, err)
		}
		time.Sleep(time.Second)
		sent("\n\n" + keepAliveEvent)

		s.answer(http.StatusOK, []byte(`{}`))
		time.Sleep(time.Hour)
		sent("event: message\ndata: {}\n\n")
		if _, _, err := s.pass([]byte("more")); !errors.Is(err, http.ErrHandlerTimeout) {
			t.Errorf("a write after the end: %v", err)
		}
	})
}

func TestKeepAlivesStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient()
		s := newReplyStream(c, time.Second, t.FailNow)
		s.stopKeepAlive()
		s.sendKeepAlive() // of a timer that had fired
		time.Sleep(time.Hour)
		synctest.Wait()
		if c.Body.Len() > 0 || s.current() != waiting {
			t.Errorf("got %q", c.Body)
		}
		s.close()
		s.begin(http.Header{})
		s.answer(http.StatusOK, []byte(`{}`))
		if c.Body.Len() > 0 || s.current() != ended {
			t.Errorf("after the end: got %q", c.Body)
		}
	})
}

// A client that no longer reads ends the request, whatever is sent to it.
func TestReplyTellsThatTheClientHasGone(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]func(*replyStream){
		"event":      func(s *replyStream) { s.event([]byte(`{}`)) },
		"keep-alive": (*replyStream).sendKeepAlive,
		"flush":      (*replyStream).flush,
		"pass": func(s *replyStream) {
			s.begin(nil)
			_, _, _ = s.pass([]byte("x"))
		},
	} {
		c := newClient()
		c.gone = true
		told := 0
		s := newReplyStream(c, time.Hour, func() { told++ })
		send(s)
		s.close()
		if told != 1 || c.flushes > 0 && name != "flush" {
			t.Errorf("%s: told %d times, %d flushes, want once and none after a failed write", name, told, c.flushes)
		}
	}
}
