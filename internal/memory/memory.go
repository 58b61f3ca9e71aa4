package memory

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"time"
)

const (
	// collectAt lets the heap grow to five times what lives before it is collected. A call leaves garbage
	// and nothing that stays, so Go's usual 100 costs an eighth of the processor time; docs/performance.md
	// has the measurement. 800 saves hardly more.
	collectAt = 400
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

// Tune makes the settings. They are the whole process's.
func Tune(env []string) {
	percent, limit := memory(env)
	if percent >= 0 {
		debug.SetGCPercent(percent)
	}
	debug.SetMemoryLimit(limit) // a negative one changes nothing
	if limit >= 0 {
		followMemory(limit)
	}
}

// limitFor is the limit for so much that lives after a collection.
func limitFor(lives int64) int64 { return max(memoryLimit, lives+lives/headroom) }

// followMemory has the limit go up with what lives, and down again, at each collection.
func followMemory(limit int64) {
	type garbage struct{ _ [16]byte } // which the next collection finds
	runtime.AddCleanup(new(garbage), func(limit int64) {
		lives := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
		metrics.Read(lives)
		next := limitFor(int64(lives[0].Value.Uint64() + lives[1].Value.Uint64())) //nolint:gosec // G115: no machine has that much
		if next > limit+limit/10 || next < limit-limit/10 {
			debug.SetMemoryLimit(next)
			limit = next
		}
		followMemory(limit)
	}, limit)
}
