package tools

import (
	"testing"

	"heygen-mcp/heygen"
)

// TestContradictionsPanic holds that a declaration that cannot be meant never starts.
func TestContradictionsPanic(t *testing.T) {
	t.Parallel()
	for what, declare := range map[string]func(){
		"a create that cannot be looked for": func() {
			Tool[none, anything]{Name: "x", Title: "x", Description: "x", Effect: Creates, Op: heygen.Op{Method: "POST", Path: "/v3/x"}}.entry()
		},
		"a key that v3 does not take": func() {
			Tool[keyed, anything]{Name: "x", Title: "x", Description: "x", Op: heygen.Op{Method: "POST", Path: "/v3/x"}}.entry()
		},
		"one name for two tools": func() { index([]entry{{info: Info{Name: "a"}}, {info: Info{Name: "b"}, aliases: []string{"a"}}}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s was taken", what)
				}
			}()
			declare()
		}()
	}
}
