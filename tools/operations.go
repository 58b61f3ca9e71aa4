package tools

import (
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// toolsByOperation are the tools that a refusal may name, by the operation that each calls. Of
// several tools that call one it is that whose own operation it is, else that which calls the fewest, and
// of those the first: get_video, and not wait_for_jobs; list_avatar_looks, and not cast_video.
func toolsByOperation(all []engine.BoundTool) refusals.Tools {
	const beside = 1000 // more operations than any tool has
	names, calls := refusals.Tools{}, map[string]int{}
	for _, t := range all {
		for _, op := range t.Operations {
			name := op.Method + " " + op.Path
			cost := len(t.Operations)
			if t.Op.Method != op.Method || t.Op.Path != op.Path {
				cost += beside
			}
			if n, known := calls[name]; !known || cost < n {
				names[name], calls[name] = t.Name, cost
			}
		}
	}
	return names
}
