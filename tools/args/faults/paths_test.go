package faults_test

import (
	"slices"
	"strings"
	"testing"

	"heygen-mcp/tools/args/faults"
)

// TestPaths holds how an argument is named: under its path, in order, and at a bounded length in characters.
func TestPaths(t *testing.T) {
	t.Parallel()
	if got := faults.Join("", "a") + " " + faults.Join("a[0]", "b"); got != "a a[0].b" {
		t.Errorf("got the paths %s", got)
	}
	if got := faults.SortedKeys(map[string]int{"b": 1, "a": 2, "": 3}); !slices.Equal(got, []string{"", "a", "b"}) {
		t.Errorf("got the keys %q in no order", got)
	}
	longest := strings.Repeat("ä", 60)
	for name, want := range map[string]string{"": "", longest: longest, longest + "ä": longest + "…"} {
		if got := faults.Clip(name); got != want {
			t.Errorf("%q is clipped to %q, want %q", name, got, want)
		}
	}
}
