package engine_test

import (
	"testing"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
)

// TestContradictionsPanic holds that a declaration that cannot be meant is found where it is bound, or where its types
// are read.
func TestContradictionsPanic(t *testing.T) {
	t.Parallel()
	for what, declare := range map[string]func() engine.BoundTool{
		"a create that cannot be looked for": func() engine.BoundTool {
			return engine.Tool[struct{}, struct{}]{Name: "x", Title: "x", Description: "x", Effect: engine.Creates, Op: heygen.Op{Method: "POST", Path: "/v3/x"}}.Bind()
		},
		"a key that v3 does not take": func() engine.BoundTool {
			return engine.Tool[struct{ engine.Keyed }, struct{}]{Name: "x", Title: "x", Description: "x", Op: heygen.Op{Method: "POST", Path: "/v3/x"}}.Bind()
		},
		"a durable key that is not taken": func() engine.BoundTool {
			return engine.Tool[struct{}, struct{}]{
				Name: "x", Title: "x", Description: "x", Effect: engine.Creates,
				Op: heygen.Op{Method: "POST", Path: "/v3/x", Durable: true},
			}.Bind()
		},
		"a member that is told as it came, and is not there": func() engine.BoundTool {
			return engine.Tool[struct{}, struct{}]{
				Name: "x", Title: "x", Description: "x", Verbatim: []string{"graph"}, Op: heygen.Op{Method: "GET", Path: "/v3/x"},
			}.Bind()
		},
		"a stream that nobody reads": func() engine.BoundTool {
			return engine.Tool[struct{}, struct{}]{
				Name: "x", Title: "x", Description: "x", Op: heygen.Op{Method: "GET", Path: "/v3/x", Stream: true},
			}.Bind()
		},
		"a path without its field": func() engine.BoundTool {
			return engine.Tool[struct {
				ID string `json:"widget_id" in:"path" doc:"x"`
			}, struct{}]{Name: "x", Title: "x", Description: "x", Op: heygen.Op{Method: "GET", Path: "/v3/widgets/{id}"}}.Bind()
		},
		"a field without its path": func() engine.BoundTool {
			return engine.Tool[struct {
				ID string `json:"widget_id" in:"path" doc:"x"`
			}, struct{}]{Name: "x", Title: "x", Description: "x", Op: heygen.Op{Method: "GET", Path: "/v3/widgets"}}.Bind()
		},
		"an operation that cannot be": func() engine.BoundTool {
			return engine.Tool[struct{}, struct{}]{Name: "x", Title: "x", Description: "x", Op: heygen.Op{Method: "get", Path: "/v3/x"}}.Bind()
		},
		"a job that the output does not tell": func() engine.BoundTool {
			return engine.Tool[struct{}, struct{}]{Name: "x", Title: "x", Description: "x", Job: "x", Free: "x", Op: heygen.Op{Method: "GET", Path: "/v3/x"}}.Bind()
		},
		"a job of no known cost": func() engine.BoundTool {
			return engine.Tool[struct{}, struct{ engine.JobHint }]{Name: "x", Title: "x", Description: "x", Job: "x", Op: heygen.Op{Method: "GET", Path: "/v3/x"}}.Bind()
		},
		"a time that is no string": func() engine.BoundTool {
			type stamped struct {
				CreatedAt int `json:"created_at"`
			}
			return engine.Tool[struct{}, stamped]{Name: "x", Title: "x", Description: "x", Op: heygen.Op{Method: "GET", Path: "/v3/x"}}.Bind()
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was taken", what)
				}
			}()
			tool := declare()
			tool.Input()
		}()
	}
}
