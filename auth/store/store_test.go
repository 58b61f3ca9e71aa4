package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"heygen-mcp/auth/store"
	"heygen-mcp/auth/store/storetest"
	"heygen-mcp/internal/pgtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func closed(t *testing.T, s store.Store, err error) store.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestSQLite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		s, err := store.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "a dir", "store?.db"))
		return closed(t, s, err)
	})
}

func TestSQLiteInMemory(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		s, err := store.OpenSQLite(t.Context(), "")
		return closed(t, s, err)
	})
}

func TestSQLiteKeepsItsFileToItself(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	s, err := store.OpenSQLite(t.Context(), filepath.Join(dir, "store.db"))
	closed(t, s, err)
	if _, err := s.Settle(t.Context(), "a", "b"); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range append(files, dir) {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
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
			s, err := store.OpenPostgres(t.Context(), own)
			return closed(t, s, err)
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
			s, err := store.OpenPostgres(t.Context(), own)
			closed(t, s, err)
		})
	}
}

func TestAnAddressIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"postgres://u:s3cret@host:port/db", "postgres://u:s3cret@127.0.0.1:1/db?connect_timeout=1"} {
		s, err := store.OpenPostgres(t.Context(), address)
		if err == nil {
			_ = s.Close()
			t.Fatal("it opened")
		}
		if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error holds the password: %v", err)
		}
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
