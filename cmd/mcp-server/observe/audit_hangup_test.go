package observe

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rs/zerolog"

	"heygen-mcp/auth"
	"heygen-mcp/cmd/mcp-server/settings"
)

// told gives each line of a log to whoever waits for it.
type told chan string

func (c told) Write(p []byte) (int, error) {
	c <- string(p)
	return len(p), nil
}

// TestAHangupOpensTheAuditLogAgain holds what a rotation of logs relies on: after the signal lines go into a new file
// of the name, and where there can be none they go on into the old one.
//
//nolint:paralleltest // the signal is the whole process's
func TestAHangupOpensTheAuditLogAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "audit.log")
	audit, err := OpenAuditLog(file, false, at)
	if err != nil {
		t.Fatal(err)
	}
	defer audit.Close()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	lines := make(told, 1)
	stop := audit.ReopenOnHangup(t.Context(), NewLog(lines, settings.LogJSON))
	defer stop()
	hangUp := func(want string) {
		t.Helper()
		if err := self.Signal(syscall.SIGHUP); err != nil {
			t.Skipf("there is no such signal here: %v", err)
		}
		if got := <-lines; !strings.Contains(got, want) {
			t.Errorf("the log says %s, want %s", got, want)
		}
	}
	write := func(what string) { audit.SignIns(t.Context(), auth.Event{What: what}) }
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	write("one")
	move(file, file+".1")
	write("two")
	hangUp("was opened again")
	write("three")
	if before, after := audited(t, file+".1"), audited(t, file); len(before) != 2 || len(after) != 1 || after[0]["event"] != "three" {
		t.Errorf("before the signal %v, after it %v", before, after)
	}
	move(dir, dir+".gone")
	hangUp("could not be opened again")
	write("four")
	if left := audited(t, filepath.Join(dir+".gone", "audit.log")); len(left) != 2 {
		t.Errorf("with nowhere to open it, the file has %v", left)
	}
	(*AuditLog)(nil).ReopenOnHangup(t.Context(), zerolog.Nop())() // where there is none the signal is left alone
}
