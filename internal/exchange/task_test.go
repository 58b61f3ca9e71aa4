package exchange

import (
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

func TestOnlyADeclaredClientTakesTasks(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{TasksExtension: true, "io.modelcontextprotocol/other": false} {
		x := &Exchange{Capabilities: mcp.ClientCapabilities{Extensions: map[string]any{name: struct{}{}}}}
		if got := x.TakesTasks(); got != want {
			t.Errorf("a client that declares %s takes tasks: %t, want %t", name, got, want)
		}
	}
}
