package transport

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// conns bounds how many connections are open. One that waits for a request costs its client nothing, so the
// oldest of these is closed where there is no room for a new one: first of those whose request was refused and
// that still send its body, then of those that have never sent a request, then of those that are kept for the
// next. Those with a request are left alone.
type conns struct {
	most int

	mu     sync.Mutex
	serial uint64
	open   map[net.Conn]connState
}

// connState is how a connection stands, and since which change of any.
type connState struct {
	state http.ConnState
	since uint64
}

func newConns(most int) *conns { return &conns{most: most, open: map[net.Conn]connState{}} }

// state is what http.Server tells of a connection. Each request changes it twice, so no more is done here than
// to remember it.
func (c *conns) state(conn net.Conn, state http.ConnState) {
	if closing := c.next(conn, state); closing != nil {
		_ = closing.Close() // nobody waits for an answer on it
	}
}

// next takes notice of a state, and gives the connection that must be closed; nil for none.
func (c *conns) next(conn net.Conn, state http.ConnState) (closing net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, known := c.open[conn]
	switch {
	case state == http.StateClosed || state == http.StateHijacked:
		delete(c.open, conn)
	case known || state == http.StateNew: // what was closed here is not counted again
		c.serial++
		c.open[conn] = connState{state, c.serial}
	}
	if state != http.StateNew || len(c.open) <= c.most {
		return nil
	}
	closing = conn // all others have a request
	for _, waits := range []http.ConnState{stateRefused, http.StateNew, http.StateIdle} {
		if oldest := c.oldest(waits, conn); oldest != nil {
			closing = oldest
			break
		}
	}
	delete(c.open, closing)
	return closing
}

// stateRefused is a state of ours: the request is answered, and the rest of its body is of no use.
const stateRefused http.ConnState = -1

type refusedKey struct{}

// context lets the requests of a connection say that one of them was refused.
func (c *conns) context(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, refusedKey{}, func() { c.next(conn, stateRefused) })
}

// refused says that nobody needs the rest of a request's body.
func refused(ctx context.Context) {
	if tell, ok := ctx.Value(refusedKey{}).(func()); ok {
		tell()
	}
}

// oldest is the connection that has been in a state for the longest, besides one; nil where there is none.
func (c *conns) oldest(state http.ConnState, besides net.Conn) (found net.Conn) {
	first := c.serial + 1
	for conn, s := range c.open {
		if s.state == state && s.since < first && conn != besides {
			found, first = conn, s.since
		}
	}
	return found
}
