package jobs

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"heygen-mcp/tools/engine"
)

// answerWait says what is done and what is not. It is whole unless what a finished job made could
// not be read right now.
func (j *Jobs) answerWait(ctx context.Context, e *engine.Engine, s *jobStates, k *Kind) (r *engine.Result[waitForJobsOutput], whole bool) {
	most := cmp.Or(k.MaxDetailed, defaultDetailed)
	whole = j.detail(ctx, e, s.done[:min(len(s.done), most)], k)
	r = engine.Made(waitForJobsOutput{
		Finished: len(s.pending)+len(s.needsUser)+len(s.unknown) == 0,
		Done:     orEmpty(s.done), Pending: orEmpty(s.pending), Asking: s.needsUser, Unknown: s.unknown,
	})
	var next []string
	if len(s.done) > most {
		next = append(next, fmt.Sprintf("The first %d are shown whole; call again with ids of the others for their links.", most))
	}
	if !whole {
		next = append(next, "Some that are done could not be read right now, so their links are missing: call again with their ids.")
	}
	if len(s.pending) > 0 {
		next = append(next, "Call wait_for_jobs again with the pending ids.")
		if k.IdleHint != "" {
			next = append(next, k.IdleHint)
		}
	}
	if len(s.needsUser) > 0 {
		next = append(next, "Those under asking wait for a person: do what asks says first.")
	}
	if len(s.unknown) > 0 {
		step := "This account has no jobs of the unknown ids."
		if k.ListTool != "" {
			step = "This account has no jobs of the unknown ids; " + k.ListTool + " shows those it has."
		}
		next = append(next, step)
	}
	r.NextStep = strings.Join(next, " ")
	return r, whole
}

// detail replaces finished jobs by what their get answers, all at once and within a few seconds:
// the time of the wait is up. A get that fails leaves the status that is known; whole is false if
// it may succeed later.
func (j *Jobs) detail(ctx context.Context, e *engine.Engine, done []any, k *Kind) (whole bool) {
	ctx, cancel := context.WithTimeout(ctx, detailTime)
	defer cancel()
	missed := make([]bool, len(done))
	var all sync.WaitGroup
	for i, d := range done {
		known, _ := d.(map[string]any)
		id, _ := known[k.idParam()].(string)
		all.Go(func() {
			full, err := e.Do(ctx, k.Get, k.Ref(id))
			if err != nil {
				missed[i] = isTransient(err)
				return
			}
			if _, told := full["status"]; !told {
				maps.Copy(full, known) // an asset does not say how far it is
			}
			if k.Summarize != nil {
				k.Summarize(full)
			}
			if k.Enrich != nil {
				k.Enrich(ctx, e, full)
			}
			engine.ExplainFailure(full)
			done[i] = full
		})
	}
	all.Wait()
	return !slices.Contains(missed, true)
}

// orEmpty is items, or an empty list in place of none: null would not fit the schema.
func orEmpty(items []any) []any {
	if items == nil {
		return []any{}
	}
	return items
}
