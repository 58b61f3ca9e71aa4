package jobs

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/engine"
	"heygen-mcp/tools/refusals"
)

// jobStates groups the jobs of one wait: done, pending, needing a user, and not found.
type jobStates struct{ done, pending, needsUser, unknown []any }

// settled reports whether waiting longer changes nothing. What is not found at first may just have
// been made, so one look is not enough to give it up.
func (s *jobStates) settled(polls int) bool {
	return len(s.pending) == 0 && (len(s.unknown) == 0 || polls > 1)
}

// allPending is what is known of jobs that nobody has looked at.
func allPending(k *Kind, ids []string) *jobStates {
	s := &jobStates{}
	for _, id := range ids {
		s.pending = append(s.pending, map[string]any{k.idParam(): id})
	}
	return s
}

// told are the members of a job's state that a wait passes on.
func told() []string {
	return []string{
		"status", "error", "failure_code", "failure_message", "heygen_message", "progress",
		"question", "resource_ids", "group_id",
	}
}

// poll sorts the jobs by how far they are. A status that is not known yet counts as pending, so
// that a new one of HeyGen's is never taken for the end.
func (j *Jobs) poll(ctx context.Context, e *engine.Engine, ids []string, k *Kind) (*jobStates, error) {
	// One poll that hangs is given up before the client hears nothing for too long.
	ctx, cancel := context.WithTimeout(ctx, maxPollTime)
	defer cancel()
	states, err := j.states(ctx, e, ids, k)
	if err != nil {
		return nil, err
	}
	s := &jobStates{}
	for _, id := range ids {
		one := map[string]any{k.idParam(): id}
		state, ok := states[id]
		for _, name := range append(told(), "state") {
			if v, there := state[name]; there {
				one[name] = v
			}
		}
		switch now := stateOf(state); {
		case !ok || state["status"] == "not_found":
			one["status"] = "not_found"
			s.unknown = append(s.unknown, one)
		case now.Ended():
			s.done = append(s.done, one)
		case now == engine.NeedsInput:
			one["asks"] = k.asks(state["status"])
			s.needsUser = append(s.needsUser, one)
		default:
			s.pending = append(s.pending, one)
		}
	}
	return s, nil
}

// stateOf is the state of a job as an answer tells it, "" where it does not.
func stateOf(job map[string]any) engine.State {
	state, _ := job["state"].(string)
	return engine.State(state)
}

// states asks for the jobs, all at once where v3 can.
func (j *Jobs) states(ctx context.Context, e *engine.Engine, ids []string, k *Kind) (map[string]map[string]any, error) {
	states := map[string]map[string]any{}
	if k.Statuses.Path == "" {
		return j.statesSingly(ctx, e, ids, k)
	}
	page, err := e.Do(ctx, k.Statuses, k.IDs(ids))
	if err != nil {
		return nil, err
	}
	items, _ := page["items"].([]any)
	for _, it := range items {
		if item, ok := it.(map[string]any); ok {
			if id, ok := item[k.idParam()].(string); ok {
				states[id] = item
			}
		}
	}
	return states, nil
}

// statesSingly asks for the jobs one by one, all at the same time. One that cannot be read does not
// hide the others: it stays pending if that may pass, and says why it cannot be read if not.
func (j *Jobs) statesSingly(ctx context.Context, e *engine.Engine, ids []string, k *Kind) (map[string]map[string]any, error) {
	got, errs := make([]map[string]any, len(ids)), make([]error, len(ids))
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() { got[i], errs[i] = e.Do(ctx, k.Get, k.Ref(id)) })
	}
	all.Wait()
	states, read := map[string]map[string]any{}, 0
	var trouble error
	for i, id := range ids {
		switch err := errs[i]; {
		case isNotFound(err):
			read++
		case err != nil:
			trouble = err
			state := map[string]any{"status": "unreadable"}
			if !isTransient(err) {
				refusal := refusals.From(err, refusals.Attempt{})
				state["status"], state["error"] = "not_found", refusal.Message
				if refusal.HeyGenMessage != "" {
					state["heygen_message"] = refusal.HeyGenMessage
				}
			}
			states[id] = state
		default:
			read++
			if k.Summarize != nil {
				k.Summarize(got[i])
			}
			states[id] = got[i]
		}
	}
	if read == 0 {
		return nil, trouble
	}
	return states, nil
}

// isNotFound reports whether HeyGen knows no such thing.
func isNotFound(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Status == http.StatusNotFound
}

// isTransient reports whether the fault of one poll may be gone at the next.
func isTransient(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Retryable
}
