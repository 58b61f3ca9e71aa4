// Command mutants judges a package by its own tests: it reads on standard input the changes that go-gremlins lists
// (gremlins unleash --dry-run), builds all of them into one test binary, and runs that once for each, with the change
// switched on. Gremlins itself compiles and links the package anew for every change, which takes hours for a package of
// many imports.
//
// Run it from the top of the module: mutants [-covered] [-fast REGEXP] PACKAGE. The tests that -fast matches are run
// first, and all others only where those have noticed nothing. It prints one line of figures, and on standard error
// what lives on. With -covered no change is switched on: the tests, or those that -fast matches, are run once, and say
// which of the changes they come to.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

func main() {
	fast := flag.String("fast", "", "the tests to run first, as -run takes them")
	covered := flag.Bool("covered", false, "only say which changes the tests reach")
	flag.Parse()
	if err := judge(context.Background(), flag.Arg(0), *fast, *covered); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The outcomes of a change.
const (
	killed   = "KILLED"
	timedOut = "TIMED OUT" // by a test that no longer ends, which notices it too
	lived    = "LIVED"
)

// judge prints how many of a package's changes its tests reach, and how many of those they notice, unless that is not
// asked.
func judge(ctx context.Context, pkg, fast string, covered bool) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	all, err := readChanges(os.Stdin)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is temporary
	binary, err := build(ctx, root, pkg, dir, all)
	if err != nil {
		return err
	}
	t := tests{binary: binary, dir: filepath.Join(root, pkg), limit: 10 * time.Minute}
	if covered {
		return t.printReached(ctx, pkg, fast, all)
	}
	start := time.Now()
	if outcome, out := t.run(ctx, 0, ""); outcome != lived {
		return fmt.Errorf("the tests of %s fail without any change: %s", pkg, out)
	}
	const patience = 6 // times as long as without a change; other work on the machine slows some runs down
	t.limit = max(20*time.Second, patience*time.Since(start))
	count, reached, missed := map[string]int{}, 0, 0
	for _, c := range all {
		switch {
		case c.impossible:
			continue
		case c.constant, c.missed && !c.built:
			missed++
			continue
		case !c.built:
			return fmt.Errorf("%s: %s could not be built in", pkg, c)
		}
		outcome := lived
		if fast != "" {
			outcome, _ = t.run(ctx, c.id, fast)
		}
		if outcome != killed {
			outcome, _ = t.run(ctx, c.id, "")
		}
		if c.missed && outcome == lived {
			missed++
			fmt.Fprintf(os.Stderr, "%s: NOT COVERED %s\n", pkg, c)
			continue
		}
		reached++
		if count[outcome]++; outcome != killed {
			fmt.Fprintf(os.Stderr, "%s: %s %s\n", pkg, outcome, c)
		}
	}
	noticed := count[killed] + count[timedOut]
	fmt.Printf("%-24s %8d %8s %8s %8d\n", pkg, reached+missed, percent(reached, reached+missed), percent(noticed, reached), count[timedOut])
	return nil
}

func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// tests runs the tests of a package.
type tests struct {
	binary, dir string
	limit       time.Duration
}

// run runs those that a pattern matches, "" for all, with one change switched on, 0 for none, until one of them fails.
func (t tests) run(ctx context.Context, change int, pattern string) (outcome, out string) {
	const grace = 10 * time.Second // in which a binary prints what hangs
	ctx, stop := context.WithTimeout(ctx, t.limit+grace)
	defer stop()
	cmd := exec.CommandContext(ctx, t.binary, "-test.v", "-test.failfast", "-test.timeout="+t.limit.String(), "-test.run="+pattern)
	cmd.Dir, cmd.Env = t.dir, append(os.Environ(), fmt.Sprint(variable, "=", change))
	told := &output{stop: stop}
	cmd.Stdout, cmd.Stderr = told, told
	cmd.WaitDelay = grace
	switch err := cmd.Run(); {
	case told.failed:
		return killed, told.String()
	case err == nil:
		return lived, ""
	case ctx.Err() != nil || bytes.Contains(told.Bytes(), []byte("panic: test timed out")):
		return timedOut, told.String()
	}
	return killed, told.String()
}

// output is what a binary prints. It stops it when a test has failed: those that run beside it may take long, or hang.
type output struct {
	bytes.Buffer
	failed bool
	stop   func()
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	const failure = "--- FAIL: "
	begin := max(0, o.Len()-len(failure))
	n, err := o.Buffer.Write(p)
	if !o.failed && bytes.Contains(o.Bytes()[begin:], []byte(failure)) {
		o.failed = true
		o.stop()
	}
	return n, err
}
