package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"heygen-mcp/cmd/mcp-server/app"
	"heygen-mcp/cmd/mcp-server/settings"
	"heygen-mcp/internal/leaktest"
	"heygen-mcp/internal/listen"
	"heygen-mcp/internal/release"
)

func TestMain(m *testing.M) {
	if which := os.Getenv(serveVariable); which != "" {
		if err := serveBench(which); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(exitFailure)
		}
		return
	}
	slog.SetDefault(slog.New(slog.DiscardHandler)) // the OAuth library writes there, and would bury the failures
	var err error
	if programDir, err = os.MkdirTemp("", "mcp-server"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitFailure)
	}
	leaktest.Main(leavingNothing{m})
}

// leavingNothing removes the program when the tests have run.
type leavingNothing struct{ *testing.M }

// Run implements goleak.TestingM.
func (m leavingNothing) Run() int {
	defer func() { _ = os.RemoveAll(programDir) }()
	return m.M.Run()
}

// command runs the program in this process.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return commandWith(t, nil, args...)
}

// commandWith runs it with an environment.
func commandWith(t *testing.T, env []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, env, &out, &errs)
	return code, out.String(), errs.String()
}

func TestHelpNamesEverySetting(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"help"}, {"--help"}, {"serve", "--help"}, {"demo", "-h"}, {"tools", "--help"}, {"tools", "-h", "--json"}, {"version", "-h"}} {
		code, out, _ := command(t, args...)
		if code != exitOK {
			t.Errorf("%v: status %d", args, code)
		}
		for _, s := range settings.Table() {
			if !strings.Contains(out, "--"+s.Flag+" ("+s.Variable()+")") {
				t.Errorf("%v says nothing of --%s", args, s.Flag)
			}
		}
	}
}

func TestFaultsOfUseEndWithStatusTwo(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"fly"}, {"serve", "--auth=oauth"}, {"demo", "--listen=:80"}, {"tools", "--yaml"}, {"version", "--x"}, {"--version", "now"}} {
		if code, _, errs := command(t, args...); code != exitUsage || errs == "" {
			t.Errorf("%v: status %d, %q", args, code, errs)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	if code, out, _ := command(t, "version"); code != exitOK || !strings.HasPrefix(out, release.Name+" ") {
		t.Errorf("status %d, %q", code, out)
	}
}

func TestToolsAsJSON(t *testing.T) {
	t.Parallel()
	code, out, _ := command(t, "tools", "--json")
	if code != exitOK {
		t.Fatalf("status %d", code)
	}
	var list []map[string]json.RawMessage
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no tools")
	}
	for _, tool := range list {
		for _, field := range []string{"name", "title", "description", "effect", "annotations", "inputSchema", "outputSchema", "toolsets", "operations"} {
			if len(tool[field]) == 0 || string(tool[field]) == "null" {
				t.Errorf("%s lacks %s", tool["name"], field)
			}
		}
	}
}

func TestToolsAsTable(t *testing.T) {
	t.Parallel()
	code, out, _ := command(t, "tools")
	if code != exitOK || !strings.Contains(out, "create_video_from_avatar") || !strings.Contains(out, "POST /v3/videos") {
		t.Errorf("status %d:\n%s", code, out)
	}
}

// An address that another program has is named by its own flag: the demo takes another port for
// --listen where nobody chose one, and for nothing else.
func TestAddressThatIsTaken(t *testing.T) {
	t.Parallel()
	other, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	addr := other.Addr().String()
	for _, flag := range []string{"listen", "sandbox-listen"} {
		args := []string{"--sandbox", "--listen=127.0.0.1:0", "--sandbox-listen=127.0.0.1:0"}
		for i, arg := range args {
			if strings.HasPrefix(arg, "--"+flag+"=") {
				args[i] = "--" + flag + "=" + addr
			}
		}
		cfg, err := settings.Load("serve", args, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = app.Build(t.Context(), cfg, zerolog.Nop())
		if addressInUse(err, "listen") != (flag == "listen") || addressInUse(err, "sandbox-listen") != (flag == "sandbox-listen") {
			t.Errorf("%s: got %v, want listen %v and sandbox-listen %v", flag, err, (flag == "listen"), (flag == "sandbox-listen"))
		}
		code, out, errs := command(t, "demo", "--exit", "--out", t.TempDir(), "--"+flag+"="+addr)
		if code != exitFailure || out != "" || !strings.Contains(errs, "--"+flag+": ") {
			t.Errorf("%s: status %d, %q, %q", flag, code, out, errs)
		}
	}
	if addressInUse(nil, "listen") || addressInUse(&listen.Error{Flag: "listen", Err: os.ErrPermission}, "listen") {
		t.Error("not every fault is an address that is taken")
	}
}
