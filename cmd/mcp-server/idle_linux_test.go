package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestIdleIsSmall holds that the program takes little memory until somebody calls.
func TestIdleIsSmall(t *testing.T) {
	t.Parallel()
	p := start(t.Context(), t, binary(t), "serve", "--listen", "127.0.0.1:0", "--auth", "direct")
	defer p.stop(t)
	const most = 25 << 20
	var resident int
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); { // what the start leaves is given back beside serving
		res, err := http.Get(strings.TrimSuffix(p.mcpURL, "/mcp") + "/healthz") //nolint:noctx // it answers at once
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", p.cmd.Process.Pid))
		if err != nil {
			t.Fatal(err)
		}
		pages, err := strconv.Atoi(strings.Fields(string(statm))[1])
		if err != nil {
			t.Fatal(err)
		}
		if resident = pages * os.Getpagesize(); resident <= most {
			return
		}
	}
	t.Errorf("an idle server has %d MB, want at most %d", resident>>20, most>>20)
}
