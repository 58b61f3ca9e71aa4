package database

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

// sqliteConnections is how many read at once; there is one writer whatever this says.
const sqliteConnections = 8

// OpenSQLite opens a database in a file, and makes the file where it is missing. An empty path is one in memory, which
// ends with the process.
func OpenSQLite(path string) (*DB, error) {
	// Immediate transactions wait for their turn at the start; deferred ones fail in the middle.
	// Every commit is on disk before it is answered: a credential that HeyGen has rotated exists
	// nowhere else. SQLite keeps no queue of those who wait, so a burst can pass one over again and
	// again; half a minute is longer than any burst of one machine.
	pragmas := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(30000)", "foreign_keys(1)", "journal_mode(WAL)", "synchronous(FULL)", "secure_delete(1)"}}
	source, connections := "file::memory:", 1 // each connection would be a memory of its own
	if path != "" {
		if err := ownFile(path); err != nil {
			return nil, fmt.Errorf("database: %w", err)
		}
		source, connections = (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String(), sqliteConnections
	}
	db, err := sql.Open("sqlite", source+"?"+pragmas.Encode())
	if err != nil {
		return nil, fmt.Errorf("database: open: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return &DB{DB: db, Lasting: path != "", dialect: goose.DialectSQLite3, statements: newStatements()}, nil
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
