//go:build unix

package fastget

import (
	"errors"
	"net"
	"syscall"
)

// canCheckIdle says that idleCheck can tell.
const canCheckIdle = true

// idleCheck gives what tells whether a connection is open and nothing has come over it that was not read.
func idleCheck(c net.Conn) func() bool {
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
