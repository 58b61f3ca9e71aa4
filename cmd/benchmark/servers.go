package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

// bench starts servers.
type bench struct {
	o                options
	dir              string // for what is built
	root             string // of the product's module
	heygen           *process
	measured, others unix.CPUSet
	serial           atomic.Int64
	under            []string // what a server is run by, nil for itself
}

// subject is a server that is measured.
type subject struct {
	*process
	name    string
	host    string
	path    string
	headers []string
	mcp     bool   // else it is sent HeyGen's requests
	metrics string // where its profiles are, if anywhere
	idle    int64  // bytes that it holds before the first call
}

func newBench(ctx context.Context, o options, dir string) (*bench, error) {
	b := &bench{o: o, dir: dir}
	_, file, _, _ := runtime.Caller(0)
	b.root = filepath.Join(filepath.Dir(file), "..", "..")
	var err error
	if b.measured, b.others, err = processors(); err != nil {
		return nil, err
	}
	if b.o.program == "" {
		b.o.program = filepath.Join(dir, "mcp-server")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.o.program, "./cmd/mcp-server") //nolint:gosec // G204: as Dockerfile does
		build.Dir = b.root
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building the product: %w\n%s", err, out)
		}
	}
	list, err := exec.CommandContext(ctx, b.o.program, "tools", "--json").Output() //nolint:gosec // G204: the product
	if err != nil {
		return nil, fmt.Errorf("listing the tools: %w", err)
	}
	if err := os.WriteFile(b.tools(), list, 0o600); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	b.heygen, err = startProcess(ctx, b.others, anyURL, nil, self, "serve", "heygen")
	return b, err
}

// tools is the file with the product's tools.
func (b *bench) tools() string { return filepath.Join(b.dir, "tools.json") }

// start starts a server, and signs in where it wants that, but for replicas.
func (b *bench) start(ctx context.Context, name string, env ...string) (*subject, error) {
	s, err := b.spawn(ctx, name, env...)
	if err != nil || name != "broker" {
		return s, err
	}
	signed, err := signIn(ctx, s.url, "mia")
	if err != nil {
		return nil, fmt.Errorf("signing in: %w", err)
	}
	s.headers = signed.headers()
	return s, nil
}

// spawn starts a server.
func (b *bench) spawn(ctx context.Context, name string, env ...string) (*subject, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	env = append(env, fmt.Sprintf("GOMAXPROCS=%d", b.measured.Count()))
	s := &subject{name: name, mcp: name != "proxy", headers: []string{"X-Api-Key: sk_V2_benchmark"}}
	switch name {
	case "silent":
		s.process, err = b.launchSilent(ctx, env)
	case "direct", "observed", "broker", "replica":
		mode := strings.NewReplacer("replica", "broker", "observed", "direct").Replace(name)
		args := []string{"serve", "--listen", "127.0.0.1:0", "--auth", mode, "--heygen-url", b.heygen.url, "--log-format", "json"}
		if mode == "broker" {
			args = append(args, "--data-dir", filepath.Join(b.dir, "data"))
		}
		if name == "observed" || b.o.profile != "" {
			args = append(args, "--metrics-listen", "127.0.0.1:0")
		}
		s.process, err = b.launch(ctx, func(line string) string {
			if found := metricsURL(line); found != "" {
				s.metrics = found
			}
			return readyURL(line)
		}, env, b.o.program, args...)
	case "typescript":
		if err = b.installTypeScript(ctx); err == nil {
			s.process, err = b.launch(ctx, anyURL, nil, "node", filepath.Join(b.typeScript(), "server.mjs"), b.heygen.url, b.tools())
		}
	default:
		s.process, err = b.launch(ctx, anyURL, env, self, "serve", name, b.heygen.url, b.tools())
	}
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(s.url)
	if err != nil {
		return nil, err
	}
	s.host, s.path = u.Host, u.Path
	return s, nil
}

// launch starts a server that is measured.
func (b *bench) launch(ctx context.Context, find func(line string) string, env []string, program string, args ...string) (*process, error) {
	command := append(append(slices.Clone(b.under), program), args...)
	return startProcess(ctx, b.measured, find, env, command[0], command[1:]...)
}

// launchSilent starts the product without a line of its log, which would say where it is, and without metrics.
func (b *bench) launchSilent(ctx context.Context, env []string) (*process, error) {
	free, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		return nil, err
	}
	command := append(slices.Clone(b.under), b.o.program, "serve", "--listen", address, "--auth", "direct", "--heygen-url", b.heygen.url, "--log-level", "error")
	p := &process{cmd: exec.CommandContext(ctx, command[0], command[1:]...), url: "http://" + address + "/mcp"} //nolint:gosec // G204: as launch
	p.cmd.Env = append(os.Environ(), env...)
	if err := startOn(b.measured, p.cmd); err != nil {
		return nil, err
	}
	for {
		if c, err := new(net.Dialer).DialContext(ctx, "tcp", address); err == nil {
			return p, c.Close()
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (b *bench) typeScript() string { return filepath.Join(b.root, "cmd", "benchmark", "typescript") }

func (b *bench) installTypeScript(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(b.typeScript(), "node_modules")); err == nil {
		return nil
	}
	install := exec.CommandContext(ctx, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", b.typeScript()) //nolint:gosec // G204
	if out, err := install.CombinedOutput(); err != nil {
		return fmt.Errorf("installing the TypeScript SDK: %w\n%s", err, out)
	}
	return nil
}

func anyURL(line string) string {
	if strings.HasPrefix(line, "http://") {
		return line
	}
	return ""
}

// readyURL finds the endpoint in the product's log.
func readyURL(line string) string {
	var ready struct {
		URL string `json:"mcp_url"`
	}
	_ = json.Unmarshal([]byte(line), &ready)
	return ready.URL
}
