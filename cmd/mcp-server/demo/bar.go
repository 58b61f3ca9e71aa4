package demo

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

// barWidth is the length of the bar in columns. With its label it fits a terminal of 80 columns.
const barWidth = 40

// bar is a progress bar. On a terminal it is redrawn in place; in a file each step is a line.
type bar struct {
	mu    sync.Mutex // progress arrives on the client's goroutine
	w     io.Writer
	live  bool
	shown float64
}

// newBar makes a bar that has not been drawn yet.
func newBar(w io.Writer) *bar { return &bar{w: w, live: isTerminal(w), shown: -1} }

// show draws the bar at done, which is between 0 and 1. Smaller values than the last one are left
// out, since two notifications may arrive out of order.
func (b *bar) show(done float64, message string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	done = min(max(done, 0), 1)
	if done <= b.shown {
		return
	}
	b.shown = done
	full := int(done * barWidth)
	line := fmt.Sprintf("    [%s%s] %3.0f%%  %s", strings.Repeat("#", full), strings.Repeat("-", barWidth-full), done*100, message)
	switch {
	case !b.live:
		fmt.Fprintln(b.w, line)
	case done == 1:
		fmt.Fprintf(b.w, "\r%-79s\n", line)
	default:
		fmt.Fprintf(b.w, "\r%-79s", line)
	}
}

// isTerminal reports whether w is a character device, which is close enough to a terminal here.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
