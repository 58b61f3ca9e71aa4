package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations
var migrations embed.FS

// sqliteConnections is how many read at once; there is one writer whatever this says.
const sqliteConnections = 8

// sqlite is the store of one process.
type sqlite struct {
	records
	mu    sync.Mutex
	turns map[string]*turn
}

// turn is whose turn it is to renew a grant's credential.
type turn struct {
	mu      sync.Mutex
	waiting int
}

// OpenSQLite opens a store in a file, and makes both where they are missing. An empty path is a store in memory,
// which ends with the process.
func OpenSQLite(ctx context.Context, path string) (Store, error) {
	// Immediate transactions wait for their turn at the start; deferred ones fail in the middle. Every commit is on disk
	// before it is answered: a credential that HeyGen has rotated exists nowhere else. SQLite keeps no queue of those who
	// wait, so a burst can pass one over again and again; half a minute is longer than any burst of one machine.
	pragmas := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(30000)", "foreign_keys(1)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)"}}
	source, connections := "file::memory:", 1 // each connection would be a memory of its own
	if path != "" {
		if err := ownFile(path); err != nil {
			return nil, fmt.Errorf("store: %w", err)
		}
		source, connections = (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String(), sqliteConnections
	}
	db, err := sql.Open("sqlite", source+"?"+pragmas.Encode())
	if err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	if err := migrate(ctx, db, goose.DialectSQLite3, "migrations/sqlite"); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &sqlite{
		records: records{db: db, tell: func(context.Context, *sql.Tx, string) error { return nil }},
		turns:   map[string]*turn{},
	}, nil
}

// ownFile makes the file readable by its owner alone before SQLite makes it readable by all.
func ownFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // G304: the operator names the file
	if err != nil {
		return err
	}
	return f.Close()
}

// Renew implements Store. The transaction that keeps the result does not span the call in between: it would hold up
// every other writer for as long as HeyGen takes.
func (s *sqlite) Renew(ctx context.Context, grant string, renew func(context.Context, Grant) (*Renewal, error)) error {
	defer s.wait(grant)()
	g, err := s.Grant(ctx, grant)
	if err != nil {
		return err
	}
	r, err := renew(ctx, g)
	if err != nil || r == nil {
		return err
	}
	return s.change(ctx, grant, func(tx *sql.Tx) error { return keepRenewal(ctx, tx, g, *r) })
}

// wait waits for the turn of one grant, and returns what ends it.
func (s *sqlite) wait(grant string) (done func()) {
	s.mu.Lock()
	t, ok := s.turns[grant]
	if !ok {
		t = &turn{}
		s.turns[grant] = t
	}
	t.waiting++
	s.mu.Unlock()
	t.mu.Lock()
	return func() {
		t.mu.Unlock()
		s.mu.Lock()
		defer s.mu.Unlock()
		if t.waiting--; t.waiting == 0 {
			delete(s.turns, grant)
		}
	}
}

// Hears implements Store: there is no other process to hear of.
func (s *sqlite) Hears() bool { return true }

// Close implements Store.
func (s *sqlite) Close() error { return failed("close", s.db.Close()) }
