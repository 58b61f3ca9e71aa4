package database

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

// migrateLimit bounds the wait for another replica that is migrating.
const migrateLimit = 2 * time.Minute

// Migrate brings the tables of one package to the shape that it knows. dir is where in files its
// migrations are; table is where the versions that were applied are kept.
func (db *DB) Migrate(ctx context.Context, files fs.FS, dir, table string) error {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		return fmt.Errorf("database: migrations: %w", err)
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithTableName(table)}
	if db.Shared {
		options = append(options, goose.WithSessionLocker(queueOf(db.schema)))
	}
	provider, err := goose.NewProvider(db.dialect, db.DB, sub, options...)
	if err != nil {
		return fmt.Errorf("database: migrations: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, migrateLimit)
	defer cancel()
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("database: migrate: %w", err)
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
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(q)); err != nil {
		return fmt.Errorf("database: wait to migrate: %w", err)
	}
	return nil
}

// SessionUnlock implements goose's lock.SessionLocker.
func (q queue) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, int64(q)); err != nil {
		return fmt.Errorf("database: end a migration: %w", err)
	}
	return nil
}
