package database

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

const (
	// postgresConnections bounds what one replica takes of PostgreSQL's usual hundred, where the address has no
	// pool_max_conns.
	postgresConnections = 20
	// connectLimit bounds the wait for the first answer.
	connectLimit = 2 * time.Minute
)

// OpenPostgres opens a PostgreSQL database. Its tables are in the first schema of the connection's search path.
func OpenPostgres(ctx context.Context, address string) (*DB, error) {
	cfg, err := pgxpool.ParseConfig(address)
	if err != nil {
		// What the parser says may quote the address, and the address holds a password.
		return nil, errors.New("database: the address is not a PostgreSQL URL or connection string")
	}
	if !strings.Contains(address, "pool_max_conns") {
		cfg.MaxConns = postgresConnections
	}
	if cfg.ConnConfig.RuntimeParams[applicationName] == "" {
		cfg.ConnConfig.RuntimeParams[applicationName] = "heygen-mcp"
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("database: connect to %s: %w", cfg.ConnConfig.Host, err)
	}
	connections := sql.OpenDB(patient{stdlib.GetPoolConnector(pool)})
	connections.SetMaxIdleConns(0) // the pool keeps them
	db := &DB{
		DB:        connections,
		ForUpdate: ` FOR UPDATE`, ForShare: ` FOR KEY SHARE`, ForSweep: ` FOR UPDATE SKIP LOCKED`,
		Shared: true, Lasting: true,
		dialect: goose.DialectPostgres, pool: pool, config: cfg.ConnConfig,
	}
	limited, cancel := context.WithTimeout(ctx, connectLimit)
	defer cancel()
	var schema string
	err = db.QueryRowContext(limited, `SELECT current_database() || '.' || current_schema()`).Scan(&schema)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: find the schema: %w", err), db.Close())
	}
	db.schema = sha256.Sum256([]byte(schema))
	return db, nil
}
