package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// migrate brings the tables to the shape that this program knows.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, dir string, options ...goose.ProviderOption) error {
	files, err := fs.Sub(migrations, dir)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	options = append(options, goose.WithDisableGlobalRegistry(true), goose.WithTableName("migrations"))
	provider, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

// queue is a lock of PostgreSQL's that replicas wait for while one of them migrates. goose's own asks every five
// seconds whether it is free, by which replicas that start together would start so much later.
type queue int64

// queueOf is the queue of one schema. The locks are the whole database's: deployments in other schemas need not wait.
func queueOf(sum [32]byte) queue { return queue(binary.BigEndian.Uint64(sum[:8])) } //nolint:gosec // G115: any number is as good

// SessionLock implements goose's lock.SessionLocker.
func (q queue) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(q))
	return failed("wait to migrate", err)
}

// SessionUnlock implements goose's lock.SessionLocker.
func (q queue) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, int64(q))
	return failed("end a migration", err)
}
