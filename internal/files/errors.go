package files

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"

	"heygen-mcp/internal/dial"
)

// Error is why a file could not be read. It holds nothing of the link, which may be a secret, and
// nothing that its host said.
type Error struct {
	Reason string // goes on a sentence about the file: "its host answers with status 403"
	cause  error
}

// Error is the reason.
func (e *Error) Error() string { return e.Reason }

// Unwrap gives what lies below it.
func (e *Error) Unwrap() error { return e.cause }

// What a link is not followed for.
var (
	errNotHTTPS  = errors.New("its link is no public https URL")
	errRedirects = errors.New("its link leads on too often")
)

// unreachable says why a host gave no answer.
func unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err() // the caller left
	}
	timeout := false
	if e, ok := errors.AsType[*url.Error](err); ok {
		timeout, err = e.Timeout(), e.Err // without the link
	}
	switch {
	case errors.Is(err, errNotHTTPS), errors.Is(err, errRedirects):
		return &Error{Reason: err.Error(), cause: err}
	case errors.Is(err, dial.ErrAddress), errors.Is(err, dial.ErrPort):
		return &Error{Reason: "its link leads to an address that is not read from", cause: err}
	case timeout:
		return &Error{Reason: "its host does not answer in time", cause: err}
	}
	return &Error{Reason: "its host cannot be reached", cause: err}
}

// broken says why an answer ended before its end.
func broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() {
		return &Error{Reason: "its host does not answer in time", cause: err}
	}
	return &Error{Reason: "its host broke off", cause: err}
}

// tooLarge refuses a file for its size.
func tooLarge(limit int64) error {
	return &Error{Reason: fmt.Sprintf("it is larger than %d bytes", limit)}
}
