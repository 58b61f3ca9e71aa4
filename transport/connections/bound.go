package connections

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// Bound bounds how many connections are open. One that waits for a request costs its client nothing, so the
// oldest of these is closed where there is no room for a new one: first of those whose request was refused and
// that still send its body, then of those that have never sent a request, then of those that are kept for the
// next. Those with a request are left alone.
type Bound struct {
	most int

	mu   sync.Mutex
	open map[net.Conn]*connState
	// waiting are the connections of each state in which they may be closed, so that the oldest is found at once:
	// whoever opens more than there is room for must not have all others looked through.
	waiting [kinds]queue
}

// The queues, in the order in which they give way.
const (
	refusedBody = iota
	fresh
	kept
	kinds
	// busy is in no queue.
	busy = -1
)

// kindOf is the queue of a connection in a state.
func kindOf(state http.ConnState) int {
	switch state {
	case stateRefused:
		return refusedBody
	case http.StateNew:
		return fresh
	case http.StateIdle:
		return kept
	}
	return busy
}

// connState is a connection in its queue, between those that came to it before and after.
type connState struct {
	conn          net.Conn
	kind          int
	before, after *connState
}

// queue has the oldest first.
type queue struct{ first, last *connState }

// add puts s at the end.
func (q *queue) add(s *connState) {
	s.before, s.after = q.last, nil
	if q.last != nil {
		q.last.after = s
	} else {
		q.first = s
	}
	q.last = s
}

// remove takes s out.
func (q *queue) remove(s *connState) {
	if s.before != nil {
		s.before.after = s.after
	} else {
		q.first = s.after
	}
	if s.after != nil {
		s.after.before = s.before
	} else {
		q.last = s.before
	}
}

// New makes a bound of so many connections.
func New(most int) *Bound { return &Bound{most: most, open: map[net.Conn]*connState{}} }

// State is what http.Server tells of a connection. Each request changes it twice, so no more is done here than
// to remember it.
func (c *Bound) State(conn net.Conn, state http.ConnState) {
	if closing := c.next(conn, state); closing != nil {
		_ = closing.Close() // nobody waits for an answer on it
	}
}

// next takes notice of a state, and gives the connection that must be closed; nil for none.
func (c *Bound) next(conn net.Conn, state http.ConnState) (closing net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, known := c.open[conn]
	switch {
	case state == http.StateClosed || state == http.StateHijacked:
		if known {
			c.forget(s)
		}
	case known:
		c.move(s, kindOf(state))
	case state == http.StateNew: // what was closed here is not counted again
		s = &connState{conn: conn, kind: busy}
		c.open[conn] = s
		c.move(s, fresh)
	}
	if state != http.StateNew || len(c.open) <= c.most {
		return nil
	}
	oldest := s // all others have a request
	for i := range c.waiting {
		first := c.waiting[i].first
		if first == s {
			first = s.after
		}
		if first != nil {
			oldest = first
			break
		}
	}
	c.forget(oldest)
	return oldest.conn
}

// move puts a connection at the end of a queue.
func (c *Bound) move(s *connState, kind int) {
	if s.kind != busy {
		c.waiting[s.kind].remove(s)
	}
	if s.kind = kind; kind != busy {
		c.waiting[kind].add(s)
	}
}

// forget counts a connection no more.
func (c *Bound) forget(s *connState) {
	c.move(s, busy)
	delete(c.open, s.conn)
}

// stateRefused is a state of ours: the request is answered, and the rest of its body is of no use.
const stateRefused http.ConnState = -1

type refusedKey struct{}

// Context lets the requests of a connection say that one of them was refused.
func (c *Bound) Context(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, refusedKey{}, func() { c.next(conn, stateRefused) })
}

// Refused says that nobody needs the rest of a request's body.
func Refused(ctx context.Context) {
	if tell, ok := ctx.Value(refusedKey{}).(func()); ok {
		tell()
	}
}
