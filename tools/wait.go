package tools

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"heygen-mcp/heygen"
)

// standing is how far the jobs of a wait are.
type standing struct{ done, pending, asking, unknown []any }

// over reports whether waiting longer changes nothing. What is not found at first may just have been
// made, so one look is not enough to give it up.
func (s *standing) over(polls int) bool {
	return len(s.pending) == 0 && (len(s.unknown) == 0 || polls > 1)
}

// wait polls until every job is done or asks for a person, the time is up, or the server stops. A
// wait that ends early is a normal result; it fails only where no poll could tell anything.
func (c *call) wait(ctx context.Context, in *waitForJobs, k *jobKind) (map[string]any, error) {
	ids := slices.Clone(in.IDs)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	limit := c.limit(in)
	bounded, cancel := c.bound(ctx, max(limit, leastPoll))
	defer cancel()

	start := c.cfg.Clock()
	var known *standing // nil until a poll has succeeded
	polls := 0
	for {
		now, trouble := c.poll(bounded, ids, k)
		switch {
		case trouble == nil:
			known = now
		case ctx.Err() != nil:
			return nil, ctx.Err() // the caller has left
		case bounded.Err() == nil && !passing(trouble):
			return nil, trouble
		}
		elapsed := c.cfg.Clock().Sub(start)
		c.tell(elapsed, limit, known, len(ids))
		polls++
		if known != nil && known.over(polls) || elapsed >= limit || bounded.Err() != nil {
			if known == nil {
				return nil, trouble
			}
			res, _ := c.answerWait(ctx, known, k)
			return res, nil
		}
		// A pause cut short ends the wait at the next turn, by one of the cases above.
		_ = c.cfg.Sleep(bounded, min(c.cfg.PollEvery, limit-elapsed))
	}
}

// limit is how long a wait may take.
func (c *call) limit(in *waitForJobs) time.Duration {
	seconds := usualWait
	if in.Timeout != nil {
		seconds = *in.Timeout
	}
	if c.report == nil {
		seconds = min(seconds, mostSilent)
	}
	return time.Duration(seconds) * time.Second
}

// bound ends with the time, or with the server: a drain must not wait for a wait.
func (c *call) bound(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	bounded, cancel := context.WithTimeout(ctx, limit)
	if c.cfg.Stopping == nil {
		return bounded, cancel
	}
	go func() {
		select {
		case <-c.cfg.Stopping:
			cancel()
		case <-bounded.Done():
		}
	}()
	return bounded, cancel
}

// passing reports whether the fault of one poll may be gone at the next.
func passing(err error) bool {
	e, ok := errors.AsType[*heygen.Error](err)
	return ok && e.Retryable
}

// tell reports how far the wait is. It is full when every job has ended.
func (c *call) tell(elapsed, limit time.Duration, known *standing, all int) {
	if c.report == nil {
		return
	}
	ended := 0
	if known != nil {
		ended = all - len(known.pending)
	}
	if ended == all {
		elapsed = limit
	}
	c.report(min(elapsed, limit).Seconds(), limit.Seconds(), fmt.Sprintf("%d of %d done", ended, all))
}

// poll sorts the jobs by how far they are. A status that is not known yet counts as pending, so
// that a new one of HeyGen's is never taken for the end.
func (c *call) poll(ctx context.Context, ids []string, k *jobKind) (*standing, error) {
	// One poll that hangs is given up before the client hears nothing for too long.
	ctx, cancel := context.WithTimeout(ctx, longestPoll)
	defer cancel()
	states, err := c.states(ctx, ids, k)
	if err != nil {
		return nil, err
	}
	s := &standing{}
	for _, id := range ids {
		one := map[string]any{"id": id}
		state, ok := states[id]
		for _, name := range []string{"status", "error", "failure_code", "failure_message", "heygen_message", "progress", "question", "resource_ids", "group_id"} {
			if v, there := state[name]; there {
				one[name] = v
			}
		}
		status, _ := state["status"].(string)
		asked := k.asks[status]
		switch {
		case !ok || status == "not_found":
			one["status"] = "not_found"
			s.unknown = append(s.unknown, one)
		case slices.Contains(k.ends, status):
			s.done = append(s.done, one)
		case asked != "":
			one["asks"] = asked
			s.asking = append(s.asking, one)
		default:
			s.pending = append(s.pending, one)
		}
	}
	return s, nil
}

// states asks for the jobs, all at once where v3 can.
func (c *call) states(ctx context.Context, ids []string, k *jobKind) (map[string]map[string]any, error) {
	states := map[string]map[string]any{}
	if k.statuses.Path == "" {
		return c.statesSingly(ctx, ids, k)
	}
	page, err := c.do(ctx, k.statuses, k.ids(ids))
	if err != nil {
		return nil, err
	}
	items, _ := page["items"].([]any)
	for _, it := range items {
		if item, ok := it.(map[string]any); ok {
			if id, ok := item["video_id"].(string); ok { // v3's name for the id of every kind
				states[id] = item
			}
		}
	}
	return states, nil
}

// statesSingly asks for the jobs one by one, all at the same time. One that cannot be read does not
// hide the others: it stays pending if that may pass, and says why it cannot be read if not.
func (c *call) statesSingly(ctx context.Context, ids []string, k *jobKind) (map[string]map[string]any, error) {
	got, errs := make([]map[string]any, len(ids)), make([]error, len(ids))
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() { got[i], errs[i] = c.do(ctx, k.get, k.ref(id)) })
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
			if !passing(err) {
				refusal := refusalOf(err, attempt{})
				state["status"], state["error"] = "not_found", refusal.Message
				if refusal.HeyGenMessage != "" {
					state["heygen_message"] = refusal.HeyGenMessage
				}
			}
			states[id] = state
		default:
			read++
			if k.sum != nil {
				k.sum(got[i])
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

// answerWait says what is done and what is not. It is whole unless what a finished job made could not be read right now.
func (c *call) answerWait(ctx context.Context, s *standing, k *jobKind) (res map[string]any, whole bool) {
	most := cmp.Or(k.details, mostDetails)
	whole = c.detail(ctx, s.done[:min(len(s.done), most)], k)
	res = map[string]any{"finished": len(s.pending)+len(s.asking)+len(s.unknown) == 0, "done": list(s.done), "pending": list(s.pending)}
	var next []string
	if len(s.done) > most {
		next = append(next, fmt.Sprintf("The first %d are shown whole; call again with ids of the others for their links.", most))
	}
	if !whole {
		next = append(next, "Some that are done could not be read right now, so their links are missing: call again with their ids.")
	}
	if len(s.pending) > 0 {
		next = append(next, "Call wait_for_jobs again with the pending ids.")
		if k.idle != "" {
			next = append(next, k.idle)
		}
	}
	if len(s.asking) > 0 {
		res["asking"] = s.asking
		next = append(next, "Those under asking wait for a person: do what asks says first.")
	}
	if len(s.unknown) > 0 {
		res["unknown"] = s.unknown
		step := "This account has no jobs of the unknown ids."
		if k.lister != "" {
			step = "This account has no jobs of the unknown ids; " + k.lister + " shows those it has."
		}
		next = append(next, step)
	}
	if len(next) > 0 {
		res["next_step"] = strings.Join(next, " ")
	}
	return res, whole
}

// detail replaces finished jobs by what their get answers, all at once and within a few seconds:
// the time of the wait is up. A get that fails leaves the status that is known; whole is false if it may succeed later.
func (c *call) detail(ctx context.Context, done []any, k *jobKind) (whole bool) {
	ctx, cancel := context.WithTimeout(ctx, detailTime)
	defer cancel()
	missed := make([]bool, len(done))
	var all sync.WaitGroup
	for i, d := range done {
		known, _ := d.(map[string]any)
		id, _ := known["id"].(string)
		all.Go(func() {
			full, err := c.do(ctx, k.get, k.ref(id))
			if err != nil {
				missed[i] = passing(err)
				return
			}
			if _, told := full["status"]; !told {
				maps.Copy(full, known) // an asset does not say how far it is
			}
			if k.sum != nil {
				k.sum(full)
			}
			if k.fill != nil {
				k.fill(ctx, c, full)
			}
			explainFailure(full)
			done[i] = full
		})
	}
	all.Wait()
	return !slices.Contains(missed, true)
}

// list makes no items an empty list.
func list(items []any) []any {
	if items == nil {
		return []any{}
	}
	return items
}
