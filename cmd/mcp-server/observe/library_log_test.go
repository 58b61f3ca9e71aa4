package observe

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/settings"
)

// TestLibrariesAreHeardOnlyOfFailures holds that of what a library logs the message and the status are kept, and only
// of errors: its attributes hold what a request brought.
//
//nolint:paralleltest // it changes Go's own log, which the whole process shares
func TestLibrariesAreHeardOnlyOfFailures(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	var log bytes.Buffer
	CatchLibraryLogs(&log, settings.LogJSON)
	slog.InfoContext(t.Context(), "hush")
	slog.WarnContext(t.Context(), "hush")
	slog.With("state", "hush").WithGroup("hush").Error("it failed", "url", "hush", "status_code", "hush")
	slog.ErrorContext(t.Context(), "it failed again", "status_code", 502, "code", 7)
	got := log.String()
	if strings.Contains(got, "hush") || strings.Count(got, "\n") != 2 {
		t.Errorf("the log says:\n%s", got)
	}
	for _, want := range []string{`"status":0,`, `"message":"a library says: it failed"`, `"status":502,`, `"message":"a library says: it failed again"`} {
		if !strings.Contains(got, want) {
			t.Errorf("the log lacks %s:\n%s", want, got)
		}
	}
}
