package tools

import (
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// toolsByOperation are the tools that a refusal may name, by the operation that each calls. Of
// several tools that call one it is that which calls the fewest, and of those the first: get_video,
// and not wait_for_jobs.
func toolsByOperation(all []engine.BoundTool) refusals.Tools {
	names, calls := refusals.Tools{}, map[string]int{}
	for _, t := range all {
		for _, op := range t.Operations {
			name := op.Method + " " + op.Path
			if n, known := calls[name]; !known || len(t.Operations) < n {
				names[name], calls[name] = t.Name, len(t.Operations)
			}
		}
	}
	return names
}
