package listen

import (
	"errors"
	"net"
	"sync"
)

// bothListener is two listeners that are served as one.
type bothListener struct {
	first, second net.Listener
	begin         sync.Once
	accepted      chan accepted
	closed        chan struct{}
	end           sync.Once
}

// accepted is what one Accept gave.
type accepted struct {
	conn net.Conn
	err  error
}

func listenBoth(first, second net.Listener) *bothListener {
	return &bothListener{
		first: first, second: second, accepted: make(chan accepted), closed: make(chan struct{}),
	}
}

// Accept gives the next connection of either listener.
func (l *bothListener) Accept() (net.Conn, error) {
	l.begin.Do(func() {
		go l.take(l.first)
		go l.take(l.second)
	})
	select {
	case got := <-l.accepted:
		return got.conn, got.err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// take hands on what one listener accepts, until both are closed. An error is handed on too:
// whoever accepts knows how long to wait after one.
func (l *bothListener) take(from net.Listener) {
	for {
		conn, err := from.Accept()
		select {
		case l.accepted <- accepted{conn, err}:
		case <-l.closed:
			if conn != nil {
				_ = conn.Close() // it came too late, and nobody serves it
			}
			return
		}
	}
}

// Close closes both.
func (l *bothListener) Close() error {
	l.end.Do(func() { close(l.closed) })
	return errors.Join(l.first.Close(), l.second.Close())
}

// Addr is the first listener's.
func (l *bothListener) Addr() net.Addr { return l.first.Addr() }
