package tools

import "testing"

// mostDeclared is how many objects the declaration of all tools may allocate: it is much of what a start does, and
// schemas, which no call needs, are not written by it. It is 18,600 on Go 1.26.
const mostDeclared = 21_000

// TestDeclaringTakesLittle holds what a start does by counting, which does not depend on the machine.
func TestDeclaringTakesLittle(t *testing.T) { //nolint:paralleltest // it counts what the process allocates
	if got := testing.AllocsPerRun(5, func() { Declared() }); got > mostDeclared {
		t.Errorf("declaring all tools allocates %v objects, want at most %d", got, mostDeclared)
	}
}
