package sandbox

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain holds the package to its word: it starts no goroutine, and everything it mounts was seen
// to answer.
func TestMain(m *testing.M) { goleak.VerifyTestMain(suite{m}) }

type suite struct{ *testing.M }

// Run runs the tests and then asks what they left out, unless only some of them were asked for.
func (s suite) Run() int {
	code := s.M.Run()
	for _, part := range []string{"test.run", "test.skip", "test.list", "test.bench"} {
		if f := flag.Lookup(part); f != nil && f.Value.String() != "" {
			return code
		}
	}
	if code != 0 {
		return code
	}
	j, err := theJudge()
	if err == nil {
		var missing []string
		if missing, err = j.unanswered(); err == nil && len(missing) > 0 {
			err = fmt.Errorf("no test of this package and no conversation in tools/testdata/calls saw these succeed: %q", missing)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
