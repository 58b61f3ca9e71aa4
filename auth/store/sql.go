package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"heygen-mcp/internal/database"
)

// records is what both implementations have in common: the statements, which are written so that both databases
// take them. What differs is in the fields that are functions.
type records struct {
	db *database.DB
	// changes is how processes tell each other of grants whose tokens or credential have changed.
	changes *database.Topic

	watchers watchers
}

// scanner is a row, of one or of many.
type scanner interface{ Scan(into ...any) error }

// change runs f in a transaction. grant is whose change others must hear of; "" is nobody's.
func (s *records) change(ctx context.Context, grant string, f func(tx *database.Tx) error) error {
	return s.changed(ctx, func(tx *database.Tx) (string, error) { return grant, f(tx) })
}

// changed is change for what learns on its way whether others must hear of it.
func (s *records) changed(ctx context.Context, f func(tx *database.Tx) (grant string, err error)) error {
	var grant string
	err := s.db.Change(ctx, func(tx *database.Tx) (err error) {
		if grant, err = f(tx); err != nil || grant == "" {
			return err
		}
		return s.changes.Tell(ctx, tx, grant)
	})
	if err != nil {
		return err
	}
	if grant != "" {
		s.watchers.call(grant)
	}
	return nil
}

// exec runs one statement outside a transaction.
func (s *records) exec(ctx context.Context, what, query string, args ...any) error {
	_, err := s.db.ExecContext(ctx, query, args...)
	return failed(what, err)
}

// execRows runs a statement and says how many rows it changed.
func execRows(ctx context.Context, tx *database.Tx, what, query string, args ...any) (int64, error) {
	res, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, failed(what, err)
	}
	n, err := res.RowsAffected()
	return n, failed(what, err)
}

// execOne runs a statement that must change one row; none is otherwise.
func execOne(ctx context.Context, tx *database.Tx, none error, what, query string, args ...any) error {
	n, err := execRows(ctx, tx, what, query, args...)
	if err != nil {
		return err
	}
	if n == 0 {
		return none
	}
	return nil
}

// failed names what was being done, and turns the absence of a row into ErrNotFound.
func failed(what string, err error) error { return database.Failed("store: "+what, err, ErrNotFound) }

// hashColumn reads a hash.
type hashColumn struct{ hash *Hash }

// Scan implements sql.Scanner.
func (c hashColumn) Scan(value any) error {
	raw, ok := value.([]byte)
	if !ok || len(raw) != len(c.hash) {
		return fmt.Errorf("store: a hash of %T", value)
	}
	copy(c.hash[:], raw)
	return nil
}

// timeColumn reads a time.
type timeColumn struct{ time *time.Time }

// Scan implements sql.Scanner.
func (m timeColumn) Scan(value any) error {
	ms, ok := value.(int64)
	if !ok {
		return fmt.Errorf("store: a time of %T", value)
	}
	*m.time = database.TimeOf(ms)
	return nil
}

// bytesOf never is nil: no column takes NULL.
func bytesOf(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// watchers are those who are told of changes.
type watchers struct {
	mu   sync.Mutex
	next int
	all  map[int]func(grant string)
}

func (w *watchers) add(changed func(grant string)) (stop func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = map[int]func(string){}
	}
	id := w.next
	w.next++
	w.all[id] = changed
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.all, id)
	}
}

// call tells everybody. The lock is held, so that whoever stopped watching is not called any more.
func (w *watchers) call(grant string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, changed := range w.all {
		changed(grant)
	}
}

// Watch implements Store.
func (s *records) Watch(changed func(grant string)) (stop func()) { return s.watchers.add(changed) }

// Ping implements Store.
func (s *records) Ping(ctx context.Context) error { return failed("ping", s.db.PingContext(ctx)) }
