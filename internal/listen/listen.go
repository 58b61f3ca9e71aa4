package listen

import (
	"context"
	"errors"
	"net"
	"net/url"
	"syscall"
)

// On listens on the address of a flag. The URL is that of the listener under the host that was
// asked for, since clients compare what they typed with what the metadata says.
func On(ctx context.Context, flag, addr string) (net.Listener, *url.URL, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, nil, &Error{Flag: flag, Err: err}
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, nil, &Error{Flag: flag, Err: err}
	}
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return nil, nil, &Error{Flag: flag, Err: errors.Join(err, ln.Close())}
	}
	return ln, &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}, nil
}

// Local is On, and where the address is 127.0.0.1 or ::1 it listens on the same port of
// the other one too: localhost is the one to some clients and the other to the rest. A machine
// without IPv6, or without IPv4, has one of them. missing says why the other cannot be had though
// there is such a network: then localhost may lead to another program.
func Local(ctx context.Context, flag, addr string) (
	ln net.Listener, u *url.URL, missing, err error) {
	const most = 10 // free ports, each of which may be taken in the other network
	for range most {
		if ln, u, err = On(ctx, flag, addr); err != nil {
			return nil, nil, nil, err
		}
		other := otherLoopback(ln.Addr())
		if other == "" {
			return ln, u, nil, nil
		}
		second, _, failure := On(ctx, flag, other)
		if failure == nil {
			return listenBoth(ln, second), u, nil, nil
		}
		if _, port, _ := net.SplitHostPort(addr); port != "0" || !errors.Is(failure, syscall.EADDRINUSE) {
			if errors.Is(failure, syscall.EADDRINUSE) || errors.Is(failure, syscall.EACCES) {
				missing = failure
			}
			return ln, u, missing, nil
		}
		if err = ln.Close(); err != nil {
			return nil, nil, nil, &Error{Flag: flag, Err: err}
		}
	}
	ln, u, err = On(ctx, flag, addr)
	return ln, u, nil, err
}

// otherLoopback is the address of the other loopback network with the same port; "" for every other
// address.
func otherLoopback(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return ""
	}
	switch host {
	case "127.0.0.1":
		return net.JoinHostPort("::1", port)
	case "::1":
		return net.JoinHostPort("127.0.0.1", port)
	}
	return ""
}

// Error is an address that cannot be listened on, and the flag that it was given by.
type Error struct {
	Flag string
	Err  error // the system's reason
}

// Error implements error.
func (e *Error) Error() string { return "--" + e.Flag + ": " + e.Err.Error() }

// Unwrap gives the system's reason.
func (e *Error) Unwrap() error { return e.Err }
