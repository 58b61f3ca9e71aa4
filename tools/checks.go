package tools

import (
	"fmt"

	"heygen-mcp/tools/choice"
	"heygen-mcp/tools/jobs"
)

// check finds what contradicts itself between declarations, once, at start. What one declaration
// says by itself, its literal was checked for when it was bound. The error names the declaration.
func check(ch *choice.Choice, j *jobs.Jobs) error {
	for _, name := range coreTools() {
		if _, ok := ch.Find(name); !ok {
			return fmt.Errorf("tools: the toolset %s has %s, which is not there", choice.Core, name)
		}
	}
	return j.Check()
}
