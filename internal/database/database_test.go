package database_test

import (
	"database/sql"
	"errors"
	"fmt"
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

func TestFailedTellsWhatWasBeingDone(t *testing.T) {
	t.Parallel()
	absent, broken := errors.New("absent"), errors.New("broken")
	if err := database.Failed("read", nil, absent); err != nil {
		t.Errorf("no error became %v", err)
	}
	if err := database.Failed("read", fmt.Errorf("row: %w", sql.ErrNoRows), absent); !errors.Is(err, absent) || errors.Is(err, sql.ErrNoRows) {
		t.Errorf("the absence of a row became %v, want %v", err, absent)
	}
	if err := database.Failed("read", broken, absent); !errors.Is(err, broken) || err.Error() != "read: broken" {
		t.Errorf("an error became %v, want it to say what was being done", err)
	}
}
