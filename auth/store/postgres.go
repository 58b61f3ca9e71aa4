package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

const (
	// postgresConnections bounds what one replica takes of PostgreSQL's usual hundred.
	postgresConnections = 20
	// renewals bounds the connections that wait for HeyGen, so that a HeyGen that hangs leaves some for everybody else.
	renewals = 8
	// migrateLimit bounds the wait for another replica that is migrating.
	migrateLimit = 2 * time.Minute
)

// postgres is the store that replicas share.
type postgres struct {
	records
	pool     *pgxpool.Pool
	renewing chan struct{}
	listener *pgListener
}

// OpenPostgres opens a store in a PostgreSQL database, and makes the tables where they are missing. The tables are in
// the first schema of the connection's search path.
func OpenPostgres(ctx context.Context, address string) (Store, error) {
	cfg, err := pgxpool.ParseConfig(address)
	if err != nil {
		// What the parser says may quote the address, and the address holds a password.
		return nil, errors.New("store: the database's address is not a PostgreSQL URL or connection string")
	}
	cfg.MaxConns = postgresConnections
	if cfg.ConnConfig.RuntimeParams[applicationName] == "" {
		cfg.ConnConfig.RuntimeParams[applicationName] = "heygen-mcp"
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("store: connect to %s: %w", cfg.ConnConfig.Host, err)
	}
	db := stdlib.OpenDBFromPool(pool)
	s := &postgres{pool: pool, renewing: make(chan struct{}, renewals)}
	fail := func(err error) (Store, error) {
		err = errors.Join(err, db.Close())
		pool.Close()
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, migrateLimit)
	defer cancel()
	var schema string
	if err := db.QueryRowContext(limited, `SELECT current_database() || '.' || current_schema()`).Scan(&schema); err != nil {
		return fail(failed("find the schema", err))
	}
	sum := sha256.Sum256([]byte(schema))
	if err := migrate(limited, db, goose.DialectPostgres, "migrations/postgres", goose.WithSessionLocker(queueOf(sum))); err != nil {
		return fail(err)
	}
	// Channels are the whole database's: another deployment in another schema must not be heard here.
	channel := "heygen_mcp_" + hex.EncodeToString(sum[:8])
	s.records = records{db: db, forUpdate: ` FOR UPDATE`, forShare: ` FOR KEY SHARE`, forSweep: ` FOR UPDATE SKIP LOCKED`, tell: func(ctx context.Context, tx *sql.Tx, grant string) error {
		_, err := tx.ExecContext(ctx, `SELECT pg_notify($1, $2)`, channel, grant)
		return err
	}}
	s.listener = listen(cfg.ConnConfig, channel, s.watchers.call)
	return s, nil
}

// Renew implements Store. The grant's row is locked while HeyGen is asked, so that of all replicas one asks. The lock
// is of the kind that lets tokens be added meanwhile.
func (s *postgres) Renew(ctx context.Context, grant string, renew func(context.Context, Grant) (*Renewal, error)) error {
	select {
	case s.renewing <- struct{}{}:
		defer func() { <-s.renewing }()
	case <-ctx.Done():
		return fmt.Errorf("store: wait to renew: %w", ctx.Err())
	}
	return s.change(ctx, grant, func(tx *sql.Tx) error {
		g, err := scanGrant(tx.QueryRowContext(ctx, `SELECT `+grantColumns+` FROM grants g WHERE g.id = $1 FOR NO KEY UPDATE`, grant))
		if err != nil {
			return failed("lock a grant", err)
		}
		r, err := renew(ctx, g)
		if err != nil || r == nil {
			return err
		}
		return keepRenewal(ctx, tx, g, *r)
	})
}

// Hears implements Store.
func (s *postgres) Hears() bool { return s.listener.hears.Load() }

// Close implements Store.
func (s *postgres) Close() error {
	s.listener.stop()
	err := s.db.Close()
	s.pool.Close()
	return failed("close", err)
}
