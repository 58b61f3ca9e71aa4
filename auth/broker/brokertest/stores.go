package brokertest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/pgtest"
)

// Stores are the ways to keep records. Each gives a function that opens a further handle of the
// same ones.
func Stores(t testing.TB) map[string]func(t testing.TB) func() auth.Store {
	t.Helper()
	all := map[string]func(t testing.TB) func() auth.Store{
		"SQLite": func(t testing.TB) func() auth.Store {
			t.Helper()
			file := filepath.Join(t.TempDir(), "store.db")
			return func() auth.Store { return Opened(t, "", file) }
		},
	}
	if address := os.Getenv(pgtest.Variable); address != "" {
		all["PostgreSQL"] = func(t testing.TB) func() auth.Store {
			t.Helper()
			own := pgtest.Schema(t, address)
			return func() auth.Store { return Opened(t, own, "") }
		}
		all["two replicas on PostgreSQL"] = func(t testing.TB) func() auth.Store {
			t.Helper()
			own := pgtest.Schema(t, address)
			return func() auth.Store { return Shared{Opened(t, own, "")} }
		}
	} else {
		t.Log(pgtest.Variable + " names no PostgreSQL, so nothing of it was tested")
	}
	return all
}

// OnStores runs a test on each kind of store.
func OnStores(t *testing.T, test func(d *Deployment), change ...func(*auth.Config)) {
	t.Helper()
	for name, make := range Stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(Deploy(t, make(t), change...))
		})
	}
}

// Opened opens a store that is closed at the end of the test.
func Opened(t testing.TB, address, file string) auth.Store {
	t.Helper()
	db, err := database.Open(t.Context(), address, file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := auth.OpenStore(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// OnSQLite runs a test that is about no store.
func OnSQLite(t *testing.T) *Deployment {
	t.Helper()
	return Deploy(t, func() auth.Store { return Opened(t, "", "") })
}
