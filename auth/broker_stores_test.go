package auth_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to make schemas

	"heygen-mcp/auth"
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
	if address := os.Getenv("HEYGEN_MCP_TEST_DATABASE_URL"); address != "" {
		all["PostgreSQL"] = func(t testing.TB) func() auth.Store {
			t.Helper()
			own := schema(t, address)
			return func() auth.Store { return opened(t, own, "") }
		}
		all["two replicas on PostgreSQL"] = func(t testing.TB) func() auth.Store {
			t.Helper()
			own := schema(t, address)
			return func() auth.Store { return shared{opened(t, own, "")} }
		}
	} else {
		t.Log("HEYGEN_MCP_TEST_DATABASE_URL names no PostgreSQL, so nothing of it was tested")
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

// schema makes a schema for one test, and gives the address that leads into it.
func schema(t testing.TB, address string) string {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(t.Name() + time.Now().String()))
	name := "test_" + strings.ToLower(strings.NewReplacer("-", "x", "_", "x").Replace(base64.RawURLEncoding.EncodeToString(sum[:12])))
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
	return address + sep + "search_path=" + name
}
