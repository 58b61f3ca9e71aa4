package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"heygen-mcp/heygen"
	"heygen-mcp/tools/args"
	"heygen-mcp/tools/engine"
)

const (
	// DefaultPollEvery is as often as HeyGen asks its own clients to poll, at the most.
	DefaultPollEvery = 5 * time.Second
	// defaultWait is short of the 45 s that the least patient clients allow; maxSilentWait bounds a
	// wait without progress, since clients that hear nothing give up after a minute. Both in seconds.
	defaultWait, maxSilentWait = 40, 55
	// minPollTime is what even a wait of no time is given for its one look, maxPollTime when a look is
	// given up for the next, so that progress is never more than 15 s apart. detailTime is for what
	// finished jobs say of themselves; with it the longest silent wait stays below a minute.
	minPollTime, maxPollTime, detailTime = 5 * time.Second, 10 * time.Second, 3 * time.Second
	// defaultDetailed is how many finished jobs are given in full, the others by their status: ten
	// videos are some 3,000 tokens.
	defaultDetailed = 10
	// maxSingly is how many jobs are polled one by one where v3 has no call for many.
	maxSingly = 10
)

type waitForJobsInput struct {
	Kind    string   `json:"kind" required:"true" doc:"What the ids are of."`
	IDs     []string `json:"ids" in:"query" required:"true" len:"1-100" doc:"1 to 100 ids."`
	Timeout *int     `json:"timeout_seconds" min:"0" max:"240" default:"40" doc:"0 to 240; above 55 counts only for a call with a progress token."`
}

type waitForJobsOutput struct {
	Finished bool  `json:"finished"`
	Done     []any `json:"done"`
	Pending  []any `json:"pending"`
	Asking   []any `json:"asking,omitempty"`
	Unknown  []any `json:"unknown,omitempty"`
}

// waitTool is the name of the tool that waits.
const waitTool = "wait_for_jobs"

// WaitTool is wait_for_jobs.
func (j *Jobs) WaitTool() engine.BoundTool {
	ops := []heygen.Op{}
	for _, k := range j.kinds {
		if k.Statuses.Path != "" {
			ops = append(ops, k.Statuses)
		}
		ops = append(ops, k.Get)
	}
	return engine.Tool[waitForJobsInput, waitForJobsOutput]{
		Name:  waitTool,
		Title: "Wait for jobs",
		Description: "Waits until jobs are done or the time is up, which is no failure: call again for those still pending. " +
			"Shows done ones with their links, and of each its state: pending, running, needs_input, done, failed or canceled.",
		Also:    ops,
		Reads:   append([]string{"items", "video_id", "messages"}, told()...),
		Choices: map[string][]string{"kind": j.names()},
		Run: func(ctx context.Context, c *engine.Call, in *waitForJobsInput) (*engine.Result[waitForJobsOutput], error) {
			k, ok := j.kindNamed(in.Kind)
			if !ok {
				return nil, args.Invalid("kind", "kind must be one of the choices.", "Choose a kind of the schema.")
			}
			if !j.offered(k) {
				return nil, args.Invalid("kind", "This server does not offer jobs of the kind "+k.Name+".", "Use what tools/list shows.")
			}
			if k.Statuses.Path == "" && len(in.IDs) > maxSingly {
				return nil, args.Invalid("ids", "At most 10 jobs of this kind can be waited for at once.", "Wait for the others in a further call.")
			}
			return j.wait(ctx, c, in, k)
		},
	}.Bind()
}

// wait polls until every job is done or asks for a user, the time is up, or the server stops. A
// wait that ends early is a normal result; it fails only where no poll could tell anything in its
// time.
func (j *Jobs) wait(ctx context.Context, c *engine.Call, in *waitForJobsInput, k *Kind) (*engine.Result[waitForJobsOutput], error) {
	ids := slices.Clone(in.IDs)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	limit := waitTime(in, c.Report != nil)
	bounded, cancel := j.bound(ctx, max(limit, minPollTime))
	defer cancel()

	start := c.Engine().Now()
	var known *jobStates // nil until a poll has succeeded
	polls := 0
	for {
		now, trouble := j.poll(bounded, c.Engine(), ids, k)
		switch {
		case trouble == nil:
			known = now
		case ctx.Err() != nil:
			return nil, ctx.Err() // the caller has left
		case bounded.Err() == nil && !isTransient(trouble):
			return nil, trouble
		case known == nil && j.stopped():
			known = allPending(k, ids) // the replica that is asked next will know more
		}
		elapsed := c.Engine().Now().Sub(start)
		reportProgress(c.Report, elapsed, limit, known, len(ids))
		polls++
		if known != nil && known.settled(polls) || elapsed >= limit || bounded.Err() != nil {
			if known == nil {
				return nil, trouble
			}
			res, _ := j.answerWait(ctx, c.Engine(), known, k)
			return res, nil
		}
		// A pause cut short ends the wait at the next turn, by one of the cases above.
		_ = c.Engine().Sleep(bounded, min(j.pollEvery, limit-elapsed))
	}
}

// waitTime is how long a wait may take; heard is whether the client is told of progress.
func waitTime(in *waitForJobsInput, heard bool) time.Duration {
	seconds := defaultWait
	if in.Timeout != nil {
		seconds = *in.Timeout
	}
	if !heard {
		seconds = min(seconds, maxSilentWait)
	}
	return time.Duration(seconds) * time.Second
}

// bound ends with the time, or with the server: a drain must not wait for a wait.
func (j *Jobs) bound(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	bounded, cancel := context.WithTimeout(ctx, limit)
	if j.stopping == nil {
		return bounded, cancel
	}
	go func() {
		select {
		case <-j.stopping:
			cancel()
		case <-bounded.Done():
		}
	}()
	return bounded, cancel
}

// stopped reports whether the server is about to end.
func (j *Jobs) stopped() bool {
	select {
	case <-j.stopping:
		return true
	default: // also of a nil channel
		return false
	}
}

// reportProgress tells the client how far the wait is. It is full when every job has ended.
func reportProgress(report engine.Progress, elapsed, limit time.Duration, known *jobStates, all int) {
	if report == nil {
		return
	}
	ended := 0
	if known != nil {
		ended = all - len(known.pending)
	}
	if ended == all {
		elapsed = limit
	}
	report(min(elapsed, limit).Seconds(), limit.Seconds(), fmt.Sprintf("%d of %d done", ended, all))
}
