package choice_test

import (
	"testing"

	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/engine"
)

// TestOneNameForTwoTools holds that a catalog in which a name means two tools never starts.
func TestOneNameForTwoTools(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("one name for two tools was taken")
		}
	}()
	ch := &choice.Choice{}
	ch.Offer([]engine.BoundTool{{Info: engine.Info{Name: "a"}}, {Info: engine.Info{Name: "b"}, Aliases: []string{"a"}}}, nil)
}
