package main

import (
	"context"
	"errors"
	"net"
	"net/url"
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

// listenError is an address that cannot be listened on, and the flag that it was given by.
type listenError struct {
	flag string
	err  error
}

// Error implements error.
func (e *listenError) Error() string { return "--" + e.flag + ": " + e.err.Error() }

// Unwrap gives the system's reason.
func (e *listenError) Unwrap() error { return e.err }
