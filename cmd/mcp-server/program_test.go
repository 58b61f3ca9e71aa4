package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"heygen-mcp/internal/logtest"
)

// program is a built binary that is running.
type program struct {
	cmd        *exec.Cmd
	mcpURL     string
	sandboxURL string
	logged     func() string
	out        bytes.Buffer  // its standard output, to be read once it has ended
	read       chan struct{} // closed when all of the log was read
}

// wait waits for the end of the program. All of its log must be read before, for Wait closes the pipe.
func (p *program) wait() error {
	<-p.read
	return p.cmd.Wait()
}

// binary is the program. With -short, as under the race detector, which a process of its own is built without, the test
// is skipped.
func binary(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("the program runs apart from the test; it is tested without -short")
	}
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// programDir is where the tests build the program.
var programDir string //nolint:gochecknoglobals // TestMain makes it, and removes it

// built builds the program once for all tests, from the sources as they are. It takes the packages that were compiled
// for the tests; .ci/chroot.sh runs the program as it is shipped.
var built = sync.OnceValues(func() (path string, err error) { //nolint:gochecknoglobals // made once, for all tests
	path = filepath.Join(programDir, "mcp-server")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
})

// start runs a command of the binary and waits for the line that says it is ready.
func start(ctx context.Context, t *testing.T, path string, args ...string) *program {
	t.Helper()
	p := &program{cmd: exec.CommandContext(ctx, path, args...), read: make(chan struct{})} //nolint:gosec // G702: the program is what the test has built
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}
	p.cmd.Stdout = &p.out
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var log logtest.Buffer
	p.logged = log.String
	lines, begun := make(chan string), make(chan struct{})
	defer close(begun)
	go func() {
		defer close(p.read)
		defer close(lines)
		scanner := bufio.NewScanner(stderr)
		scanner.Buffer(nil, 1<<20)
		for scanner.Scan() {
			fmt.Fprintln(&log, scanner.Text())
			select {
			case lines <- scanner.Text():
			case <-begun: // nobody waits for the ready line any more
			}
		}
	}()
	for line := range lines {
		var ready struct {
			MCP     string `json:"mcp_url"`
			Sandbox string `json:"sandbox_url"`
		}
		if err := json.Unmarshal([]byte(line), &ready); err != nil {
			t.Fatalf("the log has a line that is no JSON: %q", line)
		}
		if ready.MCP != "" {
			p.mcpURL, p.sandboxURL = ready.MCP, ready.Sandbox
			return p
		}
	}
	t.Fatalf("the program ended before it was ready:\n%s", p.logged())
	return nil
}

// stop asks the program to end as a platform does, and expects it to.
func (p *program) stop(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := p.wait(); err != nil {
		t.Errorf("on SIGTERM: %v\n%s", err, p.logged())
	}
}
