package database_test

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"heygen-mcp/internal/database"
	"heygen-mcp/internal/pgtest"
)

// reach is within what time replicas hear of each other, whatever becomes of a connection.
const reach = 20 * time.Second

// shared opens the PostgreSQL of tests, in a schema of the test's own, as often as wanted and under a name.
func shared(t *testing.T, n int, name string) (replicas []*database.DB) {
	t.Helper()
	address := os.Getenv(pgtest.Variable)
	if address == "" {
		t.Skip(pgtest.Variable + " names no PostgreSQL, so nothing of it was tested")
	}
	address = pgtest.Schema(t, address) + "&application_name=" + name
	for range n {
		db, err := database.Open(t.Context(), address, "")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		replicas = append(replicas, db)
	}
	return replicas
}

// hears waits for one of some words.
func hears(t *testing.T, words <-chan string, wanted ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), reach)
	defer cancel()
	for {
		select {
		case word := <-words:
			if slices.Contains(wanted, word) {
				return word
			}
		case <-ctx.Done():
			t.Fatalf("none of %q was heard", wanted)
		}
	}
}

// TestReplicasHearEachOther holds that a word which one replica tells reaches the other once it is committed, and no
// other topic and no other schema.
func TestReplicasHearEachOther(t *testing.T) {
	t.Parallel()
	replicas, stranger := shared(t, 2, "replica"), shared(t, 1, "stranger")[0]
	heard, elsewhere := make(chan string, 64), make(chan string, 64)
	topic := replicas[0].Topic("grants", func(word string) { heard <- word })
	defer topic.Close()
	for _, other := range []*database.Topic{replicas[0].Topic("hooks", func(word string) { elsewhere <- word }), stranger.Topic("grants", func(word string) { elsewhere <- word })} {
		defer other.Close()
		hears(t, elsewhere, "")
	}
	hears(t, heard, "") // from here on nothing is missed
	telling := replicas[1].Topic("grants", func(string) {})
	defer telling.Close()
	tell := func(word string, outcome error) error {
		return replicas[1].Change(t.Context(), func(tx *database.Tx) error {
			if err := telling.Tell(t.Context(), tx, word); err != nil {
				return err
			}
			return outcome
		})
	}
	undone := errors.New("undone")
	if err := tell("undone", undone); !errors.Is(err, undone) {
		t.Errorf("got %v, want %v", err, undone)
	}
	if err := tell("done", nil); err != nil {
		t.Fatal(err)
	}
	if word := hears(t, heard, "done", "undone"); word != "done" {
		t.Error("what was not committed was told")
	}
	if len(elsewhere) > 0 {
		t.Errorf("another topic or schema heard %q", <-elsewhere)
	}
}

// TestAListenerThatIsKilledHearsAgain ends the connection of a listener: it must say that it may have missed something,
// and go on.
func TestAListenerThatIsKilledHearsAgain(t *testing.T) {
	t.Parallel()
	name := "test-" + rand.Text()
	db := shared(t, 1, name)[0]
	heard := make(chan string, 64)
	topic := db.Topic("", func(word string) { heard <- word })
	defer topic.Close()
	hears(t, heard, "")
	var killed int
	err := db.QueryRowContext(t.Context(), `SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1`, name+" listener").Scan(&killed)
	if err != nil || killed != 1 {
		t.Fatalf("%d listeners were killed, %v", killed, err)
	}
	hears(t, heard, "")
	for end := time.Now().Add(reach); !topic.Hears(); {
		if time.Now().After(end) {
			t.Fatal("it says that it does not hear, though it has begun to")
		}
		runtime.Gosched()
	}
}
