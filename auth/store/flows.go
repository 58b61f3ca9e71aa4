package store

import (
	"context"
	"time"

	"heygen-mcp/internal/database"
)

// PutFlow implements Store.
func (s *records) PutFlow(ctx context.Context, f Flow) error {
	return s.exec(ctx, "keep a flow",
		`INSERT INTO flows (id, sealed, used, expires) VALUES ($1, $2, $3, $4)
		 ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, used = excluded.used, expires = excluded.expires`,
		f.ID[:], bytesOf(f.Sealed), f.Used, database.Millis(f.Expires))
}

// Flow implements Store.
func (s *records) Flow(ctx context.Context, id Hash, now time.Time) (Flow, error) {
	f := Flow{ID: id}
	err := s.db.QueryRowContext(ctx, `SELECT sealed, used, expires FROM flows WHERE id = $1 AND expires > $2`, id[:], database.Millis(now)).
		Scan(&f.Sealed, &f.Used, timeColumn{&f.Expires})
	return f, failed("read a flow", err)
}

// DropFlow implements Store.
func (s *records) DropFlow(ctx context.Context, id Hash) error {
	return s.exec(ctx, "drop a flow", `DELETE FROM flows WHERE id = $1`, id[:])
}

// TakeFlow implements Store.
func (s *records) TakeFlow(ctx context.Context, id Hash, sealed []byte) error {
	return s.change(ctx, "", func(tx *database.Tx) error {
		if sealed == nil {
			return execOne(ctx, tx, ErrNotFound, "take a flow", `DELETE FROM flows WHERE id = $1`, id[:])
		}
		return execOne(ctx, tx, ErrNotFound, "take a flow", `DELETE FROM flows WHERE id = $1 AND sealed = $2`, id[:], sealed)
	})
}

// endFlow deletes a flow that must be there. Of two forms that were sent, the second finds none.
func endFlow(ctx context.Context, tx *database.Tx, id Hash, now time.Time) error {
	return execOne(ctx, tx, ErrNotFound, "end a flow", `DELETE FROM flows WHERE id = $1 AND expires > $2`, id[:], database.Millis(now))
}

// PutSession implements Store.
func (s *records) PutSession(ctx context.Context, n Session) error {
	return s.exec(ctx, "keep a session",
		`INSERT INTO sessions (id, account, account_until, account_name, credential, expires) VALUES ($1, $2, $3, $4, $5, $6)
		 ON CONFLICT (id) DO UPDATE SET account = excluded.account, account_until = excluded.account_until,
		 account_name = excluded.account_name, credential = excluded.credential, expires = excluded.expires`,
		n.ID[:], n.Account[:], database.Millis(n.AccountUntil), bytesOf(n.AccountName), bytesOf(n.Credential), database.Millis(n.Expires))
}

// Session implements Store.
func (s *records) Session(ctx context.Context, id Hash, now time.Time) (Session, error) {
	n := Session{ID: id}
	err := s.db.QueryRowContext(ctx, `SELECT account, account_until, account_name, credential, expires FROM sessions WHERE id = $1 AND expires > $2`, id[:], database.Millis(now)).
		Scan(hashColumn{&n.Account}, timeColumn{&n.AccountUntil}, &n.AccountName, &n.Credential, timeColumn{&n.Expires})
	return n, failed("read a session", err)
}

// Wraps implements Store.
func (s *records) Wraps(ctx context.Context, session Hash) (all []Wrap, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT grant_id, sealed, consent FROM wraps WHERE session = $1 ORDER BY grant_id`, session[:])
	if err != nil {
		return nil, failed("read wraps", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		w := Wrap{Session: session}
		if err := rows.Scan(&w.Grant, &w.Sealed, &w.Consent); err != nil {
			return nil, failed("read wraps", err)
		}
		all = append(all, w)
	}
	return all, failed("read wraps", rows.Err())
}

// addWrap keeps a wrap, if there is one, for a session that must be there.
func addWrap(ctx context.Context, tx *database.Tx, w *Wrap) error {
	if w == nil {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO wraps (session, grant_id, sealed, consent) VALUES ($1, $2, $3, $4)`,
		w.Session[:], w.Grant, bytesOf(w.Sealed), w.Consent)
	return failed("keep a wrap", err)
}
