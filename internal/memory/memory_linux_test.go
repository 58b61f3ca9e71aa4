package memory

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestOnlyCleanPartsAreForgotten holds that no part of the memory is let go of that the program file does not have as
// it is.
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

// TestGiveBack holds that what the heap no longer needs goes back to the system, and that a program runs on whose pages
// were let go of.
//
//nolint:paralleltest // what others allocate meanwhile would be counted too
func TestGiveBack(t *testing.T) {
	const size = 64 << 20
	block := make([]byte, size)
	for i := 0; i < len(block); i += os.Getpagesize() {
		block[i] = 1
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	runtime.KeepAlive(block)
	GiveBack()
	runtime.ReadMemStats(&after)
	held, holds := before.HeapSys-before.HeapReleased, after.HeapSys-after.HeapReleased
	if holds+size*9/10 > held {
		t.Errorf("the heap held %d bytes and holds %d, want %d less", held, holds, size)
	}
}
