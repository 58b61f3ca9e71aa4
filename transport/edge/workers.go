package edge

import (
	"time"

	"heygen-mcp/internal/exchange"
	"heygen-mcp/internal/panics"
)

// workerPool runs short work that needs a deep stack for calls that mostly sleep. There may be thousands of such calls,
// and each would otherwise keep a stack of its own. A goroutine that has done its work waits a little for the next,
// since growing a stack takes longer than the work.
type workerPool struct{ jobs chan func() }

// workerIdle is how long a goroutine waits for work before it ends.
const workerIdle = 100 * time.Millisecond

func newWorkerPool() workerPool { return workerPool{make(chan func())} }

// do has a goroutine of the pool do the work, and returns its results. A panic of the work panics here.
func (p workerPool) do(work func() (exchange.Outcome, bool)) (out exchange.Outcome, ended bool) {
	done := make(chan *panics.Panic, 1)
	job := func() { done <- panics.Catch(func() { out, ended = work() }) }
	select {
	case p.jobs <- job:
	default:
		go p.work(job)
	}
	if caught := <-done; caught != nil {
		panic(caught.Value)
	}
	return out, ended
}

// work does one job, and others as they come.
func (p workerPool) work(job func()) {
	job()
	timer := time.NewTimer(workerIdle)
	defer timer.Stop()
	for {
		select {
		case job = <-p.jobs:
			job()
			timer.Reset(workerIdle)
		case <-timer.C:
			return
		}
	}
}
