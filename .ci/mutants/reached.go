package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// printReached runs the tests that a pattern matches once, with no change switched on, and prints how many changes they
// come to.
func (t tests) printReached(ctx context.Context, pkg, pattern string, all []*change) error {
	file := filepath.Join(filepath.Dir(t.binary), "reached")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		return err
	}
	if err := os.Setenv(reachedVariable, file); err != nil {
		return err
	}
	if outcome, out := t.run(ctx, noChange, pattern); outcome != lived {
		return fmt.Errorf("the tests of %s fail without any change: %s", pkg, out)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	isReached := map[string]bool{}
	for _, id := range strings.Fields(string(written)) {
		isReached[id] = true
	}
	reached, missed := 0, 0
	for _, c := range all {
		switch {
		case c.impossible:
		case isReached[fmt.Sprint(c.id)]:
			reached++
		default:
			missed++
			fmt.Fprintf(os.Stderr, "%s: NOT COVERED %s\n", pkg, c)
		}
	}
	fmt.Printf("%-24s %8d %8s\n", pkg, reached+missed, percent(reached, reached+missed))
	return nil
}
