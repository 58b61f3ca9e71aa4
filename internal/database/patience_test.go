package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// refusing is a database that refuses as many connections as it is told to.
type refusing struct {
	with  error
	times int
	asked int
}

func (r *refusing) Connect(context.Context) (driver.Conn, error) {
	r.asked++
	if r.asked <= r.times {
		return nil, fmt.Errorf("failed to connect: %w", r.with)
	}
	return nil, nil //nolint:nilnil // a connection that the test has no use for
}

func (*refusing) Driver() driver.Driver { return nil }

// TestPatience holds which refusals of a connection are waited out, and how long.
func TestPatience(t *testing.T) {
	t.Parallel()
	full, wrong := &pgconn.PgError{Code: tooManyConnections}, &pgconn.PgError{Code: "28P01"}
	for name, c := range map[string]struct {
		with    error
		times   int
		gone    time.Duration // after which whoever asked has gone
		err     error
		asked   int
		waiting time.Duration
	}{
		"none is refused":        {with: full, asked: 1},
		"full for a moment":      {with: full, times: 3, asked: 4, waiting: 3 * askAgainAfter},
		"full for long":          {with: full, times: 1000, err: full, asked: int(patience/askAgainAfter) + 1, waiting: patience},
		"whoever asked has gone": {with: full, times: 1000, gone: 130 * time.Millisecond, err: full, asked: 3, waiting: 130 * time.Millisecond},
		"a wrong password":       {with: wrong, times: 1, err: wrong, asked: 1},
		"a host that is away":    {with: errors.ErrUnsupported, times: 1, err: errors.ErrUnsupported, asked: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx := t.Context()
				if c.gone > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, c.gone)
					defer cancel()
				}
				database, begun := &refusing{with: c.with, times: c.times}, time.Now()
				_, err := patient{database}.Connect(ctx)
				if !errors.Is(err, c.err) || c.err == nil && err != nil {
					t.Errorf("got the error %v, want %v", err, c.err)
				}
				if asked, took := database.asked, time.Since(begun); asked != c.asked || took != c.waiting {
					t.Errorf("asked %d times in %v, want %d in %v", asked, took, c.asked, c.waiting)
				}
			})
		})
	}
}
