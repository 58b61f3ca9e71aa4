package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// tooManyConnections is SQLSTATE 53300, which PostgreSQL refuses a connection with when it has all that it allows
	// altogether or to one role.
	tooManyConnections = "53300"
	// patience is how long a statement waits for a connection when PostgreSQL has none to give. Clients give up after
	// some ten seconds, and the statement takes its time too.
	patience = 5 * time.Second
	// askAgainAfter is the wait between two tries for a connection.
	askAgainAfter = 60 * time.Millisecond
)

// patient connects again while PostgreSQL has no connection to give: either it has one in a moment, or the pool gets
// back one of its own. Several replicas whose pools together are larger than max_connections are slow at a peak then,
// and fail no request.
type patient struct{ driver.Connector }

// Connect implements driver.Connector.
func (p patient) Connect(ctx context.Context) (driver.Conn, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		conn, err := p.Connector.Connect(ctx)
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != tooManyConnections {
			return conn, err
		}
		again := time.NewTimer(askAgainAfter)
		select {
		case <-again.C:
		case <-limited.Done():
			again.Stop()
			return nil, err
		}
	}
}
