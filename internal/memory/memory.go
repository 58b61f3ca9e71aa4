package memory

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"time"
)

const (
	// collectAt lets the heap grow to five times what lives before it is collected. A call leaves garbage
	// and nothing that stays, so Go's usual 100 costs an eighth of the processor time; docs/performance.md
	// has the measurement.
	collectAt = 400
	// busyHeap is what it may grow to where calls come so fast that they leave busyAt bytes a second, which is some 300
	// calls. While the collector marks on the only processor, a call takes twice as long and others wait for it: with
	// collectAt one call of twenty-five comes into such a time, with this one of a hundred.
	busyHeap = 96 << 20
	busyAt   = 8 << 20
	// memoryLimit is where the collector works as often as it must after all. It is not a ceiling: what is
	// needed is had.
	memoryLimit = 256 << 20
	// headroom is the part of what lives that the limit leaves free at least: where there is less, the collector works
	// all the time.
	headroom = 2
)

// memory gives the collector's settings, -1 for those that the operator made in Go's own variables.
func memory(env []string) (percent int, limit int64) {
	percent, limit = collectAt, memoryLimit
	for _, v := range env {
		if strings.HasPrefix(v, "GOGC=") {
			percent = -1
		}
		if strings.HasPrefix(v, "GOMEMLIMIT=") {
			limit = -1
		}
	}
	return percent, limit
}

const (
	// RestsAfter is how long nothing may happen until memory is given back, and restsBelow what may be allocated
	// meanwhile all the same, by timers and whoever asks whether the server is there.
	RestsAfter = 5 * time.Second
	restsBelow = 4 << 20
	// restRounds is how often: each collection lets the stacks of goroutines that wait shrink to half of what they
	// were.
	restRounds = 3
)

// Rest gives back what the start has taken, and what calls have once nothing happens any more, until ctx ends: the heap
// may have grown to five times what lives, and each connection keeps the stack that its last call needed, until a
// collection, which without calls is two minutes away. allocated is how many bytes have been allocated ever.
func Rest(ctx context.Context, tick <-chan time.Time, allocated func() uint64, giveBack func()) {
	giveBack()
	before, left := allocated(), restRounds
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick:
		}
		switch now := allocated(); {
		case now-before > restsBelow:
			left = restRounds
		case left > 0:
			left--
			giveBack()
		}
		before = allocated()
	}
}

// Allocated is how many bytes the process has allocated.
func Allocated() uint64 {
	all := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(all)
	return all[0].Value.Uint64()
}

// GiveBack gives the system what nothing needs.
func GiveBack() {
	debug.FreeOSMemory()
	forgetProgram()
}
