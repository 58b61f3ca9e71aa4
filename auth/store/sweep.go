package store

import (
	"context"
	"database/sql"
	"time"
)

// usedWrap is how long the wrap of a used token stays: as long as it may be needed for a lost answer, and a little more.
const usedWrap = 2 * time.Minute

// Sweep implements Store.
func (s *records) Sweep(ctx context.Context, now time.Time) error {
	ms := millis(now)
	return s.change(ctx, "", func(tx *sql.Tx) error {
		for _, table := range []string{"tokens", "flows", "sessions", "clients", "devices"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE expires <= $1`, ms); err != nil { //nolint:gosec // G202: the names are those above
				return failed("sweep "+table, err)
			}
		}
		// A used token opens nothing any more; what stays of it is that it was used, so that a copy is recognized.
		_, err := tx.ExecContext(ctx, `UPDATE tokens SET wrap = $1 WHERE used <> 0 AND used < $2 AND LENGTH(wrap) > 0`,
			[]byte{}, millis(now.Add(-usedWrap)))
		if err != nil {
			return failed("sweep wraps", err)
		}
		// A grant that no token and no waiting device leads to can never be used again.
		_, err = tx.ExecContext(ctx,
			`DELETE FROM grants WHERE NOT EXISTS (SELECT 1 FROM tokens t WHERE t.grant_id = grants.id AND t.used = 0)
			 AND NOT EXISTS (SELECT 1 FROM devices d WHERE d.grant_id = grants.id)`)
		return failed("sweep grants", err)
	})
}
