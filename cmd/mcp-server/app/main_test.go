package app

import (
	"log/slog"
	"testing"

	"heygen-mcp/internal/leaktest"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the OAuth library writes there, and would bury the failures
	leaktest.Main(m)
}
