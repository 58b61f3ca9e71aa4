package app

import (
	"context"
	"fmt"

	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/database"
)

// OpenDatabase opens the database where records are kept.
func OpenDatabase(ctx context.Context, c *settings.Config) (*database.DB, error) {
	db, err := database.Open(ctx, c.DatabaseURL, c.DatabaseFile())
	switch {
	case err == nil:
		return db, nil
	case c.DatabaseURL != "":
		return nil, fmt.Errorf("--database-url: %w", err)
	}
	return nil, fmt.Errorf("--data-dir: %w", err)
}
