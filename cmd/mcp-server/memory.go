package main

import (
	"runtime/debug"
	"strings"
)

const (
	// collectAt lets the heap grow to five times what lives before it is collected. A call leaves garbage
	// and nothing that stays, so Go's usual 100 costs an eighth of the processor time; docs/performance.md
	// has the measurement. 800 saves hardly more.
	collectAt = 400
	// memoryLimit is where the collector works as often as it must after all. It is not a ceiling: what is
	// needed is had.
	memoryLimit = 512 << 20
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

// tuneMemory makes the settings. They are the whole process's.
func tuneMemory(env []string) {
	percent, limit := memory(env)
	if percent >= 0 {
		debug.SetGCPercent(percent)
	}
	debug.SetMemoryLimit(limit) // a negative one changes nothing
}
