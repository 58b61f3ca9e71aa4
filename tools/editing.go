package tools

import (
	"fmt"
	"slices"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

// editingTools make one video out of another, or out of a project.
func editingTools() []engine.BoundTool {
	return slices.Concat(aiClippingTools(), backgroundRemovalTools(), fillerWordTools(), hyperframesTools())
}

// eachOf refuses a list of words that holds another than the choices.
func eachOf(path string, words []string, choices ...string) *faults.Fault {
	for i, word := range words {
		if !slices.Contains(choices, word) {
			return faults.NotAChoice(fmt.Sprintf("%s[%d]", path, i), choices)
		}
	}
	return nil
}
