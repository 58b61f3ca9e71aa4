//go:build unix

package fastget

import (
	"errors"
	"net"
	"syscall"
)

// checks says that quiet can tell.
const checks = true

// quiet gives what tells whether a connection is open and nothing has come over it that was not read.
func quiet(c net.Conn) func() bool {
	open, ok := c.(syscall.Conn)
	if !ok {
		return func() bool { return false } // so that it is not used again
	}
	raw, err := open.SyscallConn()
	if err != nil {
		return func() bool { return false }
	}
	var still bool
	var one [1]byte
	look := func(fd uintptr) bool {
		n, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		still = n <= 0 && (errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EWOULDBLOCK))
		return true
	}
	return func() bool {
		still = false
		return raw.Read(look) == nil && still
	}
}
