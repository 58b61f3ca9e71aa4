package auth_test

import (
	"net/http"
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

// TestAKnownTokenAsksNothing holds that a token which was seen a moment ago is checked without the store: with a store that
// is closed it goes on to work, while one that is new cannot be checked, which is no fault of its own.
func TestAKnownTokenAsksNothing(t *testing.T) {
	t.Parallel()
	onStores(t, func(d *deployment) {
		if d.replicas > 1 {
			return // the proxy in front of two asks the store itself
		}
		known, fresh := d.signIn("mia"), d.signIn("mia")
		if d.mcp(known.access, "").status != http.StatusOK {
			d.t.Fatal("the token is not good")
		}
		if err := d.store.Close(); err != nil {
			d.t.Fatal(err)
		}
		for range 3 {
			if res := d.mcp(known.access, "?call"); res.status != http.StatusOK {
				d.t.Errorf("a known token: %d %s", res.status, res.body)
			}
		}
		if res := d.mcp(fresh.access, ""); res.status != http.StatusServiceUnavailable || res.header.Get("WWW-Authenticate") != "" {
			d.t.Errorf("one that cannot be checked: %d %v", res.status, res.header)
		}
	})
}
