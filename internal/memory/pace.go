package memory

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// pace is the settings of the collector; negative ones are the operator's.
type pace struct {
	percent int
	limit   int64
}

// Tune makes the settings. They are the whole process's.
func Tune(env []string) {
	var wanted pace
	wanted.percent, wanted.limit = memory(env)
	pace{-1, -1}.change(wanted).follow(time.Time{}, Allocated()) // an age ago: what a start allocates is no calls'
}

// follow has the settings changed at each collection by what lives then, and by what was allocated since one before.
func (p pace) follow(since time.Time, before uint64) {
	type garbage struct{ _ [16]byte } // which the next collection finds
	runtime.AddCleanup(new(garbage), func(p pace) {
		lives := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
		metrics.Read(lives)
		now, all := time.Now(), Allocated()
		next := p.next(int64(lives[0].Value.Uint64()+lives[1].Value.Uint64()), //nolint:gosec // G115: no machine has that much
			float64(all-before)/now.Sub(since).Seconds())
		p.change(next).follow(now, all)
	}, p)
}

// next are the settings where so much lives after a collection, and so many bytes a second were allocated before it.
func (p pace) next(lives int64, perSecond float64) pace {
	next := p
	if p.percent >= 0 {
		next.percent = collectAt
		if most := int64(busyHeap); perSecond >= busyAt && lives > 0 && lives*collectAt/100 < most-lives {
			next.percent = int((most - lives) * 100 / lives)
		}
	}
	if p.limit >= 0 {
		next.limit = max(memoryLimit, lives+lives/headroom)
	}
	return next
}

// change makes those of the next settings that differ by more than a tenth, since each change stops all goroutines for
// a moment, and gives what is set then.
func (p pace) change(next pace) pace {
	if next.percent >= 0 && differ(int64(p.percent), int64(next.percent)) {
		debug.SetGCPercent(next.percent)
		p.percent = next.percent
	}
	if next.limit >= 0 && differ(p.limit, next.limit) {
		debug.SetMemoryLimit(next.limit)
		p.limit = next.limit
	}
	return p
}

func differ(a, b int64) bool { return b > a+a/10 || b < a-a/10 }
