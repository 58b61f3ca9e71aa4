package main

import (
	"context"
	"errors"
	"net"
	"net/url"
	"syscall"
)

// listen listens on the address of a flag. The URL is that of the listener under the host that was
// asked for, since clients compare what they typed with what the metadata says.
func listen(ctx context.Context, flag, addr string) (net.Listener, *url.URL, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, nil, &listenError{flag, err}
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, nil, &listenError{flag, err}
	}
	_, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return nil, nil, &listenError{flag, errors.Join(err, ln.Close())}
	}
	return ln, &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}, nil
}

// listenLocal is listen, and where the address is 127.0.0.1 or ::1 it listens on the same port of
// the other one too: localhost is the one to some clients and the other to the rest. A machine
// without IPv6, or without IPv4, has one of them. missing says why the other cannot be had though
// there is such a network: then localhost may lead to another program.
func listenLocal(ctx context.Context, flag, addr string) (
	ln net.Listener, u *url.URL, missing, err error) {
	const most = 10 // free ports, each of which may be taken in the other network
	for range most {
		if ln, u, err = listen(ctx, flag, addr); err != nil {
			return nil, nil, nil, err
		}
		other := otherLoopback(ln.Addr())
		if other == "" {
			return ln, u, nil, nil
		}
		second, _, failure := listen(ctx, flag, other)
		if failure == nil {
			return both(ln, second), u, nil, nil
		}
		if _, port, _ := net.SplitHostPort(addr); port != "0" || !errors.Is(failure, syscall.EADDRINUSE) {
			if errors.Is(failure, syscall.EADDRINUSE) || errors.Is(failure, syscall.EACCES) {
				missing = failure
			}
			return ln, u, missing, nil
		}
		if err = ln.Close(); err != nil {
			return nil, nil, nil, &listenError{flag, err}
		}
	}
	ln, u, err = listen(ctx, flag, addr)
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

// listenError is an address that cannot be listened on, and the flag that it was given by.
type listenError struct {
	flag string
	err  error
}

// Error implements error.
func (e *listenError) Error() string { return "--" + e.flag + ": " + e.err.Error() }

// Unwrap gives the system's reason.
func (e *listenError) Unwrap() error { return e.err }
