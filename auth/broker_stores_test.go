package auth_test

import (
	"os"
	"path/filepath"
	"testing"

	"heygen-mcp/auth"
	"heygen-mcp/internal/pgtest"
)

// stores are the ways to keep records. Each gives a function that opens a further handle of the same ones.
func stores(t testing.TB) map[string]func(t testing.TB) func() auth.Store {
	t.Helper()
	all := map[string]func(t testing.TB) func() auth.Store{
		"SQLite": func(t testing.TB) func() auth.Store {
			t.Helper()
			file := filepath.Join(t.TempDir(), "store.db")
			return func() auth.Store { return opened(t, "", file) }
		},
	}
	if address := os.Getenv(pgtest.Variable); address != "" {
		all["PostgreSQL"] = func(t testing.TB) func() auth.Store {
			t.Helper()
			own := pgtest.Schema(t, address)
			return func() auth.Store { return opened(t, own, "") }
		}
		all["two replicas on PostgreSQL"] = func(t testing.TB) func() auth.Store {
			t.Helper()
			own := pgtest.Schema(t, address)
			return func() auth.Store { return shared{opened(t, own, "")} }
		}
	} else {
		t.Log(pgtest.Variable + " names no PostgreSQL, so nothing of it was tested")
	}
	return all
}

// onStores runs a test on each kind of store.
func onStores(t *testing.T, test func(d *deployment), change ...func(*auth.Config)) {
	t.Helper()
	for name, make := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(deploy(t, make(t), change...))
		})
	}
}

func opened(t testing.TB, address, file string) auth.Store {
	t.Helper()
	s, err := auth.OpenStore(t.Context(), address, file)
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
