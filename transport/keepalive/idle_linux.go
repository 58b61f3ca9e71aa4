package keepalive

import (
	"os"
	"sync"
	"syscall"
	"time"
)

// idleSet has the connections that are kept. epoll watches them, and Go's own watches that epoll, so that waiting takes
// no thread.
type idleSet struct {
	file *os.File // the epoll
	poll syscall.RawConn

	mu     sync.Mutex
	kept   map[uint64]*conn // nil once it has ended
	serial uint64
}

// entry is where a connection is in an idleSet, whose lock it has.
type entry struct {
	serial uint64 // files' numbers come again, these do not
	expiry *time.Timer
}

// newIdleSet gives nil where the system refuses: then connections stay net/http's.
func newIdleSet() *idleSet {
	fd, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return nil
	}
	s := &idleSet{kept: map[uint64]*conn{}}
	if err = syscall.SetNonblock(fd, true); err == nil {
		s.file = os.NewFile(uintptr(fd), "epoll")
		if s.poll, err = s.file.SyscallConn(); err == nil {
			// A file that Go does not watch has no limits of time.
			if err = s.file.SetReadDeadline(time.Time{}); err == nil {
				return s
			}
		}
		_ = s.file.Close()
		return nil
	}
	_ = syscall.Close(fd)
	return nil
}

// add keeps a connection that is leaving, and says no where it must end.
func (s *idleSet) add(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || !c.wait() {
		return false
	}
	s.serial++
	serial := s.serial
	event := syscall.EpollEvent{
		Events: syscall.EPOLLIN | syscall.EPOLLRDHUP | syscall.EPOLLONESHOT,
		Fd:     int32(serial), Pad: int32(serial >> 32), //nolint:gosec // G115: its halves
	}
	if !s.control(c, syscall.EPOLL_CTL_ADD, &event) {
		c.move(waiting, leaving)
		return false
	}
	s.kept[serial] = c
	c.entry.serial = serial
	if !c.until.IsZero() {
		c.entry.expiry = time.AfterFunc(time.Until(c.until), func() {
			if s.take(serial) != nil {
				c.finish()
			}
		})
	}
	return true
}

// control has epoll begin or end to watch a connection.
func (s *idleSet) control(c *conn, op int, event *syscall.EpollEvent) (ok bool) {
	raw, err := c.SyscallConn()
	if err != nil {
		return false
	}
	err = raw.Control(func(fd uintptr) {
		inner := s.poll.Control(func(epoll uintptr) {
			ok = syscall.EpollCtl(int(epoll), op, int(fd), event) == nil
		})
		ok = ok && inner == nil
	})
	return ok && err == nil
}

// take takes the connection of a number out; nil is that somebody else has.
func (s *idleSet) take(serial uint64) *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.kept[serial]
	if c == nil {
		return nil
	}
	delete(s.kept, serial)
	if c.entry.expiry != nil {
		c.entry.expiry.Stop()
		c.entry.expiry = nil
	}
	s.control(c, syscall.EPOLL_CTL_DEL, nil) // a file that is closed is watched no more anyway
	return c
}

// drop takes a connection out, and says no where somebody else has.
func (s *idleSet) drop(c *conn) bool {
	s.mu.Lock()
	serial := c.entry.serial
	s.mu.Unlock()
	return s.take(serial) != nil
}

// watch gives each connection that has something to read back, until it ends.
func (s *idleSet) watch(giveBack func(*conn)) {
	events := make([]syscall.EpollEvent, 128)
	for {
		n := 0
		err := s.poll.Read(func(epoll uintptr) bool {
			n = 0
			for err := error(syscall.EINTR); err == syscall.EINTR; { //nolint:errorlint // as epoll says it
				n, err = syscall.EpollWait(int(epoll), events, 0)
			}
			return n > 0
		})
		if err != nil {
			return // it has ended
		}
		for _, e := range events[:n] {
			c := s.take(uint64(uint32(e.Fd)) | uint64(uint32(e.Pad))<<32) //nolint:gosec // G115: its halves
			switch {
			case c == nil:
			case c.readable() && c.returns():
				giveBack(c)
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
func (s *idleSet) end() (left []*conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.kept {
		if c.entry.expiry != nil {
			c.entry.expiry.Stop()
		}
		left = append(left, c)
	}
	s.kept = nil
	_ = s.file.Close()
	return left
}
