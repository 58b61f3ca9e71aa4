package tools

import (
	"fmt"
	"strings"

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
	for _, t := range ch.Tools() {
		// The text begins with the tool, and may go on with what of it to look at.
		name, _, _ := strings.Cut(t.VerifyWith, " ")
		name = strings.TrimSuffix(name, ",")
		if _, ok := ch.Find(name); name != "" && !ok {
			return fmt.Errorf("tools: %s is verified with %s, which is not there", t.Name, name)
		}
	}
	return j.Check()
}
