package store

import (
	"context"
	"time"

	"heygen-mcp/internal/database"
)

// usedWrap is how long the wrap of a used token stays: as long as it may be needed for a lost answer, and a little
// more.
const usedWrap = 2 * time.Minute

// Sweep implements Store. Each step is a transaction of its own and passes over rows that are locked: they are in use,
// and whoever waits for one while others wait for it could wait for ever.
func (s *records) Sweep(ctx context.Context, now time.Time) error {
	ms := database.Millis(now)
	sweep := func(what, query string, args ...any) error {
		return s.change(ctx, "", func(tx *database.Tx) error {
			_, err := tx.ExecContext(ctx, query, args...)
			return failed("sweep "+what, err)
		})
	}
	for _, table := range []string{"tokens", "flows", "sessions", "clients", "devices"} {
		err := sweep(table, `DELETE FROM `+table+` WHERE id IN (SELECT id FROM `+table+` WHERE expires <= $1`+s.db.ForSweep+`)`, ms)
		if err != nil {
			return err
		}
	}
	// What a person signed in with is kept for the time of the pages that need it, though the browser stays known.
	err := sweep("credentials", `UPDATE sessions SET credential = $1 WHERE id IN
		(SELECT id FROM sessions WHERE account_until <= $2 AND LENGTH(credential) > 0`+s.db.ForSweep+`)`, []byte{}, ms)
	if err != nil {
		return err
	}
	if err := sweep("counts", `DELETE FROM calls WHERE day <= $1`, database.Millis(now.Add(-KeepCalls))); err != nil {
		return err
	}
	// A used token opens nothing any more; what stays of it is that it was used, so that a copy is recognized.
	err = sweep("wraps", `UPDATE tokens SET wrap = $1 WHERE id IN
		(SELECT id FROM tokens WHERE used <> 0 AND used < $2 AND LENGTH(wrap) > 0`+s.db.ForSweep+`)`, []byte{}, database.Millis(now.Add(-usedWrap)))
	if err != nil {
		return err
	}
	// A grant whose time is over, or that no token and no waiting device leads to, can never be used again.
	return sweep("grants", `DELETE FROM grants WHERE id IN
		(SELECT g.id FROM grants g WHERE g.expires <> 0 AND g.expires <= $1
		OR NOT EXISTS (SELECT 1 FROM tokens t WHERE t.grant_id = g.id AND t.used = 0)
		AND NOT EXISTS (SELECT 1 FROM devices d WHERE d.grant_id = g.id)`+s.db.ForSweep+`)`, ms)
}

// Trim implements Store. A row that is locked is in use, and stays.
func (s *records) Trim(ctx context.Context, caps Caps) error {
	for _, t := range []struct {
		table, kept string // which rows are counted, those that stay first
		max         int
	}{
		{"clients", `WHERE NOT used ORDER BY expires DESC`, caps.Clients},
		{"flows", `ORDER BY used DESC, expires DESC`, caps.Flows},
		{"devices", `ORDER BY (grant_id <> '') DESC, expires DESC`, caps.Devices},
	} {
		err := s.change(ctx, "", func(tx *database.Tx) error {
			// Rows are locked once they are chosen: a lock in the innermost would be of all those before OFFSET too.
			_, err := execRows(ctx, tx, "trim "+t.table, `DELETE FROM `+t.table+` WHERE id IN (SELECT id FROM `+t.table+` WHERE id IN
				(SELECT id FROM `+t.table+` `+t.kept+` LIMIT 10000 OFFSET $1)`+s.db.ForSweep+`)`, t.max)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
