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
// key of an earlier one whose request may have happened is that one: its record comes back Found as it
// stands, and nothing is reserved again. The record has the key under which the request is to be sent.
// Where a cap does not allow it, the error is an *OverError, and nothing is written.
func (l *Ledger) Begin(ctx context.Context, e Entry, caps []Cap, now time.Time) (r Record, err error) {
	err = l.db.Change(ctx, func(tx *database.Tx) error {
		// Whoever begins for the same account waits here, so that of two equal calls the second finds the first.
		sums, err := lockSumsAround(ctx, tx, &e, now)
		if err != nil {
			return err
		}
		if e.Apart {
			e.Key, err = keyInUse(ctx, tx, &e, now)
		} else {
			r, err = l.withKey(ctx, tx, &e, now)
			r.Found = err == nil
		}
		if r.Found || err != nil && !errors.Is(err, sql.ErrNoRows) {
			return failed("find a record by its key", err)
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

const (
	// ofKeys are the records of some keys whose requests may have happened. The sign before each at keeps SQLite from
	// going through all of the account's newer records for the sake of the time.
	ofKeys = ` FROM ledger_records WHERE account = $1 AND tool = $2 AND state <> $3 AND call_key IN ($4, $5, $6)`
	byKey  = `SELECT ` + recordColumns + ofKeys + ` AND +at > $7 ORDER BY +at DESC LIMIT 1`
	byUse  = `SELECT call_key` + ofKeys + ` GROUP BY call_key HAVING MIN(+at) > $7 ORDER BY MIN(+at) DESC LIMIT 1`
)

// inKeys are the arguments of byKey and byUse.
func (e *Entry) inKeys(now time.Time) []any {
	near := [2]string{e.Key, e.Key}
	copy(near[:], e.Near)
	return []any{e.Account, e.Tool, string(Refused), e.Key, near[0], near[1], database.Millis(now.Add(-e.KeyLasts))}
}

// withKey finds the record that has one of an entry's keys, if that still stands for the same request.
func (l *Ledger) withKey(ctx context.Context, tx *database.Tx, e *Entry, now time.Time) (Record, error) {
	if e.Key == "" {
		return Record{}, sql.ErrNoRows
	}
	r, err := scanRecord(tx.QueryRowContext(ctx, byKey, e.inKeys(now)...))
	if err != nil {
		return r, err
	}
	return r, l.addJobs(ctx, tx, []*Record{&r})
}

// keyInUse is the one of an entry's keys under which the first of some equal calls was sent, while that stands for the
// same request; the entry's own where there is none.
func keyInUse(ctx context.Context, tx *database.Tx, e *Entry, now time.Time) (key string, err error) {
	if e.Key == "" {
		return "", nil
	}
	err = tx.QueryRowContext(ctx, byUse, e.inKeys(now)...).Scan(&key)
	if key == "" {
		key = e.Key
	}
	return key, err
}
