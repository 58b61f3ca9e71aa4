package catalogue_test

import (
	"context"
	"path/filepath"
	"testing"

	"heygen-mcp/internal/catalogue"
	"heygen-mcp/internal/database"
)

// TestCloseWaitsForWhatWasPutIn holds that rows which a search has found before Close are in the file after it, also
// where the file is slow and whoever read them has gone.
func TestCloseWaitsForWhatWasPutIn(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "catalogue.db")
	c := fileAt(t, path, "here")
	db, err := database.OpenSQLite(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	held, free := make(chan struct{}), make(chan struct{})
	go func() {
		_ = db.Change(context.WithoutCancel(t.Context()), func(*database.Tx) error {
			close(held)
			<-free
			return nil
		})
	}()
	<-held
	gone, leave := context.WithCancel(t.Context())
	put := make(chan error, 1)
	go func() {
		put <- c.Put(gone, catalogue.Public, catalogue.Voices, []catalogue.Row{{ID: "v", Name: "Aria"}}, catalogue.State{Complete: true, Read: now()})
	}()
	for known := false; !known; {
		_, known = c.Row(catalogue.Public, catalogue.Voices, "v")
	}
	leave()
	go close(free)
	c.Close()
	if _, known := fileAt(t, path, "here").Row(catalogue.Public, catalogue.Voices, "v"); !known {
		t.Error("the row is not in the file")
	}
	if err := <-put; err != nil {
		t.Error(err)
	}
}
