package transport

import (
	"container/list"
	"net"
	"net/http"
	"sync"
)

// conns bounds how many connections are open. One that waits for a request costs its client nothing, so the
// oldest of these is closed where there is no room for a new one: first of those that have never sent a
// request, then of those that are kept for the next. Those with a request are left alone.
type conns struct {
	most int

	mu      sync.Mutex
	fresh   *list.List // of net.Conn, the oldest first
	kept    *list.List
	waiting map[net.Conn]waitingConn // those in either list
	counted map[net.Conn]bool
}

// waitingConn is where a connection stands.
type waitingConn struct {
	list    *list.List
	element *list.Element
}

func newConns(most int) *conns {
	return &conns{most: most, fresh: list.New(), kept: list.New(), waiting: map[net.Conn]waitingConn{}, counted: map[net.Conn]bool{}}
}

// state is what http.Server tells of a connection.
func (c *conns) state(conn net.Conn, state http.ConnState) {
	if closing := c.next(conn, state); closing != nil {
		_ = closing.Close() // nobody waits for an answer on it
	}
}

// next takes notice of a state, and gives the connection that must be closed; nil for none.
func (c *conns) next(conn net.Conn, state http.ConnState) (closing net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w, ok := c.waiting[conn]; ok {
		w.list.Remove(w.element)
		delete(c.waiting, conn)
	}
	switch state {
	case http.StateNew:
		c.counted[conn] = true
		c.waiting[conn] = waitingConn{c.fresh, c.fresh.PushBack(conn)}
	case http.StateIdle:
		if c.counted[conn] {
			c.waiting[conn] = waitingConn{c.kept, c.kept.PushBack(conn)}
		}
	case http.StateClosed, http.StateHijacked:
		delete(c.counted, conn)
	}
	if state != http.StateNew || len(c.counted) <= c.most {
		return nil
	}
	oldest := c.fresh.Front()
	if c.fresh.Len() == 1 && c.kept.Len() > 0 {
		oldest = c.kept.Front() // the only fresh one is the new one
	}
	closing, _ = oldest.Value.(net.Conn)
	w := c.waiting[closing]
	w.list.Remove(w.element)
	delete(c.waiting, closing)
	delete(c.counted, closing)
	return closing
}
