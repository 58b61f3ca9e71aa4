// Package pgtest gives each test a PostgreSQL schema of its own. It opens the database as the server does, which waits
// where other tests have all of its connections.
package pgtest

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"heygen-mcp/internal/database"
)

// Variable names the database that tests may make schemas in. Where it is empty, what needs one says so and is skipped.
const Variable = "HEYGEN_MCP_TEST_DATABASE_URL"

// options end every address. PostgreSQL usually has a hundred connections, which the tests of several packages share;
// ten are two more than wait for HeyGen at most (auth/store's renewals).
const options = "pool_max_conns=10&search_path="

// Schema makes a schema in the database at an address, until the test ends, and gives the address that leads into it,
// which is for a pool (pgxpool).
func Schema(t testing.TB, address string) string {
	t.Helper()
	db, err := database.OpenPostgres(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	sep := "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	return address + sep + options + name
}
