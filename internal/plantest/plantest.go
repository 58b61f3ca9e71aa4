// Package plantest tells tests how SQLite comes to the rows of a statement. It is a leaf and knows no table.
package plantest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
)

// Of is SQLite's plan for a statement, a line a step. "SCAN" in one means that it goes through all rows, "SEARCH" that
// an index leads it.
func Of(t testing.TB, db interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}, query string, args ...any,
) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
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
	return plan.String()
}
