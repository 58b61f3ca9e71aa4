// Package database opens the tables of this server: a file of SQLite for one process, or a PostgreSQL database that
// replicas share. It owns how either is opened, brought to a known shape, written to in one step, and listened to. It
// knows no table: the packages that keep records bring their migrations and statements, which are written so that
// both databases take them.
//
// Reading order: database.go, sqlite.go, postgres.go, patience.go (a PostgreSQL that is full), migrate.go, topic.go and
// listen.go (what replicas tell each other).
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3"
)

// DB is an open database. What differs between the two kinds is in its fields.
type DB struct {
	*sql.DB
	// ForUpdate ends a SELECT whose rows nobody else may change until the transaction ends, ForShare one whose rows
	// nobody may delete, and ForSweep is ForUpdate without those that somebody else has locked.
	ForUpdate, ForShare, ForSweep string
	// Shared says that other processes may have the same database open.
	Shared bool
	// Lasting says that what is kept outlives the process.
	Lasting bool
	// Watch is told of every statement and transaction, by the word it begins with or as
	// "transaction"; nil is told nothing. It is set before the DB is used.
	Watch func(ctx context.Context, what string) (below context.Context, end func(error))

	dialect    goose.Dialect
	statements *statements     // of SQLite
	pool       *pgxpool.Pool   // of PostgreSQL
	config     *pgx.ConnConfig // of PostgreSQL
	schema     [32]byte        // the hash of the schema's name, in PostgreSQL
	closing    sync.Once
	closed     error
}

// Open opens the PostgreSQL database at an address, or, where that is "", the SQLite file at a path; "" for both is a
// database in memory, which ends with the process.
func Open(ctx context.Context, address, file string) (*DB, error) {
	if address != "" {
		return OpenPostgres(ctx, address)
	}
	return OpenSQLite(file)
}

// Change runs f in a transaction, which is kept if f gives no error.
func (db *DB) Change(ctx context.Context, f func(tx *Tx) error) (err error) {
	ctx, end := db.watch(ctx, "transaction")
	defer func() { end(err) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("database: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // which does nothing once it is committed
	if err := f(&Tx{tx, db.statements}); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("database: commit: %w", err)
	}
	if db.statements != nil {
		db.statements.prepare(ctx, db.DB)
	}
	return nil
}

// Failed says what was being done when a statement failed. The absence of a row is told as absent,
// so that callers need not know of database/sql.
func Failed(what string, err, absent error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return absent
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Close closes the database. Closing it again does nothing.
func (db *DB) Close() error {
	db.closing.Do(func() {
		db.closed = db.DB.Close()
		if db.pool != nil {
			db.pool.Close()
		}
	})
	return db.closed
}
