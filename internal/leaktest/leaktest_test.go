package leaktest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"heygen-mcp/internal/leaktest"
)

// leaves names the variable that says what the tests of a process of its own leave behind.
const leaves = "LEAKTEST_LEAVES"

// tests are the tests of a package.
type tests func() int

func (t tests) Run() int { return t() }

func TestMain(m *testing.M) {
	switch os.Getenv(leaves) {
	case "a goroutine":
		leaktest.Main(tests(func() int { go func() { select {} }(); return 0 }))
	case "a connection":
		leaktest.Main(tests(func() int {
			server := httptest.NewServer(http.NotFoundHandler())
			defer server.Close()
			res, err := http.Get(server.URL) //nolint:noctx // it is answered at once
			if err != nil {
				return 1
			}
			_, err = io.Copy(io.Discard, res.Body)
			if err != nil || res.Body.Close() != nil {
				return 1
			}
			return 0
		}))
	case "a failure":
		leaktest.Main(tests(func() int { return 7 }))
	default:
		leaktest.Main(m)
	}
}

// TestMainEnds holds the status of a process whose tests leave something behind.
func TestMainEnds(t *testing.T) {
	t.Parallel()
	for what, want := range map[string]struct {
		status int
		says   string
	}{
		"a goroutine":  {1, "found unexpected goroutines"},
		"a connection": {0, ""},
		"a failure":    {7, ""},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // G204: this test itself
			cmd.Env = append(os.Environ(), leaves+"="+what)
			out, _ := cmd.CombinedOutput()
			if status := cmd.ProcessState.ExitCode(); status != want.status || !strings.Contains(string(out), want.says) {
				t.Errorf("status %d and %q, want %d and %q in it", status, out, want.status, want.says)
			}
		})
	}
}
