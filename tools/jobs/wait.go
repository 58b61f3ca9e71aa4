package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"heygen-mcp/tools/args/faults"
	"heygen-mcp/tools/engine"
)

const (
	// DefaultPollEvery is as often as HeyGen asks its own clients to poll, at the most.
	DefaultPollEvery = 5 * time.Second
	// defaultWait is short of the 45 s that the least patient clients allow; maxSilentWait bounds a
	// wait without progress, since clients that hear nothing give up after a minute. Both in seconds.
	defaultWait, maxSilentWait = 40, 55
	// minPollTime is what even a wait of no time is given for its one look, which may have to wait until others have
	// had theirs, and maxPollTime when a look is given up for the next, so that progress is never more than 20 s apart.
	// detailTime is for what finished jobs say of themselves, and maxDetailTime where there are many and there is time
	// for it: the longest silent wait stays below a minute.
	minPollTime, maxPollTime  = 7 * time.Second, 10 * time.Second
	detailTime, maxDetailTime = 3 * time.Second, 15 * time.Second
	// defaultDetailed is how many finished jobs are given in full, the others by their status: ten
	// videos are some 3,000 tokens.
	defaultDetailed = 10
	// maxAtOnce is how many are asked for at a time where v3 has no call for many.
	maxAtOnce = 8
	// progressEvery is how many intervals between polls may pass without progress.
	progressEvery = 2
	// maxIDChars bounds an id as the get tools do: all ids must fit a result.
	maxIDChars = 255
)

type waitForJobsInput struct {
	Kind    *string  `json:"kind" quiet:"true" doc:"What the ids are of, as in wait_with. Omitted: found out."`
	IDs     []string `json:"ids" in:"query" required:"true" len:"1-100" doc:"1 to 100 ids."`
	Detail  *string  `json:"detail" in:"-" enum:"concise,full" doc:"Omitted: one id whole, several in rows."`
	Timeout *int     `json:"timeout_seconds" min:"0" max:"240" default:"40" doc:"0 to 240; above 55 counts only for a call with a progress token."`
}

// Translate reads what a create told to wait with, as it stands in its answer.
func (waitForJobsInput) Translate(object map[string]any) {
	with, ok := object["wait_with"].(map[string]any)
	if !ok {
		return
	}
	delete(object, "wait_with")
	for name, v := range with {
		if object[name] == nil {
			object[name] = v
		}
	}
}

// Check holds how long an id may be.
func (w *waitForJobsInput) Check(path string) *faults.Fault {
	for i, id := range w.IDs {
		if len(id) > maxIDChars {
			at := faults.Join(path, fmt.Sprintf("ids[%d]", i))
			return faults.Invalid(at, at+" is longer than any id.", "Send it as the create told it.")
		}
	}
	return nil
}

// form is how much is asked for of so many jobs: one alone is told whole unless it is asked for in brief.
func (w *waitForJobsInput) form(n int) detailLevel {
	switch {
	case w.Detail != nil && *w.Detail == "full", w.Detail == nil && n == 1:
		return formWhole
	}
	return formRows
}

type waitForJobsOutput struct {
	Finished bool  `json:"finished"`
	Done     []any `json:"done"`
	Pending  []any `json:"pending"`
	Asking   []any `json:"asking,omitempty"`
	Unknown  []any `json:"unknown,omitempty"`
	// Kind is what the ids are of, where that was found out.
	Kind string `json:"kind,omitempty"`
}

// WaitToolName is the name of the tool that waits.
const WaitToolName = "wait_for_jobs"

// WaitTool is wait_for_jobs.
func (j *Jobs) WaitTool() engine.BoundTool {
	return engine.Tool[waitForJobsInput, waitForJobsOutput]{
		Name:  WaitToolName,
		Title: "Wait for jobs",
		Asked: "ready finished still progress status over done yet rendering last night how long until notify me " +
			"block poll eta",
		Description: "Waits until jobs are done or the time is up, which is no failure: call again for those still " +
			"pending. Takes a create's wait_with. Tells of each its state and, once done, its main file.",
		Also:    j.lookOps(),
		Reads:   lookReads(),
		Choices: map[string][]string{"kind": j.names()},
		Run: func(ctx context.Context, c *engine.Call, in *waitForJobsInput) (*engine.Result[waitForJobsOutput], error) {
			k, err := j.kindGiven(in.Kind)
			if err != nil {
				return nil, err
			}
			return j.wait(ctx, c, in, k)
		},
	}.Bind()
}

// lookReads are the members that a look at jobs reads in HeyGen's answers.
func lookReads() []string {
	return append([]string{"items", "video_id", "messages", "title", "name", "duration"}, toldMembers()...)
}

// kindGiven is the kind of a name, nil for none.
func (j *Jobs) kindGiven(name *string) (*Kind, error) {
	if name == nil {
		return nil, nil //nolint:nilnil // it is to be found out
	}
	k, ok := j.kindNamed(*name)
	if !ok {
		return nil, faults.Invalid("kind", "kind must be one of the choices.", "Choose a kind of the schema.")
	}
	if !j.offered(k) {
		return nil, faults.Invalid("kind", "This server does not offer jobs of the kind "+k.Name+".", "Use what tools/list "+
			"shows.")
	}
	return k, nil
}

// wait waits until every job is done or asks for a user, the time is up, or the server stops. A
// wait that ends early is a normal result; it fails only where no poll could tell anything in its
// time. k is the kind of the jobs, nil where it is to be found out.
func (j *Jobs) wait(
	ctx context.Context, c *engine.Call, in *waitForJobsInput, k *Kind,
) (*engine.Result[waitForJobsOutput], error) {
	ids := withoutRepeats(in.IDs)
	w, _ := c.Waited().(*waiter)
	if w == nil {
		var err error
		if w, err = j.beginWait(ctx, c, ids, waitTime(in, c.Report != nil), k); err != nil {
			return nil, err
		}
		if !w.turn(false) {
			return nil, c.Wait(w)
		}
	}
	if w.err != nil {
		return nil, w.err
	}
	e, known := c.Engine(), w.known
	res, _ := j.answer(ctx, e, known, in.form(len(ids)), timeForDetail(len(known.done), e.Now().Sub(w.start)))
	if k == nil && !known.isMixed() {
		res.Out.Kind = known.kind()
	}
	return res, nil
}

// withoutRepeats leaves the first of equal ids, in their order.
func withoutRepeats(ids []string) []string {
	once := make([]string, 0, len(ids))
	for _, id := range ids {
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once
}

// timeForDetail is how long finished jobs may be read after a wait of so long.
func timeForDetail(done int, waited time.Duration) time.Duration {
	if done <= defaultDetailed {
		return detailTime
	}
	return max(detailTime, min(maxDetailTime, (maxSilentWait+3)*time.Second-waited))
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

// reportProgress tells the client how far the wait is, and of a single job its state. It is full when every job has
// ended.
func reportProgress(report engine.Progress, elapsed, limit time.Duration, ended, all int, state string) {
	if report == nil {
		return
	}
	text := fmt.Sprintf("%d of %d done", ended, all)
	switch {
	case ended == all:
		elapsed = limit
	case all == 1 && state != "":
		text += ", " + state
	}
	report(min(elapsed, limit).Seconds(), limit.Seconds(), text)
}
