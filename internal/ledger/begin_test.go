package ledger

import (
	"fmt"
	"strings"
	"testing"

	"heygen-mcp/internal/database"
)

// TestARecordIsFoundByItsKey holds that what a call costs does not grow with the records of its account: SQLite must go
// to those of the key, and not through all that are newer.
func TestARecordIsFoundByItsKey(t *testing.T) {
	t.Parallel()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := New(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	rows, err := db.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+byKey, "a", "k", "t", 0, "refused")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var plan strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprintln(&plan, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if got := plan.String(); !strings.Contains(got, "ledger_records_by_key (account=? AND call_key=? AND at>?)") {
		t.Errorf("SQLite's plan is\n%swant one by ledger_records_by_key", got)
	}
}
