package database

import (
	"context"
	"database/sql"
	"strings"
)

// watch tells Watch that something begins.
func (db *DB) watch(ctx context.Context, what string) (below context.Context, end func(error)) {
	if db.Watch == nil {
		return ctx, func(error) {}
	}
	return db.Watch(ctx, what)
}

// verb is the word that a statement begins with.
func verb(query string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	return word
}

// QueryContext is that of sql.DB, of which Watch is told.
func (db *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	ctx, end := db.watch(ctx, verb(query))
	rows, err := db.DB.QueryContext(ctx, query, args...)
	end(err)
	return rows, err
}

// QueryRowContext is that of sql.DB, of which Watch is told.
func (db *DB) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	ctx, end := db.watch(ctx, verb(query))
	row := db.DB.QueryRowContext(ctx, query, args...)
	end(row.Err())
	return row
}

// ExecContext is that of sql.DB, of which Watch is told.
func (db *DB) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	ctx, end := db.watch(ctx, verb(query))
	res, err := db.DB.ExecContext(ctx, query, args...)
	end(err)
	return res, err
}
