package auth

import (
	"context"
	"errors"
	"net/http"
	"time"

	"heygen-mcp/internal/limit"
	"heygen-mcp/internal/peer"
)

// defaultFailures lets the users of a hosted client, who come from a few addresses, fail as often as tokens expire, and
// whoever tries credentials learn nothing from it.
func defaultFailures() limit.Levels {
	return limit.Levels{Share: limit.Rate{Burst: 60, Every: time.Second / 2}, Whole: limit.Rate{Burst: 1200, Every: time.Second / 40}}
}

// waitingLookups is how many look-ups of one source wait where it fails too often and has them one at a time.
const waitingLookups = 8

// tooManyError says that a source has shown too many credentials that are not valid.
type tooManyError struct{ wait time.Duration }

// Error implements error.
func (*tooManyError) Error() string { return "too many credentials that are not valid" }

// tooMany says whether the source in ctx, or all sources, fail too often. It counts nothing.
func (a *Auth) tooMany(ctx context.Context) error {
	if wait := a.failures.Wait(peer.Of(ctx), a.clock()); wait > 0 {
		return &tooManyError{wait}
	}
	return nil
}

// counted counts a credential that was refused. Good ones are never counted, so that nobody who has one is kept out by
// how often it is used.
func (a *Auth) counted(r *http.Request, err error) error {
	if _, rejected := errors.AsType[RejectedError](err); !rejected {
		return err
	}
	if wait := a.failures.Take(peer.Of(r.Context()), a.clock()); wait > 0 {
		return &tooManyError{wait}
	}
	return err
}

// admit lets tokens of the broker's be looked up, where a source fails too often one at a time: a look costs little,
// and a client behind the same address may hold a good one.
func (a *Auth) admit(ctx context.Context) (leave func(), err error) {
	err = a.tooMany(ctx)
	if err == nil {
		return func() {}, nil
	}
	if leave, slotErr := a.doubtful.Enter(ctx, peer.Of(ctx)); slotErr == nil {
		return leave, nil
	}
	return nil, err
}
