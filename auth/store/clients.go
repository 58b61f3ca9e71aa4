package store

import (
	"context"
	"time"

	"heygen-mcp/internal/database"
)

// PutClient implements Store.
func (s *records) PutClient(ctx context.Context, c Client) error {
	return s.exec(ctx, "keep a client",
		`INSERT INTO clients (id, document, secret, used, expires) VALUES ($1, $2, $3, $4, $5)
		 ON CONFLICT (id) DO UPDATE SET document = excluded.document, secret = excluded.secret, used = clients.used OR excluded.used,
		 expires = CASE WHEN excluded.expires > clients.expires THEN excluded.expires ELSE clients.expires END`,
		c.ID, bytesOf(c.Document), c.Secret[:], c.Used, database.Millis(c.Expires))
}

// Client implements Store.
func (s *records) Client(ctx context.Context, id string, now time.Time) (Client, error) {
	c := Client{ID: id}
	err := s.db.QueryRowContext(ctx, `SELECT document, secret, used, expires FROM clients WHERE id = $1 AND expires > $2`, id, database.Millis(now)).
		Scan(&c.Document, hashColumn{&c.Secret}, &c.Used, timeColumn{&c.Expires})
	return c, failed("read a client", err)
}

// Setting implements Store.
func (s *records) Setting(ctx context.Context, name string) (value string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = $1`, name).Scan(&value)
	return value, failed("read a setting", err)
}

// Settle implements Store.
func (s *records) Settle(ctx context.Context, name, value string) (string, error) {
	err := s.exec(ctx, "settle a setting",
		`INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, value)
	if err != nil {
		return "", err
	}
	return s.Setting(ctx, name)
}

// DropSetting implements Store.
func (s *records) DropSetting(ctx context.Context, name string) error {
	return s.exec(ctx, "drop a setting", `DELETE FROM settings WHERE name = $1`, name)
}
