package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"heygen-mcp/auth/store"
	"heygen-mcp/auth/store/storetest"
	"heygen-mcp/internal/database"
	"heygen-mcp/internal/pgtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// opened opens a store until the test ends.
func opened(t *testing.T, address, file string) store.Store {
	t.Helper()
	db, err := database.Open(t.Context(), address, file)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), db)
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

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		return opened(t, "", filepath.Join(t.TempDir(), "a dir", "store?.db"))
	})
}

func TestSQLiteInMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		return opened(t, "", "")
	})
}

func TestSQLiteKeepsItsFileToItself(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	s := opened(t, "", filepath.Join(dir, "store.db"))
	if _, err := s.Settle(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range append(files, dir) {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: got %v, %v, want no error and info.Mode().Perm()&0o077 %v", file, info.Mode(), err, 0)
		}
	}
}

func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	address := postgresAddress(t)
	storetest.RunReplicas(t, func(t *testing.T) (store.Store, func() store.Store) {
		t.Helper()
		own := pgtest.Schema(t, address)
		open := func() store.Store {
			return opened(t, own, "")
		}
		return open(), open
	})
}

// TestManyReplicasMigrateAtOnce starts on one empty database.
func TestManyReplicasMigrateAtOnce(t *testing.T) {
	t.Parallel()
	own := pgtest.Schema(t, postgresAddress(t))
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			opened(t, own, "")
		})
	}
}

// postgresAddress is where a PostgreSQL for tests is. Where there is none, that is said aloud.
func postgresAddress(t *testing.T) string {
	t.Helper()
	address := os.Getenv(pgtest.Variable)
	if address == "" {
		t.Skip(pgtest.Variable + " names no PostgreSQL, so nothing of it was tested")
	}
	return address
}
