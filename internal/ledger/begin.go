package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"heygen-mcp/internal/database"
)

// Begin writes a record before its request leaves, and reserves what it may cost. An entry with a
// key of an earlier one whose request may have happened is that one: its record comes back as it
// stands, and nothing is reserved again. The record has the key under which the request is to be sent.
// Where a cap does not allow it, the error is an *OverError, and nothing is written.
func (l *Ledger) Begin(ctx context.Context, e Entry, caps []Cap, now time.Time) (r Record, err error) {
	err = l.db.Change(ctx, func(tx *database.Tx) error {
		// Whoever begins for the same account waits here, so that of two equal calls the second finds the first.
		sums, err := lockSums(ctx, tx, &e, now)
		if err != nil {
			return err
		}
		switch r, err = l.withKey(ctx, tx, &e, now); {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil || !e.Apart:
			return failed("find a record by its key", err)
		default:
			e.Key = r.Key
		}
		if err := within(&e, caps, sums, now); err != nil {
			return err
		}
		if err := addToSums(ctx, tx, &e, now, e.Estimate.High); err != nil {
			return err
		}
		r = Record{ID: rand.Text(), Entry: e, At: now.UTC().Truncate(time.Millisecond), State: Open}
		return insertRecord(ctx, tx, &r)
	})
	return r, err
}

// byKey finds the newest record of some keys. The plus signs keep SQLite from going through all of the account's newer
// records for the sake of the time.
const byKey = `SELECT ` + recordColumns + ` FROM ledger_records
	WHERE account = $1 AND call_key IN ($2, $6, $7) AND tool = $3 AND +at > $4 AND state <> $5 ORDER BY +at DESC LIMIT 1`

// withKey finds the record that has one of an entry's keys, if that still stands for the same request.
func (l *Ledger) withKey(ctx context.Context, tx *database.Tx, e *Entry, now time.Time) (Record, error) {
	if e.Key == "" {
		return Record{}, sql.ErrNoRows
	}
	near := [2]string{e.Key, e.Key}
	copy(near[:], e.Near)
	r, err := scanRecord(tx.QueryRowContext(ctx, byKey,
		e.Account, e.Key, e.Tool, database.Millis(now.Add(-e.KeyLasts)), string(Refused), near[0], near[1]))
	if err != nil {
		return r, err
	}
	return r, l.addJobs(ctx, tx, []*Record{&r})
}
