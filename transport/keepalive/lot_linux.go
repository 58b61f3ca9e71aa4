package keepalive

import (
	"os"
	"sync"
	"syscall"
	"time"
)

// lot has the connections that are kept. epoll watches them, and Go's own watches that epoll, so that waiting takes no
// thread.
type lot struct {
	file *os.File // the epoll
	poll syscall.RawConn

	mu     sync.Mutex
	kept   map[uint64]*conn // nil once it has ended
	serial uint64
}

// place is where a connection is in a lot, whose lock it has.
type place struct {
	serial uint64 // files' numbers come again, these do not
	expiry *time.Timer
}

// newLot gives nil where the system refuses: then connections stay net/http's.
func newLot() *lot {
	fd, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil
	}
	l := &lot{kept: map[uint64]*conn{}}
	if err = syscall.SetNonblock(fd, true); err == nil {
		l.file = os.NewFile(uintptr(fd), "epoll")
		if l.poll, err = l.file.SyscallConn(); err == nil {
			// A file that Go does not watch has no limits of time.
			if err = l.file.SetReadDeadline(time.Time{}); err == nil {
				return l
			}
		}
		_ = l.file.Close()
		return nil
	}
	_ = syscall.Close(fd)
	return nil
}

// add keeps a connection that is leaving, and says no where it must end.
func (l *lot) add(c *conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.kept == nil || !c.move(leaving, waiting) {
		return false
	}
	l.serial++
	serial := l.serial
	event := syscall.EpollEvent{
		Events: syscall.EPOLLIN | syscall.EPOLLRDHUP | syscall.EPOLLONESHOT,
		Fd:     int32(serial), Pad: int32(serial >> 32), //nolint:gosec // G115: its halves
	}
	if !l.control(c, syscall.EPOLL_CTL_ADD, &event) {
		c.move(waiting, leaving)
		return false
	}
	l.kept[serial] = c
	c.place.serial = serial
	if !c.until.IsZero() {
		c.place.expiry = time.AfterFunc(time.Until(c.until), func() {
			if l.take(serial) != nil {
				c.finish()
			}
		})
	}
	return true
}

// control has epoll begin or end to watch a connection.
func (l *lot) control(c *conn, op int, event *syscall.EpollEvent) (ok bool) {
	raw, err := c.SyscallConn()
	if err != nil {
		return false
	}
	err = raw.Control(func(fd uintptr) {
		inner := l.poll.Control(func(epoll uintptr) {
			ok = syscall.EpollCtl(int(epoll), op, int(fd), event) == nil
		})
		ok = ok && inner == nil
	})
	return ok && err == nil
}

// take takes the connection of a number out; nil is that somebody else has.
func (l *lot) take(serial uint64) *conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.kept[serial]
	if c == nil {
		return nil
	}
	delete(l.kept, serial)
	if c.place.expiry != nil {
		c.place.expiry.Stop()
		c.place.expiry = nil
	}
	l.control(c, syscall.EPOLL_CTL_DEL, nil) // a file that is closed is watched no more anyway
	return c
}

// drop takes a connection out, and says no where somebody else has.
func (l *lot) drop(c *conn) bool {
	l.mu.Lock()
	serial := c.place.serial
	l.mu.Unlock()
	return l.take(serial) != nil
}

// watch gives each connection that has something to read to back, until the lot ends.
func (l *lot) watch(back func(*conn)) {
	events := make([]syscall.EpollEvent, 128)
	for {
		n := 0
		err := l.poll.Read(func(epoll uintptr) bool {
			n = 0
			for err := error(syscall.EINTR); err == syscall.EINTR; { //nolint:errorlint // as epoll says it
				n, err = syscall.EpollWait(int(epoll), events, 0)
			}
			return n > 0
		})
		if err != nil {
			return // the lot has ended
		}
		for _, e := range events[:n] {
			c := l.take(uint64(uint32(e.Fd)) | uint64(uint32(e.Pad))<<32) //nolint:gosec // G115: its halves
			switch {
			case c == nil:
			case c.readable() && c.returns():
				back(c)
			default:
				c.finish()
			}
		}
	}
}

// readable says whether there is a byte to read, and not only the connection's end.
func (c *conn) readable() (ok bool) {
	raw, err := c.SyscallConn()
	if err != nil {
		return false
	}
	err = raw.Control(func(fd uintptr) {
		n, _, err := syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		ok = n > 0 && err == nil
	})
	return ok && err == nil
}

// end gives what is still kept, and keeps no more.
func (l *lot) end() (left []*conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, c := range l.kept {
		if c.place.expiry != nil {
			c.place.expiry.Stop()
		}
		left = append(left, c)
	}
	l.kept = nil
	_ = l.file.Close()
	return left
}
