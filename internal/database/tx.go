package database

import (
	"context"
	"database/sql"
	"sync"
)

// Tx is a transaction. In SQLite, statements that come again and again are prepared once: reading and planning them
// takes longer than running them. pgx does the same for PostgreSQL by itself.
type Tx struct {
	*sql.Tx
	statements *statements // nil where they are not prepared here
}

// statements are those that were prepared, by their texts.
type statements struct {
	mu    sync.Mutex
	ready map[string]*sql.Stmt // nil for one that is being prepared, or cannot be
	met   map[string]int       // how often each of the others has come
}

// The texts of most statements are constants. Those that list what they look for are too many to keep: one is kept when
// it has come often enough, and no more than there is room for.
const (
	oftenEnough    = 8
	mostStatements = 128
	mostMet        = 1024
)

func newStatements() *statements {
	return &statements{ready: map[string]*sql.Stmt{}, met: map[string]int{}}
}

// find is a statement if it is prepared.
func (s *statements) find(query string) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ready, chosen := s.ready[query]; chosen {
		return ready
	}
	if _, known := s.met[query]; known || len(s.met) < mostMet {
		s.met[query]++
	}
	return nil
}

// prepare prepares what has come often enough. It is called outside of transactions, which may have the only
// connection.
func (s *statements) prepare(ctx context.Context, db *sql.DB) {
	s.mu.Lock()
	var wanted []string
	for query, times := range s.met {
		if times >= oftenEnough && len(s.ready) < mostStatements {
			wanted = append(wanted, query)
			delete(s.met, query)
			s.ready[query] = nil
		}
	}
	s.mu.Unlock()
	for _, query := range wanted {
		ready, err := db.PrepareContext(ctx, query)
		if err != nil {
			continue // it goes on to be run as it is
		}
		s.mu.Lock()
		s.ready[query] = ready
		s.mu.Unlock()
	}
}

// statement is one that is prepared, in this transaction; nil for one that is not.
func (tx *Tx) statement(ctx context.Context, query string) *sql.Stmt {
	if tx.statements == nil {
		return nil
	}
	if ready := tx.statements.find(query); ready != nil {
		return tx.StmtContext(ctx, ready)
	}
	return nil
}

// ExecContext is that of sql.Tx.
func (tx *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := tx.statement(ctx, query); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return tx.Tx.ExecContext(ctx, query, args...)
}

// QueryContext is that of sql.Tx.
func (tx *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := tx.statement(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return tx.Tx.QueryContext(ctx, query, args...)
}

// QueryRowContext is that of sql.Tx.
func (tx *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := tx.statement(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return tx.Tx.QueryRowContext(ctx, query, args...)
}
