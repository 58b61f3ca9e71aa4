package jobs

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"heygen-mcp/tools/engine"
)

// detailLevel is how much is told of jobs.
type detailLevel int

const (
	formRows  detailLevel = iota // a row of each
	formWhole                    // as their gets have them
)

// answer says what is done and what is not. complete is false where what a finished job made could not be
// read right now.
func (j *Jobs) answer(
	ctx context.Context, e *engine.Engine, s *jobStates, as detailLevel, limit time.Duration,
) (r *engine.Result[waitForJobsOutput], complete bool) {
	shown := s.done
	if as != formRows {
		shown = s.done[:min(len(s.done), s.mostWhole())]
	}
	complete = j.detail(ctx, e, shown, limit)
	j.hint(ctx, e, s)
	var cut int
	r = engine.Made(waitForJobsOutput{
		// What HeyGen does not know is not waited for.
		Finished: len(s.pending)+len(s.needsUser) == 0,
	})
	if as != formRows {
		r.Out.Done, r.Out.Pending, r.Out.Asking, r.Out.Unknown = s.inFull()
	} else {
		r.Out.Done, r.Out.Pending, r.Out.Asking, r.Out.Unknown, cut = j.inRows(ctx, s)
	}
	var next []string
	if n := len(shown); n < len(s.done) {
		next = append(next, fmt.Sprintf("The first %d are shown whole; call again with ids of the others for their links.", n))
	}
	if cut > 0 {
		next = append(next, fmt.Sprintf("%d rows are cut to id and state for want of room: call again with their ids.", cut))
	}
	if !complete {
		next = append(next, "Some that are done could not be read right now, so their links are missing: call again "+
			"with their ids.")
	}
	r.NextStep = strings.Join(append(next, s.nextSteps()...), " ")
	return r, complete
}

// nextSteps say what to do about those that are not done.
func (s *jobStates) nextSteps() (next []string) {
	if len(s.pending) > 0 {
		next = append(next, "Call wait_for_jobs again with the pending ids.")
		for _, one := range s.pending {
			if hint := one.kind.IdleHint; hint != "" && !slices.Contains(next, hint) {
				next = append(next, hint)
			}
		}
	}
	if len(s.needsUser) > 0 {
		next = append(next, "Those under asking wait for a person: do what asks says first.")
	}
	if len(s.unknown) > 0 {
		next = append(next, "HeyGen does not know those under unknown: see the next_step of each.")
	}
	return next
}

// mostWhole is how many that have ended are given whole.
func (s *jobStates) mostWhole() int {
	most := defaultDetailed
	for _, one := range s.done {
		most = min(most, cmp.Or(one.kind.MaxDetailed, defaultDetailed))
	}
	return most
}

// inFull are the jobs as their gets have them, as far as these were asked; in brief without what is only for looking
// at.
func (s *jobStates) inFull() (done, pending, asking, unknown []any) {
	all := func(group []*job) []any {
		var told []any
		for _, one := range group {
			whole := one.told
			if one.full != nil && one.state().Ended() {
				whole = one.full
			}
			if whole["id"] == nil {
				whole["id"] = one.id // as in the rows, whatever its get calls it
			}
			told = append(told, whole)
		}
		return told
	}
	return orEmpty(all(s.done)), orEmpty(all(s.pending)), all(s.needsUser), all(s.unknown)
}

// detail adds to finished jobs what their get answers, some at once and within a time: that of the
// wait is up. A get that fails leaves the status that is known; complete is false if it may succeed
// later.
func (j *Jobs) detail(ctx context.Context, e *engine.Engine, done []*job, limit time.Duration) (complete bool) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	missed := make([]bool, len(done))
	atOnce(len(done), func(i int) {
		one := done[i]
		k := one.kind
		full := one.full
		if full == nil {
			var err error
			if full, err = e.Do(ctx, k.Get, k.Ref(one.id)); err != nil {
				missed[i] = isTransient(err) || ctx.Err() != nil
				return
			}
			if _, told := full["status"]; !told {
				maps.Copy(full, one.told) // an asset does not say how far it is
			}
			if k.Summarize != nil {
				k.Summarize(full)
			}
		}
		if k.Enrich != nil {
			k.Enrich(ctx, e, full)
		}
		engine.ExplainFailure(full)
		one.full = full
	})
	return !slices.Contains(missed, true)
}

// atOnce does n things, some at the same time.
func atOnce(n int, do func(i int)) {
	next := make(chan int)
	var all sync.WaitGroup
	for range min(n, maxAtOnce) {
		all.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	all.Wait()
}

// orEmpty is items, or an empty list in place of none: null would not fit the schema.
func orEmpty(items []any) []any {
	if items == nil {
		return []any{}
	}
	return items
}
