package ledger

import (
	"strings"
	"testing"
	"time"

	"heygen-mcp/internal/database"
	"heygen-mcp/internal/plantest"
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
	args := (&Entry{Account: "a", Tool: "t", Key: "k", Near: []string{"l", "m"}}).inKeys(time.Now())
	for _, statement := range []string{byKey, byUse} {
		if got := plantest.Of(t, db, statement, args...); !strings.Contains(got, "ledger_records_by_key (account=? AND call_key=?)") {
			t.Errorf("SQLite's plan is\n%swant one by ledger_records_by_key", got)
		}
	}
}
