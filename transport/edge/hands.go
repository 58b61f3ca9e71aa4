package edge

import (
	"time"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/panics"
)

// hands are goroutines that do what needs much of a stack for those who sleep, and must not keep one: there may be
// thousands, each with a moment's work now and then. One that has done its work waits a little for the next, since
// growing a stack takes longer than the work.
type hands struct{ jobs chan func() }

// idle is how long a goroutine waits for work.
const idle = 100 * time.Millisecond

func newHands() hands { return hands{make(chan func())} }

// do has some work done, and gives what came of it. A panic goes on here.
func (h hands) do(work func() (exchange.Outcome, bool)) (out exchange.Outcome, ended bool) {
	done := make(chan *panics.Panic, 1)
	job := func() { done <- panics.Catch(func() { out, ended = work() }) }
	select {
	case h.jobs <- job:
	default:
		go h.work(job)
	}
	if p := <-done; p != nil {
		panic(p.Value)
	}
	return out, ended
}

// work does one job, and others as they come.
func (h hands) work(job func()) {
	job()
	over := time.NewTimer(idle)
	defer over.Stop()
	for {
		select {
		case job = <-h.jobs:
			job()
			over.Reset(idle)
		case <-over.C:
			return
		}
	}
}
