package store

import (
	"context"
	"database/sql"
	"errors"

	"heygen-mcp/internal/database"
)

// ReplaceSession implements Store.
func (s *records) ReplaceSession(ctx context.Context, old Hash, n Session, wraps []Wrap) error {
	return s.change(ctx, "", func(tx *database.Tx) error {
		// Grants come first, before all other locks (see holdGrant).
		var held []Wrap
		for _, w := range wraps {
			var id string
			err := tx.QueryRowContext(ctx, `SELECT id FROM grants WHERE id = $1`+s.db.ForShare, w.Grant).Scan(&id)
			if errors.Is(err, sql.ErrNoRows) {
				continue // it has ended meanwhile
			}
			if err != nil {
				return failed("hold a grant", err)
			}
			w.Session = n.ID
			held = append(held, w)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE id = $1`, old[:]); err != nil {
			return failed("end a session", err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO sessions (id, account, account_until, account_name, credential, expires) VALUES ($1, $2, $3, $4, $5, $6)`,
			n.ID[:], n.Account[:], database.Millis(n.AccountUntil), bytesOf(n.AccountName), bytesOf(n.Credential), database.Millis(n.Expires))
		if err != nil {
			return failed("keep a session", err)
		}
		for _, w := range held {
			if err := addWrap(ctx, tx, &w); err != nil {
				return err
			}
		}
		return nil
	})
}

// EndSessions implements Store.
func (s *records) EndSessions(ctx context.Context, account Hash) error {
	return s.change(ctx, "", func(tx *database.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE account = $1`, account[:])
		return failed("end the sessions of an account", err)
	})
}
