package database_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"heygen-mcp/internal/database"
)

// versions are migrations, each of which runs once: a second run of any would fail.
func versions(all ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for i, statement := range all {
		files["kept/0000"+string(rune('1'+i))+"_step.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + statement + ";\n")}
	}
	return files
}

const (
	first  = `CREATE TABLE things (id BIGINT PRIMARY KEY)`
	second = `INSERT INTO things (id) VALUES (7)`
)

// TestMigrateAppliesEachVersionOnce brings databases to a shape, to a later one, and to the same again: alone, and as
// replicas that start together.
func TestMigrateAppliesEachVersionOnce(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		db, err := database.Open(t.Context(), "", filepath.Join(t.TempDir(), "a", "kept.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		migrateTogether(t, db)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		migrateTogether(t, shared(t, 3, "migrating")...)
	})
}

func migrateTogether(t *testing.T, replicas ...*database.DB) {
	t.Helper()
	for _, files := range []fstest.MapFS{versions(first), versions(first, second), versions(first, second)} {
		var group sync.WaitGroup
		for _, db := range replicas {
			group.Go(func() {
				if err := db.Migrate(t.Context(), files, "kept", "kept_versions"); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	var id int
	if err := replicas[0].QueryRowContext(t.Context(), `SELECT id FROM things`).Scan(&id); err != nil || id != 7 {
		t.Errorf("the table has %d, %v, want 7", id, err)
	}
}

// TestMigrateSaysWhatFailed holds that a wrong migration, none at all, and a directory that cannot be are errors.
func TestMigrateSaysWhatFailed(t *testing.T) {
	t.Parallel()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for name, c := range map[string]struct {
		files fstest.MapFS
		dir   string
		want  string
	}{
		"a wrong statement": {versions(`CREATE NOTHING`), "kept", "database: migrate: "},
		"no migrations":     {versions(), "kept", "database: migrations: "},
		"no directory":      {versions(first), "../kept", "database: migrations: "},
	} {
		if err := db.Migrate(t.Context(), c.files, c.dir, "kept_versions"); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error that begins with %q", name, err, c.want)
		}
	}
}
