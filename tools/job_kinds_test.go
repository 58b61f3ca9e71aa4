package tools_test

import (
	"strings"
	"testing"

	"heygen-mcp/tools"
	"heygen-mcp/tools/toolstest"
)

// TestEveryKindIsTried holds that the tests of tasks begin a job of every kind that a create begins.
func TestEveryKindIsTried(t *testing.T) {
	t.Parallel()
	creates := toolstest.New(t).Creates(t)
	for _, k := range tools.JobKinds() {
		if creates[k.Name] == nil && !strings.HasPrefix(k.Name, "asset") {
			t.Errorf("no create of toolstest begins a %s", k.Name)
		}
	}
}
