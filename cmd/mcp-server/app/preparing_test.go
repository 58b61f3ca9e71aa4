package app_test

import (
	"net"
	"os"
	"strings"
	"testing"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/observe"
	"heygen-mcp/cmd/mcp-server/settings"
)

// TestWhatCannotBePreparedIsTold holds that a start says what is wrong with a database also where something else is
// wrong, and says it once.
func TestWhatCannotBePreparedIsTold(t *testing.T) {
	t.Parallel()
	var listens net.ListenConfig
	taken, err := listens.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	for _, more := range [][]string{nil, {"--metrics-listen", taken.Addr().String()}} {
		cfg := loaded(t, append(more, "--data-dir", t.TempDir())...)
		if err := os.WriteFile(cfg.DatabaseFile(), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := app.Build(t.Context(), cfg, observe.NewLog(t.Output(), settings.LogJSON))
		if err == nil || strings.Count(err.Error(), "ledger: ") != 1 || (more != nil) != strings.Contains(err.Error(), "metrics-listen") {
			t.Errorf("with %v: got %v, want what is wrong with the ledger, and with the address if that is taken", more, err)
		}
	}
}
