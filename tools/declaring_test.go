package tools

import (
	"testing"

	"heygen-mcp/tools/engine"
)

// How many objects all tools may allocate until they are declared, which every start does, read, which the first call
// of each does, and described, which the first list does. They are 3,300, 19,000 and 33,000 on Go 1.26.
const (
	mostDeclared  = 4_000
	mostRead      = 21_000
	mostDescribed = 36_000
)

// TestDeclaringTakesLittle holds what a start does, and what it leaves for later, by counting, which does not depend on
// the machine.
func TestDeclaringTakesLittle(t *testing.T) { //nolint:paralleltest // it counts what the process allocates
	for _, c := range []struct {
		what string
		most float64
		of   func(*engine.BoundTool)
	}{
		{"declaring", mostDeclared, func(*engine.BoundTool) {}},
		{"reading", mostRead, func(tool *engine.BoundTool) { tool.Input() }},
		{"describing", mostDescribed, func(tool *engine.BoundTool) { tool.Described() }},
	} {
		got := testing.AllocsPerRun(5, func() {
			all := Declared()
			for i := range all {
				c.of(&all[i])
			}
		})
		if got > c.most {
			t.Errorf("%s all tools allocates %v objects, want at most %v", c.what, got, c.most)
		}
	}
}

// TestEveryToolIsRead holds that the types of no tool contradict what it says of itself, which panics. A start does not
// look.
func TestEveryToolIsRead(t *testing.T) {
	t.Parallel()
	all := Declared()
	for i := range all {
		all[i].Input()
	}
}
