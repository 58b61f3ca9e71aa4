package store

import (
	"context"
	"embed"
	"fmt"

	"heygen-mcp/internal/database"
)

//go:embed migrations
var migrations embed.FS

// Open makes a store of a database, and the tables where they are missing. The store's Close closes the database.
func Open(ctx context.Context, db *database.DB) (Store, error) {
	dir := "migrations/sqlite"
	if db.Shared {
		dir = "migrations/postgres"
	}
	if err := db.Migrate(ctx, migrations, dir, "migrations"); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if !db.Shared {
		s := &sqlite{turns: map[string]*turn{}}
		s.begin(db)
		return s, nil
	}
	s := &postgres{renewing: make(chan struct{}, renewals)}
	s.begin(db)
	return s, nil
}

// begin takes the database and listens for what other processes change.
func (s *records) begin(db *database.DB) {
	s.db = db
	s.changes = db.Topic("", s.watchers.call)
}

// Hears implements Store.
func (s *records) Hears() bool { return s.changes.Hears() }

// Close implements Store.
func (s *records) Close() error {
	s.changes.Close()
	return failed("close", s.db.Close())
}
