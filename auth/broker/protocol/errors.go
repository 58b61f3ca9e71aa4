package protocol

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/rs/zerolog"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// Error codes that the library has no name for.
const (
	UnsupportedResponseType = "unsupported_response_type"
	InvalidClientMetadata   = "invalid_client_metadata"
	// TemporarilyUnavailable is the code of what may be tried again (RFC 6749 4.1.2.1).
	TemporarilyUnavailable = "temporarily_unavailable"
)

// BusyError says that a limit is used up, and for how long.
type BusyError struct {
	Wait time.Duration
	// Why is for programs; Key is the message of a page that says the same to a person.
	Why, Key string
}

// Error implements error.
func (e *BusyError) Error() string { return e.Why }

// laterKey is under what the context of a request has the *BusyError that TryLater fills in.
type laterKey struct{}

// WithLater gives a request in whose context TryLater leaves how long to wait, for whoever guards
// the endpoint: the library knows no such answer. The wait is 0 where it was not called.
func WithLater(r *http.Request) (*http.Request, *BusyError) {
	l := &BusyError{}
	return r.WithContext(context.WithValue(r.Context(), laterKey{}, l)), l
}

// TryLater is the error that is answered with 429.
func TryLater(ctx context.Context, wait time.Duration, why string) error {
	return later(ctx, &BusyError{Wait: wait, Why: why})
}

func later(ctx context.Context, busy *BusyError) error {
	if l, ok := ctx.Value(laterKey{}).(*BusyError); ok {
		*l = *busy
	}
	return &oidc.Error{ErrorType: TemporarilyUnavailable, Description: busy.Why}
}

// ServerError logs an error of which the client learns nothing but that it is not its fault. Of a
// BusyError it learns when to try again.
func ServerError(ctx context.Context, log *zerolog.Logger, err error) error {
	if busy, ok := errors.AsType[*BusyError](err); ok {
		return later(ctx, busy)
	}
	if ctx.Err() == nil {
		log.Error().Err(err).Msg("the authorization server failed")
	}
	return op.NewStatusError(oidc.ErrServerError().WithDescription("this server failed; try again"),
		http.StatusInternalServerError)
}

// OAuthError is an error of the library's with a description.
func OAuthError(e *oidc.Error, why string) error { return e.WithDescription("%s", why) }

// InvalidTarget is the error for a resource that a token cannot be for (RFC 8707).
func InvalidTarget(why string) error {
	return &oidc.Error{ErrorType: oidc.InvalidTarget, Description: why}
}
