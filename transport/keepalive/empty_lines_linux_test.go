package keepalive_test

import (
	"fmt"
	"testing"
	"time"
)

// TestEmptyLinesBeforeARequest holds that a client may end a body with the end of a line, as net/http takes it, though
// the connection has been kept before that came.
func TestEmptyLinesBeforeARequest(t *testing.T) {
	t.Parallel()
	s := serve(t, 0, time.Minute)
	c := s.dial(t)
	c.send(t, "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na")
	c.wants(t, "POST /1 a")
	for i := range 3 {
		s.until(t, "the connection is kept", func() bool { return s.Kept() == 1 })
		c.send(t, "\r\n")
		s.until(t, "the connection is back", func() bool { return s.Kept() == 0 })
		c.send(t, fmt.Sprintf(get, i))
		c.wants(t, fmt.Sprintf("GET /%d ", i))
	}
}
