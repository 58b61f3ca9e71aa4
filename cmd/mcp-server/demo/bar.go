package demo

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
)

// barWidth is the length of the bar in columns. With its label it fits a terminal of 80 columns.
const barWidth = 40

// The states that a bar begins and ends with.
const (
	stateCreated   = "created"
	stateCompleted = "completed"
)

// bar shows the states that a video goes through: HeyGen tells no more of how far it is. On a
// terminal it is redrawn in place; in a file each state is a line.
type bar struct {
	mu    sync.Mutex // progress arrives on the client's goroutine
	w     io.Writer
	live  bool
	shown string
	at    int // of stations
}

// newBar makes a bar that has not been drawn yet.
func newBar(w io.Writer) *bar { return &bar{w: w, live: isTerminal(w)} }

// stations are the states that a video of HeyGen's goes through, in their order.
func stations() []string {
	return []string{stateCreated, "waiting", "pending", "processing", stateCompleted}
}

// show draws the bar at a state. One that was passed is left out, since two notifications may arrive out
// of order; one that is not known is shown where the bar is.
func (b *bar) show(state string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := stations()
	at := slices.Index(all, state)
	if at < 0 {
		at = b.at
	}
	if at < b.at || state == b.shown || b.shown == stateCompleted {
		return
	}
	b.at, b.shown = at, state
	full := barWidth * at / (len(all) - 1)
	line := fmt.Sprintf("    [%s%s] %s", strings.Repeat("#", full), strings.Repeat("-", barWidth-full), state)
	switch {
	case !b.live:
		fmt.Fprintln(b.w, line)
	case state == stateCompleted:
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
