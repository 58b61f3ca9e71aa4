package database

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// TestStatementsArePreparedOnce runs a statement often, over one connection and over several, and holds that it is
// prepared, that it goes on to do what it says, and that texts which seldom come are not kept.
func TestStatementsArePreparedOnce(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{"memory": "", "file": filepath.Join(t.TempDir(), "a.db")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := OpenSQLite(file)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			if _, err := db.ExecContext(t.Context(), `CREATE TABLE counts (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)`); err != nil {
				t.Fatal(err)
			}
			const (
				count = `INSERT INTO counts (id, n) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET n = counts.n + 1`
				read  = `SELECT n FROM counts WHERE id = $1`
			)
			const hands, times = 4, 25
			var group sync.WaitGroup
			for hand := range hands {
				group.Go(func() {
					for i := range times {
						err := db.Change(t.Context(), func(tx *Tx) error {
							if _, err := tx.ExecContext(t.Context(), count, 1); err != nil {
								return err
							}
							var n int
							if err := tx.QueryRowContext(t.Context(), read, 1).Scan(&n); err != nil || n < 1 || n > hands*times {
								return fmt.Errorf("read %d: %w", n, err)
							}
							_, err := tx.ExecContext(t.Context(), fmt.Sprintf(`UPDATE counts SET n = n WHERE id = %d`, hand*times+i))
							return err
						})
						if err != nil {
							t.Error(err)
						}
					}
				})
			}
			group.Wait()
			var n int
			if err := db.QueryRowContext(t.Context(), read, 1).Scan(&n); err != nil || n != hands*times {
				t.Errorf("counted %d, %v, want %d", n, err, hands*times)
			}
			for _, query := range []string{count, read} {
				if db.statements.find(query) == nil {
					t.Errorf("%s is not prepared", query)
				}
			}
			if kept := len(db.statements.ready); kept != 2 {
				t.Errorf("%d statements are kept, want 2", kept)
			}
		})
	}
}
