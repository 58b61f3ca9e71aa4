package keepalive

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// conn is a connection that changes hands. Where it is to leave net/http, its Read says that the client has closed it:
// then net/http closes it, which closes nothing, and says that it is closed, after which it is kept.
//
// What has no lock belongs to the goroutines of net/http that read, of which there is one at a time.
type conn struct {
	*net.TCPConn
	listener *Listener

	tally
	body    int64     // of the request that is being answered: its length, unknown for one of chunks
	resting bool      // the request is answered, and nothing of the next has come
	early   bool      // the limit of time is after, and not net/http's
	back    bool      // it was kept, and nothing has been read since
	known   bool      // it was told as new, which it is once
	until   time.Time // net/http's limit then, zero for none

	mu     sync.Mutex
	phase  phase
	closes int // calls of Close in leaving
	entry  entry
}

// phase is whose a connection is.
type phase int

const (
	served  phase = iota // net/http's
	leaving              // net/http's, until it says that it is closed
	waiting              // kept
	ended                // nobody's
)

// Read implements net.Conn.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.TCPConn.Read(p)
	if n == 0 && c.early && errors.Is(err, os.ErrDeadlineExceeded) {
		if c.resting && c.move(served, leaving) {
			return 0, io.EOF
		}
		c.early = false
		if err := c.TCPConn.SetReadDeadline(c.until); err != nil {
			return 0, err
		}
		n, err = c.TCPConn.Read(p)
	}
	if c.back {
		n, err = c.skipEmptyLines(p, n, err)
	}
	if n > 0 {
		if c.resting { // written only there: later a goroutine of net/http reads while another one sets limits of time
			c.resting = false
		}
		c.add(p[:n])
	}
	return n, err
}

// skipEmptyLines leaves out the ends of lines with which a request begins that some clients send behind the body of the
// one before. net/http does so where it knows that one.
func (c *conn) skipEmptyLines(p []byte, n int, err error) (int, error) {
	for n > 0 && err == nil {
		if rest := bytes.TrimLeft(p[:n], "\r\n"); len(rest) > 0 {
			c.back = false
			return copy(p, rest), nil
		}
		n, err = c.TCPConn.Read(p)
	}
	return n, err
}

// SetReadDeadline implements net.Conn.
func (c *conn) SetReadDeadline(t time.Time) error {
	switch {
	case c.resting:
		c.until = t
		if soon := time.Now().Add(c.listener.after); t.IsZero() || soon.Before(t) {
			c.early, t = true, soon
		}
	case c.early:
		c.early = false
	}
	return c.TCPConn.SetReadDeadline(t)
}

// rest takes note that a request is answered.
func (c *conn) rest() {
	c.resting = c.complete(c.body)
	c.body = unknown
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.mu.Lock()
	phase := c.phase
	if phase == leaving {
		c.closes++
	}
	c.mu.Unlock()
	switch phase {
	case served:
		return c.TCPConn.Close()
	case waiting:
		if c.listener.kept.drop(c) {
			c.finish()
		}
	case leaving, ended:
	}
	return nil
}

// keep keeps a connection that net/http has left; it says no of one that is closed. Who else has closed it meanwhile
// meant it.
func (c *conn) keep() bool {
	c.mu.Lock()
	left := c.phase == leaving
	c.mu.Unlock()
	if !left {
		return false
	}
	if c.listener.kept.add(c) {
		return true
	}
	c.move(leaving, ended)
	_ = c.TCPConn.Close() // nobody waits for an answer on it
	return false
}

// wait makes a connection that net/http alone has closed one that waits, and says no of others.
func (c *conn) wait() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.phase != leaving || c.closes != 1 {
		return false
	}
	c.phase, c.closes = waiting, 0
	return true
}

// returns makes a connection that was kept one that has never rested, and says no where somebody has closed it.
func (c *conn) returns() bool {
	c.resting, c.early, c.back = false, false, true
	return c.move(waiting, served)
}

// finish closes a connection that was kept.
func (c *conn) finish() {
	c.move(waiting, ended)
	_ = c.TCPConn.Close() // nobody waits for an answer on it
	c.listener.state(c, http.StateClosed)
}

// move says whether the connection was in a phase, and is in the next one now.
func (c *conn) move(from, to phase) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.phase != from {
		return false
	}
	c.phase = to
	return true
}
