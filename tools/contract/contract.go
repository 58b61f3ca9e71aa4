// Package contract holds what the tools send and read against HeyGen's document: where they say
// something else (Differences), and what a newer document means for them (Drift). It owns that
// comparison for the tests, the documentation and the drift command alike; it knows no tool by
// name, and leaves the reading of documents to package openapi.
//
// Reading order: contract.go (who calls what), sent.go, read.go, differences.go, drift.go,
// breaks.go, report.go.
package contract

import (
	"maps"
	"slices"

	"heygen-mcp/internal/openapi"
	"heygen-mcp/tools/engine"
)

// Callers are the names of the tools that call each operation, in the order of the catalog.
func Callers(tools []engine.BoundTool) map[string][]string {
	callers := map[string][]string{}
	for _, t := range tools {
		for _, op := range t.Operations {
			name := op.Method + " " + op.Path
			if !slices.Contains(callers[name], t.Name) {
				callers[name] = append(callers[name], t.Name)
			}
		}
	}
	return callers
}

// Coverage says which operations of a document no tool calls, and which calls of tools the document
// does not have.
func Coverage(doc *openapi.Document, tools []engine.BoundTool) (uncalled, unknown []string) {
	callers := Callers(tools)
	for _, name := range doc.Names() {
		if callers[name] == nil {
			uncalled = append(uncalled, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(callers)) {
		if doc.Operations[name] == nil {
			unknown = append(unknown, name)
		}
	}
	return uncalled, unknown
}
