package catalogue

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"heygen-mcp/internal/database"
)

//go:embed migrations
var migrations embed.FS

// ownLifetime is how long an account's own rows are kept after they were last read.
const ownLifetime = 30 * 24 * time.Hour

// store keeps lists in a database.
type store struct{ db *database.DB }

// openStore makes the tables where they are missing, and empties them where they are of another source.
func openStore(ctx context.Context, db *database.DB, from string) (*store, error) {
	if err := db.Migrate(ctx, migrations, "migrations", "catalogue_migrations"); err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	err := db.Change(ctx, func(tx *database.Tx) error {
		var is string
		err := tx.QueryRowContext(ctx, `SELECT name FROM catalogue_source`).Scan(&is)
		if err == nil && is == from {
			return nil
		} else if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM catalogue_source`, `DELETE FROM catalogue_rows`, `DELETE FROM catalogue_lists`,
		} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO catalogue_source (name) VALUES ($1)`, from)
		return err
	})
	return &store{db}, wrapped("look whose rows there are", err)
}

// state is how far a list was read; its zero value is of one that was not.
func (s *store) state(ctx context.Context, key shelfKey) (State, error) {
	var state State
	var read int64
	err := s.db.QueryRowContext(ctx, `SELECT about, complete, read_at, next FROM catalogue_lists
		WHERE owner = $1 AND kind = $2`, key.owner, string(key.kind)).Scan(&state.About, &state.Complete, &read, &state.Next)
	if errors.Is(err, sql.ErrNoRows) {
		return State{}, nil
	}
	state.Read = time.UnixMilli(read)
	return state, wrapped("read how far a list is", err)
}

// read is a list as it was written.
func (s *store) read(ctx context.Context, key shelfKey) (State, []Row, error) {
	state, err := s.state(ctx, key)
	if err != nil || state.Read.IsZero() {
		return state, nil, err
	}
	found, err := s.db.QueryContext(ctx, `SELECT content FROM catalogue_rows WHERE owner = $1 AND kind = $2
		ORDER BY position`, key.owner, string(key.kind))
	if err != nil {
		return state, nil, wrapped("read rows", err)
	}
	defer func() { _ = found.Close() }()
	var rows []Row
	for found.Next() {
		var content sql.RawBytes
		if err := found.Scan(&content); err != nil {
			return state, nil, wrapped("read a row", err)
		}
		var r Row
		if err := json.Unmarshal(content, &r); err != nil {
			return state, nil, wrapped("read a row", err)
		}
		rows = append(rows, r)
	}
	state.Rows = len(rows)
	return state, rows, wrapped("read rows", found.Err())
}

// write adds rows to a list, or puts them in its place, and says how far it is read.
func (s *store) write(ctx context.Context, key shelfKey, state State, rows []Row, replace bool) error {
	err := s.db.Change(ctx, func(tx *database.Tx) error {
		if replace {
			if _, err := tx.ExecContext(ctx, `DELETE FROM catalogue_rows WHERE owner = $1 AND kind = $2`,
				key.owner, string(key.kind)); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM catalogue_rows WHERE owner IN
				(SELECT owner FROM catalogue_lists WHERE owner <> '' AND read_at < $1)`,
				database.Millis(state.Read.Add(-ownLifetime))); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM catalogue_lists WHERE owner <> '' AND read_at < $1`,
				database.Millis(state.Read.Add(-ownLifetime))); err != nil {
				return err
			}
		}
		insert, err := tx.PrepareContext(ctx, `INSERT INTO catalogue_rows (owner, kind, id, position, content)
			VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (owner, kind, id) DO UPDATE SET content = excluded.content`)
		if err != nil {
			return err
		}
		defer func() { _ = insert.Close() }()
		from := state.Rows - len(rows)
		for i := range rows {
			content, err := json.Marshal(&rows[i])
			if err != nil {
				return err
			}
			if _, err := insert.ExecContext(ctx, key.owner, string(key.kind), rows[i].ID, from+i, string(content)); err != nil {
				return err
			}
		}
		complete := 0
		if state.Complete {
			complete = 1
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO catalogue_lists (owner, kind, about, complete, read_at, next)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (owner, kind) DO UPDATE SET about = excluded.about,
			complete = excluded.complete, read_at = excluded.read_at, next = excluded.next`,
			key.owner, string(key.kind), state.About, complete, database.Millis(state.Read), state.Next)
		return err
	})
	return wrapped("write rows", err)
}

func wrapped(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("catalogue: %s: %w", doing, err)
}
