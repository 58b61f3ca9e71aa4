package database_test

import (
	"strings"
	"testing"

	"heygen-mcp/internal/database"
)

func TestAnAddressIsNotRepeated(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"postgres://u:s3cret@host:port/db", "postgres://u:s3cret@127.0.0.1:1/db?connect_timeout=1"} {
		db, err := database.OpenPostgres(t.Context(), address)
		if err == nil {
			_ = db.Close()
			t.Fatal("it opened")
		}
		if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error holds the password: %v", err)
		}
	}
}
