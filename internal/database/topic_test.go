package database_test

import (
	"testing"

	"heygen-mcp/internal/database"
)

// TestNobodyElseToTell holds that where a process is alone with its database it hears of everything, since it has done
// everything, and telling does nothing.
func TestNobodyElseToTell(t *testing.T) {
	t.Parallel()
	db, err := database.OpenSQLite("")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	topic := db.Topic("grants", func(word string) { t.Errorf("it was told %q", word) })
	defer topic.Close()
	if !topic.Hears() {
		t.Error("it says that it misses something")
	}
	if err := db.Change(t.Context(), func(tx *database.Tx) error { return topic.Tell(t.Context(), tx, "word") }); err != nil {
		t.Error(err)
	}
}
