package main

import (
	"context"
	"fmt"

	"heygen-mcp/internal/database"
)

// openDatabase opens the database where records are kept.
func openDatabase(ctx context.Context, c *config) (*database.DB, error) {
	db, err := database.Open(ctx, c.DatabaseURL, c.databaseFile())
	switch {
	case err == nil:
		return db, nil
	case c.DatabaseURL != "":
		return nil, fmt.Errorf("--database-url: %w", err)
	}
	return nil, fmt.Errorf("--data-dir: %w", err)
}
