package faults_test

import (
	"testing"

	"heygen-mcp/tools/args/faults"
)

// TestFaults holds what a fault says, and that it is the error of its message.
func TestFaults(t *testing.T) {
	t.Parallel()
	if got, want := *faults.Invalid("a", "b", "c"), (faults.Fault{Param: "a", Message: "b", NextStep: "c"}); got != want || got.Error() != "b" {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := *faults.NotAChoice("a.b", []string{"x", "y"}), (faults.Fault{Param: "a.b", Message: "a.b must be one of: x, y.", NextStep: "Choose one of them."}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
