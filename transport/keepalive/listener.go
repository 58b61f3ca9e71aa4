package keepalive

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// After is how long a connection is left to net/http while nothing comes on it: programs that call again at once do not
// pay for two changes of hands.
const After = 2 * time.Second

// Listener is a listener for an http.Server, whose ConnState, ConnContext and Handler must be its State, Context and
// Handler.
type Listener struct {
	net.Listener
	after time.Duration
	state func(net.Conn, http.ConnState)
	// kept is made with the first connection that it may keep, nil until then and where there is no epoll. It is
	// known to the goroutine that takes connections, and to them.
	kept *idleSet
	once sync.Once

	accepted chan acceptance
	closed   chan struct{}
	close    func() error
	ends     sync.WaitGroup
}

// acceptance is what Accept gives: a new connection, or one on which a request comes after a while.
type acceptance struct {
	conn net.Conn
	err  error
}

// Listen takes connections from ln. One on which nothing comes for as long as after is kept until its next byte, or
// until http.Server.IdleTimeout is over. state is told what http.Server tells its ConnState, and nothing of the changes
// of hands: a connection that is kept stays idle, until the head of its next request is read.
func Listen(ln net.Listener, after time.Duration, state func(net.Conn, http.ConnState)) *Listener {
	l := &Listener{Listener: ln, after: after, state: state, accepted: make(chan acceptance), closed: make(chan struct{})}
	l.close = sync.OnceValue(l.shut)
	l.ends.Go(l.accept)
	return l
}

// Accept implements net.Listener.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case a := <-l.accepted:
		return a.conn, a.err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener. It closes the connections that are kept, too.
func (l *Listener) Close() error { return l.close() }

func (l *Listener) shut() error {
	err := l.Listener.Close()
	close(l.closed)
	l.ends.Wait()
	return err
}

// accept brings new connections to Accept until the listener is closed, and closes those that are kept then.
func (l *Listener) accept() {
	defer func() {
		if l.kept != nil {
			for _, c := range l.kept.end() {
				c.finish()
			}
		}
	}()
	for {
		nc, err := l.Listener.Accept()
		if tcp, ok := nc.(*net.TCPConn); ok && l.keeps() {
			nc = &conn{TCPConn: tcp, listener: l, body: unknown}
		}
		select {
		case l.accepted <- acceptance{nc, err}:
		case <-l.closed:
			if nc != nil {
				_ = nc.Close() // nobody has asked on it
			}
			return
		}
	}
}

// keeps says whether connections can be kept.
func (l *Listener) keeps() bool {
	l.once.Do(func() {
		if l.kept = newIdleSet(); l.kept != nil {
			l.ends.Go(func() { l.kept.watch(l.giveBack) })
		}
	})
	return l.kept != nil
}

// giveBack gives a connection that was kept to Accept.
func (l *Listener) giveBack(c *conn) {
	select {
	case l.accepted <- acceptance{conn: c}:
	case <-l.closed:
		c.finish()
	}
}

// State is for http.Server.ConnState.
func (l *Listener) State(nc net.Conn, state http.ConnState) {
	if c, ok := nc.(*conn); ok {
		switch state { //nolint:exhaustive // the others need nothing of it
		case http.StateNew:
			if c.known {
				return
			}
			c.known = true
		case http.StateIdle:
			c.rest()
		case http.StateClosed:
			if c.keep() {
				return
			}
		}
	}
	l.state(nc, state)
}

type connKey struct{}

// Context is for http.Server.ConnContext.
func (l *Listener) Context(ctx context.Context, nc net.Conn) context.Context {
	if c, ok := nc.(*conn); ok {
		return context.WithValue(ctx, connKey{}, c)
	}
	return ctx
}

// Handler takes note of how long the body of each request is, and goes on to next.
func Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(connKey{}).(*conn); ok {
			c.body = r.ContentLength
		}
		next.ServeHTTP(w, r)
	})
}
