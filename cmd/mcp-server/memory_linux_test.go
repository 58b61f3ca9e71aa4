package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestOnlyCleanPartsAreForgotten holds that no part of the memory is let go of that the program file does not have as it is.
func TestOnlyCleanPartsAreForgotten(t *testing.T) {
	t.Parallel()
	var smaps strings.Builder
	for _, part := range []struct{ line, anonymous string }{
		{"00400000-0153b000 r-xp 00000000 fe:00 10003149                           /srv/mcp server", "0 kB"},
		{"0153b000-02c48000 r--p 0113b000 fe:00 10003149                           /srv/mcp server", "0 kB"},
		{"02c48000-02c58000 r--p 0113b000 fe:00 10003149                           /srv/mcp server", "64 kB"}, // which was relocated
		{"02c58000-02dd4000 rw-p 02848000 fe:00 10003149                           /srv/mcp server", "0 kB"},
		{"7f9f7ecf2000-7f9f7ee48000 r-xp 00026000 fe:00 326269                     /usr/lib/libc.so.6", "0 kB"},
		{"2a4ad2800000-2a4ad3400000 rw-p 00000000 00:00 0 ", "8260 kB"},
	} {
		fmt.Fprintf(&smaps, "%s\nRss:               14752 kB\nAnonymous:         %s\nVmFlags: rd ex mr mw me\n", part.line, part.anonymous)
	}
	got := cleanParts([]byte(smaps.String()), "/srv/mcp server")
	if want := []mapping{{0x400000, 0x153b000}, {0x153b000, 0x2c48000}}; !slices.Equal(got, want) {
		t.Errorf("got %x, want %x", got, want)
	}
}

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
